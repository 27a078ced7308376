package import Health

/// A cause as a line says it.
package struct RankedCause: Hashable, Sendable, Identifiable {
  /// Who has to look, as the groups of the view have it.
  package enum Group: Int, Hashable, Sendable, Comparable, CaseIterable {
    case critical
    case warning
    /// Polls that bring nothing: ours, or a provider's, but nothing that WhatsApp said.
    case polling

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package let id: CauseID
  package let group: Group
  /// The worst that it does to any number.
  package let severity: Severity
  /// The mark: the worst of the numbers that it explains.
  package let state: HealthState
  /// In the words of the worst number's answer; nil where no answer says it.
  package let cause: Cause?
  /// How many numbers it hits; of templates, how many they are.
  package let hit: Int
  /// How many there are to hit: of the entity, the account, the provider.
  package let total: Int
  package let since: Moment?
  /// It was there at the first reading of this run and may be older.
  package let sinceIsLowerBound: Bool
  /// How many of the numbers it hits would be bad no more, or less bad, without it.
  package let relieved: Int
  /// Why the polls fail; nil for what WhatsApp said.
  package let failure: ProviderError?

  /// A code as providers send it, else the status of the answer.
  package var code: String? {
    if case .templates(let status) = id { return status.code?.text }
    if let code = cause?.code ?? failure?.code { return code.text }
    return (failure?.httpStatus).map(String.init)
  }

  /// What keeps polls from bringing health, as people say it; nil for what WhatsApp said.
  package var trouble: String? {
    switch id {
    // A time-out is not the same to whoever looks for it, though as much can be done about it.
    case .account(_, .unreachable), .provider(_, .unreachable):
      failure.map { PollOutcome($0.kind).phrase } ?? CauseID.Trouble.unreachable.phrase
    case .account(_, let trouble), .provider(_, let trouble): trouble.phrase
    case .entity, .signal, .offline, .templates: nil
    }
  }

  /// Counts templates, not numbers.
  package var isOfTemplates: Bool { if case .templates = id { true } else { false } }
}
