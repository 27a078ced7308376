import Health

/// All that polling one account has to remember, and what to do next: decides, and does nothing itself.
struct AccountProgress: Sendable {
  /// For as long as the program runs, or each target once.
  enum Course: Hashable, Sendable {
    case continuous
    case once(until: Moment, within: Duration, includesTemplates: Bool)
  }

  enum Action: Hashable, Sendable {
    case discover
    case poll(PollTarget)
  }

  private let account: Account
  private let course: Course
  private let policy: PollPolicy
  private let gate: AccountGate
  private var random: RandomSource
  private var roster: AccountRoster
  private var schedule: PollSchedule
  private var standing = AccountStanding()
  private var nextDiscovery: Moment?
  private var discoveryFailures = 0
  private var isDiscovering = false
  private var underWay: [String: PollTarget] = [:]
  /// Of a sweep: what its numbers said, to say in the end which facts beside it stayed unread.
  private var sweptReadings: [Reading] = []
  private var condition: AccountCondition
  private var published: AccountCondition?

  init(
    account: Account,
    course: Course,
    policy: PollPolicy,
    gate: AccountGate,
    random: RandomSource,
    inherited: Set<PhoneNumber.ID> = [],
    at now: Moment
  ) {
    self.account = account
    self.course = course
    self.policy = policy
    self.gate = gate
    self.random = random
    roster = AccountRoster(account: account, inherited: inherited)
    var random = random
    schedule = PollSchedule(
      refresh: account.refresh,
      policy: policy,
      offset: Double.random(in: 0..<1, using: &random),
      spreadsFacts: course == .continuous,
      at: now
    )
    nextDiscovery = now
    condition = AccountCondition(account: account, effectiveRefresh: account.refresh)
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
    guard let target = schedule.takeDue(at: now, admit: { gate.take($0, at: now) }) else {
      return nil
    }
    underWay[target.id] = target
    return .poll(target)
  }

  /// When to ask for the next action, unless something is told before.
  var nextMoment: Moment? {
    [nextDiscovery, schedule.nextMoment].compactMap { $0 }.min()
  }

  /// Of a sweep: everything was asked, or nothing more can be in time.
  func isDone(at now: Moment) -> Bool {
    guard case .once(let end, _, _) = course else { return false }
    if now >= end { return true }
    guard !isDiscovering, nextDiscovery == nil, underWay.isEmpty else { return false }
    return schedule.nextMoment.map { $0 >= end } ?? true
  }

  /// Polls these numbers before all others, or all numbers now.
  mutating func hasten(_ numbers: Set<PhoneNumber.ID>?, at now: Moment) {
    if standing.discoveryFailure != nil, !isDiscovering { nextDiscovery = now }
    guard let numbers else { return schedule.hastenAll(at: now) }
    schedule.hasten(roster.targets(bringing: numbers), at: now)
  }

  // MARK: What came of it

  mutating func receive(_ discovery: Discovery, at now: Moment) -> FleetUpdate {
    isDiscovering = false
    standing.discoveryFailure = discovery.failures.first
    scheduleDiscovery(after: discovery.failures.first, at: now)
    return apply(roster.receive(discovery, at: now), at: now)
  }

  mutating func receive(
    _ answer: PollAnswer,
    of target: PollTarget,
    requests: Int,
    at now: Moment
  ) -> FleetUpdate {
    underWay[target.id] = nil
    // Discovery may have dropped it meanwhile.
    guard schedule.contains(target.id) else { return FleetUpdate() }
    let failure = answer.wholeFailure
    note(answer.throttling, of: target, failed: failure != nil, at: now)
    let effect = schedule.finish(
      target.id,
      with: failure.map { .failed($0) }
        ?? .good(inTrouble: answer.showsTrouble(callingExpected: account.callingExpected)),
      requests: requests,
      at: now,
      using: &random
    )
    var update = apply(roster.receive(answer, of: target, at: now), at: now)
    note(failure, of: target, at: now)
    if effect == .credentialRejected, let failure {
      update.append(reject(target, with: failure, at: now))
    }
    retire(target)
    if course != .continuous {
      sweptReadings += update.readings.filter { $0.report != nil }.map(\.withoutRaw)
      if answer.throttling != nil { dropNeedless(at: now) }
    }
    return update
  }

  /// Of a sweep that was told to slow down: what would only hold it up is not asked.
  private mutating func dropNeedless(at now: Moment) {
    let targets = schedule.targets.filter { $0.isOfNumbersFacts && underWay[$0.id] == nil }
    let isHealthAsked = schedule.targets.allSatisfy { $0.purpose == .facts }
    for target in targets {
      // The token tells of days to come, and facts of numbers that did not answer tell nothing.
      guard target.entity == nil || isHealthAsked && sweptReadings.isEmpty else { continue }
      schedule.remove(target.id)
      roster.leaveUnread(target, because: "the account was told to slow down before it was asked.")
    }
  }

