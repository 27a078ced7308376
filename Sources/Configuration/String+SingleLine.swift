import Canvas

extension String {
  /// One line of limited length without control characters, for text from files or from the user.
  package var singleLine: String {
    let start = String(unicodeScalars.prefix(Self.longestLine))
    return start.sanitized + (start.utf8.count < utf8.count ? "…" : "")
  }

  private static var longestLine: Int { 1000 }
}
