package import Health
package import Monitor

/// All that a line of the accounts says, as values.
package struct AccountLine: Sendable {
  package let condition: AccountCondition
  package let standing: AccountStanding
  /// Of the numbers that the filter lets through: bad, or not known to be fine.
  package let bad: Int
  package let total: Int

  package var name: String { condition.account.name }
}

extension ScreenState {
  func accountLine(named name: String) -> AccountLine? {
    guard let condition = fleet.condition(of: name) else { return nil }
    let shown = tiles.index.numbers(of: name)
    let bad = HealthState.allCases.filter(\.needsAttention)
    return AccountLine(
      condition: condition,
      standing: condition.standing(at: now),
      bad: bad.reduce(0) { $0 + shown[$1] },
      total: filtering.filter.isEmpty ? causeIndex.numbers(of: name) : shown.total
    )
  }
}

extension AccountLine {
  /// What is wrong with it, what to do and who does it; nil while nothing is.
  var advice: Advice? {
    guard let trouble = standing.trouble else { return nil }
    let error = condition.failure ?? condition.lastError?.error
    let entry = error.flatMap {
      CauseID.Trouble(PollOutcome($0.kind)) == trouble ? $0.knowledge : nil
    }
    return entry.map(Advice.init(of:)) ?? Advice(of: .account(name, trouble))
  }

  /// Since when it does not answer.
  var failingSince: Moment? {
    if case .failing = standing { condition.failingSince } else { nil }
  }
}