  /// Of a sweep: what has not answered has timed out.
  mutating func conclude(at now: Moment) -> FleetUpdate {
    guard case .once(_, let limit, _) = course else { return FleetUpdate() }
    let given = "within the \(limit.inWords) that the sweep was given"
    let (asked, waiting) = schedule.targets.reduce(into: ([PollTarget](), [PollTarget]())) {
      if underWay[$1.id] == nil { $0.1.append($1) } else { $0.0.append($1) }
    }
    var update = fail(asked, "No answer came \(given).", at: now)
    update.append(fail(waiting, "Its turn to be asked did not come \(given).", at: now))
    update.readings += roster.noted(in: sweptReadings)
    if isDiscovering || nextDiscovery != nil {
      let failure = ProviderError(.timedOut, "Its numbers could not be listed \(given).")
      standing.discoveryFailure = failure
      update.append(roster.receive(Discovery(targets: [], failures: [failure]), at: now).update)
    }
    return update
  }

  private mutating func fail(
    _ targets: [PollTarget],
    _ sentence: String,
    at now: Moment
  ) -> FleetUpdate {
    let failure = ProviderError(.timedOut, sentence)
    for target in targets where target.purpose == .health { standing.note(failure, of: target.id) }
    for target in targets where target.isOfNumbersFacts {
      roster.leaveUnread(target, because: sentence)
    }
    return roster.fail(targets, with: failure, at: now).update
  }

  private mutating func apply(_ change: AccountRoster.Change, at now: Moment) -> FleetUpdate {
    for id in change.removed {
      schedule.remove(id)
      standing.forget(id)
    }
    for target in change.added where isWanted(target) { schedule.insert(target, at: now) }
    return change.update
  }

  private func isWanted(_ target: PollTarget) -> Bool {
    guard case .once(_, _, let includesTemplates) = course else { return true }
    // Facts of WABAs and businesses count for their numbers.
    return includesTemplates || !target.isOfTemplates
  }

  private mutating func scheduleDiscovery(after failure: ProviderError?, at now: Moment) {
    guard course == .continuous else { return }
    guard let failure else {
      discoveryFailures = 0
      nextDiscovery = now + policy.discoveryInterval.jittered(using: &random)
      return
    }
    discoveryFailures += 1
    let backOff = BackOff(first: .seconds(10), longest: policy.discoveryInterval)
    switch failure.kind {
    case .credentialRejected, .numberRefused:
      nextDiscovery = now + policy.probeInterval.jittered(using: &random)
    case .throttled(let said?):
      nextDiscovery =
        now
        + BackOff.wait(said: said, afterRefusals: discoveryFailures, longest: backOff.longest)
    case .throttled, .unreachable, .timedOut, .unintelligible, .providerError:
      nextDiscovery = now + backOff.delay(afterFailures: discoveryFailures, using: &random)
    }
  }

  // MARK: What it means for others

  private mutating func note(
    _ throttling: ProviderError?,
    of target: PollTarget,
    failed: Bool,
    at now: Moment
  ) {
    let credential = target.credential
    if case .throttled(let retryAfter) = throttling?.kind {
      // A sweep asks no side question twice, so a wait that nobody asked for would only hold it up.
      let isGuess = retryAfter == nil && target.purpose == .facts && course != .continuous
      if !isGuess { gate.throttled(credential, retryAfter: retryAfter, at: now) }
    } else if !failed {
      gate.answered(credential, at: now)
    }
    schedule.allow(gate.perMinute(of: credential, at: now), for: credential)
  }

  private mutating func note(_ failure: ProviderError?, of target: PollTarget, at now: Moment) {
    guard target.purpose == .health else { return }
    let before = standing.failure
    standing.note(failure, of: target.id)
    if before != nil, standing.failure == nil { schedule.hastenFailing(at: now) }
  }

  /// Every number of a rejected credential is affected: says so without asking for each.
  private mutating func reject(
    _ target: PollTarget,
    with failure: ProviderError,
    at now: Moment
  ) -> FleetUpdate {
    let others = schedule.targets(of: target.credential).filter {
      $0.id != target.id && underWay[$0.id] == nil
    }
    for other in others where other.purpose == .health { standing.note(failure, of: other.id) }
    for other in others where other.isOfNumbersFacts {
      roster.leaveUnread(other, because: failure.message)
    }
    let update = roster.fail(others, with: failure, at: now).update
    for other in others { retire(other) }
    return update
  }

  /// A sweep asks each target once.
  private mutating func retire(_ target: PollTarget) {
    if course != .continuous { schedule.remove(target.id) }
  }

  // MARK: How it goes

  /// The account's condition where it changed since it was last asked for.
  mutating func changedCondition(at now: Moment) -> AccountCondition? {
    let failure = standing.failure
    if failure == nil { condition.failingSince = nil }
    if failure != nil, condition.failure == nil { condition.failingSince = now }
    condition.failure = failure
    condition.effectiveRefresh = schedule.effectiveRefresh()
    condition.nextPoll = nextMoment
    guard condition != published else { return nil }
    published = condition
    return condition
  }
}

extension Duration {
  /// Such as `30 s` or `1.5 s`.
  var inWords: String {
    let seconds = inSeconds
    return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
  }
}
