import Configuration

extension ProcessEnvironment {
  /// Whether `COLORFGBG`, which some terminals set, names a light background, such as `0;15` for
  /// black on white; nil if it is not set.
  var hasLightBackground: Bool? {
    guard let last = value("COLORFGBG")?.split(separator: ";").last, let background = Int(last)
    else { return nil }
    return background == 7 || background > 8
  }
}
