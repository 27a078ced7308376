import Configuration

extension ProcessEnvironment {
  /// What some terminals say of their colours in `COLORFGBG`, such as `0;15` for black on white: nil
  /// where they say nothing.
  var hasLightBackground: Bool? {
    guard let last = value("COLORFGBG")?.split(separator: ";").last, let background = Int(last)
    else { return nil }
    return background == 7 || background > 8
  }
}
