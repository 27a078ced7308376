import Health

/// All that polling one account has to remember, and what to do next: decides, and does nothing itself.
struct AccountScheduler: Sendable {
  /// For as long as the program runs, or each target once.
  enum Mode: Hashable, Sendable {
    case continuous
    case once(until: Moment, within: Duration, includesTemplates: Bool)
  }

  enum Action: Hashable, Sendable {
    case discover
    case poll(PollTarget)

    var target: PollTarget? { if case .poll(let target) = self { target } else { nil } }
  }

  let account: Account
  let mode: Mode
  let policy: PollPolicy
  let limiter: RateLimiter
  var random: RandomSource
  var registry: TargetRegistry
  var schedule: PollSchedule
  var health = AccountHealth()
  var nextDiscovery: Moment?
  var discoveryFailures = 0
  var isDiscovering = false
  var underWay: [String: PollTarget] = [:]
  /// Of a sweep: what its numbers said, to say in the end which facts beside it stayed unread.
  var sweptReadings: [Reading] = []
  var report: ConditionReport
  /// When targets were last asked by another run, until they are known here.
  var asked: [String: Moment]
  /// What `refresh` amounted to before; nil where the setting was another.
  let formerEffectiveRefresh: Duration?

  init(
    account: Account,
    mode: Mode,
    policy: PollPolicy,
    limiter: RateLimiter,
    random: RandomSource,
    from start: PollStart = PollStart(),
    inherited: Set<PhoneNumber.ID> = [],
    at now: Moment
  ) {
    self.account = account
    self.mode = mode
    self.policy = policy
    self.limiter = limiter
    self.random = random
    registry = TargetRegistry(account: account, inherited: inherited.union(start.numbers))
    asked = start.asked
    let former = start.condition
    formerEffectiveRefresh =
      former?.account.refresh == account.refresh ? former?.effectiveRefresh : nil
    health.former = former?.failure
    if let former { limiter.resume(former.budget, at: now) }
    var random = random
    schedule = PollSchedule(
      refresh: account.refresh,
      policy: policy,
      offset: Double.random(in: 0..<1, using: &random),
      spreadsFacts: mode == .continuous,
      at: now
    )
    nextDiscovery = now
    report = ConditionReport(account: account, after: former)
  }

  // MARK: What to do

  /// The next thing to start now, if there is any and the account's concurrency allows it.
  mutating func nextAction(at now: Moment) -> Action? {
    guard underWay.count + (isDiscovering ? 1 : 0) < max(account.concurrency, 1) else { return nil }
    if let nextDiscovery, nextDiscovery <= now {
      self.nextDiscovery = nil
      isDiscovering = true
      return .discover
    }
    let next = schedule.nextMoment
    guard let target = schedule.takeDue(at: now, admit: { limiter.take($0, at: now) }) else {
      // The budget has put off what was due.
      if schedule.nextMoment != next { report.noteNewFigures() }
      return nil
    }
    underWay[target.id] = target
    report.noteNewFigures()
    return .poll(target)
  }

  /// When to ask for the next action, unless something is told before.
  var nextMoment: Moment? {
    [nextDiscovery, schedule.nextMoment].compactMap { $0 }.min()
  }

  /// Of a sweep: everything was asked, or nothing more can be in time.
  func isDone(at now: Moment) -> Bool {
    guard case .once(let end, _, _) = mode else { return false }
    if now >= end { return true }
    guard !isDiscovering, nextDiscovery == nil, underWay.isEmpty else { return false }
    return schedule.nextMoment.map { $0 >= end } ?? true
  }

  /// Polls these numbers before all others, or all numbers now.
  mutating func makeDue(_ numbers: Set<PhoneNumber.ID>?, at now: Moment) {
    if health.discoveryFailure != nil, !isDiscovering { nextDiscovery = now }
    guard let numbers else { return schedule.makeAllDue(at: now) }
    schedule.makeDue(registry.targets(bringing: numbers), at: now)
  }
}
