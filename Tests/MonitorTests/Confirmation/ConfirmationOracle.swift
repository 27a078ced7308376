import Health

@testable import Monitor

/// The slow and obvious second implementation of confirmation, for one number: it keeps every answer
/// and every change since the state that was told, and looks at all of them each time.
struct ConfirmationOracle {
  private(set) var told: HealthState?
  /// The last one that was told and says something.
  private var known: HealthState?
  private var shown: HealthState?
  /// When the state that is shown began.
  private var wasFlapping = false
  private var since: [(moment: Moment, state: HealthState)] = []

  mutating func note(
    _ record: NumberRecord,
    isAnswer: Bool,
    _ rules: ConfirmationRules,
    at now: Moment
  ) {
    let state = record.state
    let isChange = shown != state
    shown = state
    if isChange { wasFlapping = record.polls.isFlapping }
    if state == told {
      since = []
    } else {
      if isChange || isAnswer { since.append((now, state)) }
      if isConfirmed(state, rules, at: now) {
        told = state
        if !state.isLost { known = state }
        since = []
      }
    }
  }

  private func isConfirmed(
    _ state: HealthState,
    _ rules: ConfirmationRules,
    at now: Moment
  ) -> Bool {
    guard let told, !state.isLost, let known, known != state else { return true }
    let all = since.reversed().prefix { entry in
      told.isProblem ? entry.state == state : entry.state.isProblem == state.isProblem
    }
    guard state.isProblem else { return all.count >= rules.upPolls }
    if wasFlapping { return true }
    if rules.trustsBlocked, state == .blocked || state == .critical { return true }
    let age = all.last.map { now - $0.moment } ?? .zero
    return all.count >= rules.downPolls || age >= rules.downTime
  }
}
