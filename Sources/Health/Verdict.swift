/// Availability of a number as a whole for messaging (providers.md 1.11).
package struct Verdict: Hashable, Sendable {
  package enum Word: String, Hashable, Sendable {
    case available = "AVAILABLE"
    case limited = "LIMITED"
    case blocked = "BLOCKED"
    case unknown = "UNKNOWN"
  }

  package let word: Word
  /// Present whenever the verdict is UNKNOWN, differs from the provider's own word, or needs saying.
  package let note: String?

  package init(_ word: Word, note: String? = nil) {
    self.word = word
    self.note = note
  }
}
