/// One of a provider's own checks, such as Kapso's `webhook_verified`.
package struct ProviderCheck: Hashable, Sendable {
  /// What a failed check means for the number; each provider's mapping decides.
  package enum Kind: Hashable, Sendable {
    /// A check of the number's own token: critical if it failed.
    case token
    case webhook
    /// It sums up what the entities say, so it counts only where none of them explains it.
    case summary
    case other
  }

  private struct Contents: Hashable, Sendable {
    let name: String
    let kind: Kind
    let passed: Bool?
    let code: EntityError.Code?
    let message: String?
    let details: PackedFacts
  }

  /// Shared, because most checks are equal for many numbers.
  private let contents: Shared<Contents>

  package init(
    name: String,
    kind: Kind = .other,
    passed: Bool?,
    code: EntityError.Code? = nil,
    message: String? = nil,
    details: [Fact] = []
  ) {
    self.init(
      name: name,
      kind: kind,
      passed: passed,
      code: code,
      message: message,
      details: PackedFacts(details)
    )
  }

  package init(
    name: String,
    kind: Kind,
    passed: Bool?,
    code: EntityError.Code? = nil,
    message: String?,
    details: PackedFacts
  ) {
    contents = Shared(
      Contents(
        name: name,
        kind: kind,
        passed: passed,
        code: code,
        message: message,
        details: details
      )
    )
  }

  package var name: String { contents.value.name }
  package var kind: Kind { contents.value.kind }
  /// Nil if the provider did not say.
  package var passed: Bool? { contents.value.passed }
  /// Meta's error code, if the check's text contains one.
  package var code: EntityError.Code? { contents.value.code }
  /// One line for people: the provider's message or error.
  package var message: String? { contents.value.message }
  package var details: [Fact] { contents.value.details.facts }
}
