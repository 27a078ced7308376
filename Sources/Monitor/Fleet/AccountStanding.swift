package import Health

/// How polling an account goes, in the order in which somebody has to look at it.
package enum AccountStanding: Hashable, Sendable {
  /// Nothing comes: the key is rejected, the provider can't be reached, and so on.
  case failing(CauseID.Trouble)
  /// Some of its keys are rejected, others are not.
  case keysRejected(Int, of: Int)
  /// The provider asked for a pause.
  case throttled
  case listIncomplete
  /// Answers take long.
  case slow
  /// Nothing was answered yet.
  case waiting
  /// The request budget does not allow the configured interval.
  case stretched
  case fine
}

extension AccountStanding {
  /// The mark of a state that says the same.
  package var state: HealthState {
    switch self {
    case .failing(let trouble): trouble.state
    case .keysRejected, .throttled, .listIncomplete, .slow: .warning
    case .waiting: .unknown
    case .stretched, .fine: .available
    }
  }

  /// Somebody has to do something, or to know of it.
  package var needsAttention: Bool {
    switch self {
    case .failing, .keysRejected, .throttled, .listIncomplete, .slow: true
    case .waiting, .stretched, .fine: false
    }
  }

  /// In two or three words.
  package var phrase: String {
    switch self {
    case .failing(let trouble): trouble.phrase
    case .keysRejected(let count, let all): "\(count) of \(all) keys rejected"
    case .throttled: CauseID.Trouble.throttled.phrase
    case .listIncomplete: CauseID.Trouble.listIncomplete.phrase
    case .slow: "slow answers"
    case .waiting: "no answer yet"
    case .stretched: "slowed by budget"
    case .fine: "answers"
    }
  }

  /// What polls of it bring no health by; nil while they do.
  package var trouble: CauseID.Trouble? {
    switch self {
    case .failing(let trouble): trouble
    case .keysRejected: .keyRejected
    case .throttled: .throttled
    case .listIncomplete: .listIncomplete
    case .slow, .waiting, .stretched, .fine: nil
    }
  }

  /// The worst first.
  package var rank: Int {
    switch self {
    case .failing(.keyRejected): 0
    case .failing(.unreachable): 1
    case .failing(.throttled): 3
    case .failing: 2
    case .keysRejected: 4
    case .throttled: 5
    case .listIncomplete: 6
    case .slow: 7
    case .waiting: 8
    case .stretched: 9
    case .fine: 10
    }
  }
}

extension CauseID.Trouble {
  /// Stale without answers, unknown without usable ones.
  package var state: HealthState { self == .unreachable ? .stale : .unknown }
}

extension AccountCondition {
  /// Answers that take longer are slow.
  private static let slowLatency = Duration.seconds(2)

  /// How polling it goes at a moment.
  package func standing(at now: Moment) -> AccountStanding {
    if let trouble { return .failing(trouble) }
    if budget.rejectedCount > 0 {
      return .keysRejected(budget.rejectedCount, of: budget.credentialCount)
    }
    if isThrottled(at: now) { return .throttled }
    if list.gap != nil { return .listIncomplete }
    if let latency, latency.median >= Self.slowLatency { return .slow }
    if lastSuccess == nil { return .waiting }
    return effectiveRefresh > account.refresh ? .stretched : .fine
  }

  private func isThrottled(at now: Moment) -> Bool {
    budget.sum.isThrottled(at: now)
      || budget.credentials.contains { $0.budget.isThrottled(at: now) }
  }

  /// The latest answer, whatever it said.
  package var lastAnswer: Moment? {
    let refusal = lastError.flatMap { $0.error.wasAnswered ? $0.moment : nil }
    return [lastSuccess, refusal].compactMap(\.self).max()
  }
}

extension Fleet {
  /// What the entities that an account's numbers belong to say about a subject, the worst first.
  package func conditions(
    of account: String,
    about subject: EntityCondition.Subject
  ) -> [(entity: EntityReference, condition: EntityCondition)] {
    entityTable.facts
      .compactMap { facts in
        guard let condition = facts.conditions.first(where: { $0.subject == subject }),
          // Entities of several accounts are rare: the first few numbers tell whose it is.
          numbers(sharing: facts.reference, first: 4)
            .contains(where: { records[$0].number.account == account })
        else { return nil }
        return (facts.reference, condition)
      }
      .sorted {
        ($1.condition.severity, $0.entity.id) < ($0.condition.severity, $1.entity.id)
      }
  }
}
