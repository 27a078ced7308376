import Canvas

extension String {
  /// One line without control characters and no longer than anybody reads, for what stands in files
  /// or was typed.
  package var singleLine: String {
    let start = String(unicodeScalars.prefix(Self.longestLine))
    return start.sanitized + (start.utf8.count < utf8.count ? "…" : "")
  }

  private static var longestLine: Int { 1000 }
}
