extension Cause {
  /// The reason in two or three words, such as "payment failed" or "quality red"; nil if the fault
  /// is unknown or no longer reported.
  ///
  /// Not sanitized.
  package var shortName: String? {
    guard severity > .unknown || topic == .noHealthData else { return nil }
    switch (kind, topic) {
    // The provider's word says more than a name from the table.
    case (.quality, _): return lastWord.map { "quality \($0)" }
    case (.status, .outOfService): return lastWord.map { "number \($0)" }
    case (.token, _): return tokenSummary ?? Knowledge.entry(for: self)?.shortName
    default: return Knowledge.entry(for: self)?.shortName
    }
  }

  /// `token expires in 6 d` for the text `The token expires in 6 d.`; nil if that is too long.
  private var tokenSummary: String? {
    let said = text.prefix { $0 != "." }
    guard said.hasPrefix("The token "), said.utf8.count <= 26 else { return nil }
    return String(said.dropFirst("The ".count))
  }

  /// Sentences about a signal end with the provider's word.
  private var lastWord: String? {
    text.split(separator: " ").last.map { $0.lowercased().filter { $0 != "." } }
  }
}
