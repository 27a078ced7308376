/// What one answer about a number says otherwise than an earlier one, in the provider's fields and
/// words.
///
/// It is small and kept with a change. The number itself is not named in it, so that a fault that hits
/// many numbers has one difference for all of them.
package struct AnswerDifference: Hashable, Sendable, Codable {
  /// A field with another value; it was added or taken away where one of the values is nil.
  package struct Line: Hashable, Sendable, Codable {
    /// The entity, such as `WABA 102278789000000`; nil for the number's own facts.
    package let subject: String?
    package let field: String
    package let before: String?
    package let after: String?

    package init(subject: String?, field: String, before: String?, after: String?) {
      self.subject = subject
      self.field = field
      self.before = before.map(AnswerDifference.shortened)
      self.after = after.map(AnswerDifference.shortened)
    }

    private enum CodingKeys: String, CodingKey {
      case subject = "of"
      case field
      case before = "from"
      case after = "to"
    }
  }

  /// Those of one subject follow each other.
  package let lines: [Line]
  /// How many more there were.
  package let omittedCount: Int

  package init(_ lines: [Line]) {
    self.lines = Array(lines.prefix(Self.mostLines))
    omittedCount = lines.count - self.lines.count
  }

  /// One answer that has nothing in common with the one before must not fill the history.
  private static let mostLines = 40
  private static let longestText = 300

  private static func shortened(_ text: String) -> String {
    text.count > longestText ? "\(text.prefix(longestText - 1))…" : text
  }

  private enum CodingKeys: String, CodingKey {
    case lines
    case omittedCount = "more"
  }
}

/// What is known of a number by its answers.
package struct KnownAnswer: Hashable, Sendable {
  /// The last one, however old it is.
  package let report: HealthReport?
  /// Why the latest poll failed; nil if it did not.
  package let failure: ProviderError?

  package init(_ report: HealthReport?, failure: ProviderError? = nil) {
    self.report = report
    self.failure = failure
  }
}
