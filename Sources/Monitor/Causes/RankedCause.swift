package import Health

/// A cause as a line shows it.
package struct RankedCause: Hashable, Sendable, Identifiable {
  /// The groups of the view.
  package enum Group: Int, Hashable, Sendable, Comparable, CaseIterable {
    case critical
    case warning
    /// Failing polls: our fault or a provider's, but nothing that WhatsApp reports.
    case polling

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package let id: CauseID
  package let group: Group
  /// The worst severity among its numbers.
  package let severity: Severity
  /// The worst state among its numbers, for the mark.
  package let state: HealthState
  /// The cause in the worst number's answer; nil if it is in no answer.
  package let cause: Cause?
  /// How many numbers it hits; for templates, how many templates.
  package let hit: Int
  /// How many numbers the entity, the account or the provider has.
  package let total: Int
  package let since: Moment?
  /// Whether it was there at the first reading of this run and may be older.
  package let sinceIsLowerBound: Bool
  /// How many of its numbers would be better without it.
  package let relieved: Int
  /// Why the polls fail; nil for a cause that WhatsApp reports.
  package let failure: ProviderError?

  /// The provider's code, else the HTTP status of the answer.
  package var code: String? {
    if case .templates(let status) = id { return status.code?.text }
    if let code = cause?.code ?? failure?.code { return code.text }
    return (failure?.httpStatus).map(String.init)
  }

  /// Why the polls fail, in plain words; nil for a cause that WhatsApp reports.
  package var trouble: String? {
    switch id {
    // A time-out is shown as one, although the advice is the same.
    case .account(_, .unreachable), .provider(_, .unreachable):
      failure.map { PollOutcome($0.kind).phrase } ?? CauseID.Trouble.unreachable.phrase
    case .account(_, let trouble), .provider(_, let trouble): trouble.phrase
    case .entity, .signal, .offline, .templates: nil
    }
  }

  /// Counts templates, not numbers.
  package var isOfTemplates: Bool { if case .templates = id { true } else { false } }
}
