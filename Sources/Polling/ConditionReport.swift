import Health

/// When an account's condition is told: what people act on at once, and figures once a second at most.
///
/// Figures change with each answer, and at thousands of answers a second nobody could read them.
struct ConditionReport: Sendable {
  private(set) var condition: AccountCondition
  private(set) var times = AnswerTimes()
  /// Of the lists that are not whole, by the target; nil is discovery.
  private var gaps: [String?: String] = [:]
  private var published: AccountCondition?
  /// Something happened since the figures were told.
  private var hasNewFigures = true
  private var isUrgent = true
  private var nextFigures: Moment?

  private static let interval = Duration.seconds(1)

  /// A report that goes on from how polling the account went before.
  init(account: Account, after former: AccountCondition? = nil) {
    condition = AccountCondition(of: account)
    condition.failure = former?.failure
    condition.failingSince = former?.failingSince
    condition.lastSuccess = former?.lastSuccess
    condition.lastError = former?.lastError
    condition.list.lastRead = former?.list.lastRead
  }

  // MARK: What happened

  mutating func note(_ discovery: Discovery, at now: Moment) {
    hasNewFigures = true
    condition.isUnasked = false
    if discovery.failures.isEmpty || discovery.gap != nil { note(gap: discovery.gap, of: nil) }
    if let failure = discovery.failures.first {
      condition.lastError = PollError(failure, at: now, of: nil)
    } else {
      condition.list.lastRead = now
    }
  }

  mutating func note(_ answer: PollAnswer, of target: PollTarget, at now: Moment) {
    hasNewFigures = true
    condition.isUnasked = false
    if let time = answer.readings.first?.latency { times.note(time) }
    // An answer that isn't whole doesn't say that nothing is missing.
    if answer.isWhole || answer.gap != nil { note(gap: answer.gap, of: target.id) }
    if answer.isWhole { condition.list.lastRead = now }
    if let failure = answer.wholeFailure {
      condition.lastError = PollError(failure, at: now, of: target.id)
    } else {
      condition.lastSuccess = now
    }
  }

  mutating func noteNewFigures() { hasNewFigures = true }

  /// The target is polled no more, so nobody would ever say that its list is whole.
  mutating func forget(_ target: String) { note(gap: nil, of: target) }

  private mutating func note(gap: String?, of target: String?) {
    guard gaps[target] != gap else { return }
    gaps[target] = gap
    condition.list.gap = gaps.values.sorted().first
    isUrgent = true
  }

  mutating func note(_ failure: ProviderError?, effectiveRefresh: Duration, at now: Moment) {
    if failure != condition.failure {
      condition.isUnasked = false
      condition.failingSince = failure == nil ? nil : condition.failingSince ?? now
      condition.failure = failure
      isUrgent = true
    }
    guard effectiveRefresh != condition.effectiveRefresh else { return }
    condition.effectiveRefresh = effectiveRefresh
    isUrgent = true
  }

  // MARK: What is told

  func isDue(at now: Moment) -> Bool {
    isUrgent || hasNewFigures && nextFigures.map { $0 <= now } ?? true
  }

  /// When figures are told that are known already; nil where there are none.
  var nextPublication: Moment? { hasNewFigures ? nextFigures : nil }

  mutating func set(nextPoll: Moment?, budget: AccountBudget, refreshLimit: RefreshLimit?) {
    condition.nextPoll = nextPoll
    condition.budget = budget
    condition.refreshLimit = refreshLimit
    condition.latency = times.latency
  }

  /// The condition; nil where it is what was told before.
  mutating func publish(at now: Moment) -> AccountCondition? {
    (isUrgent, hasNewFigures) = (false, false)
    // At the whole seconds of a clock that all accounts share, so that many wake up together.
    let seconds = (now.uptime / Self.interval).rounded(.down) + 1
    nextFigures = now + max(Self.interval * seconds - now.uptime, .zero)
    guard condition != published else { return nil }
    published = condition
    return condition
  }
}
