import Health
import Logging

/// What the loop of one account remembers from turn to turn.
struct PollLoop {
  private let poller: AccountPoller
  private let limiter: RateLimiter
  private var scheduler: AccountScheduler
  private var update = FleetUpdate()
  /// Polls under way by their number.
  private var runs: [Int: (deadline: Moment, run: PollRun)] = [:]
  private var pollsStarted = 0
  /// Not later than the first of the deadlines, so that they are rarely looked through.
  private var deadlineCheck: Moment?
  /// Moments at which a timer will wake the loop.
  private var timers: [Moment] = []
  private var loggedOutcome: PollOutcome?
  private(set) var isDone = false

  init(poller: AccountPoller, limiter: RateLimiter, from start: PollStart, at now: Moment) {
    self.poller = poller
    self.limiter = limiter
    scheduler = AccountScheduler(
      account: poller.provider.account,
      mode: poller.mode,
      policy: poller.policy,
      limiter: limiter,
      random: poller.random,
      from: start,
      inherited: poller.inherited,
      at: now
    )
  }

  // MARK: What happened

  mutating func handle(_ events: [AccountPoller.Event]) {
    for event in events { handle(event) }
    let now = poller.time.now
    passDeadlines(at: now)
    concludeIfDone(at: now)
  }

  private mutating func handle(_ event: AccountPoller.Event) {
    switch event {
    case .discovered(let discovery, let moment, let poll):
      let isRefused = runs.removeValue(forKey: poll)?.run.isRefused == true
      if isRefused { return scheduler.putBackDiscovery(at: moment) }
      update.append(scheduler.receive(discovery, at: moment))
    case .answered(let answer, let target, let requests, let moment, let poll):
      let isRefused = runs.removeValue(forKey: poll)?.run.isRefused == true
      if isRefused { return scheduler.putBack(target, at: moment) }
      if requests == 0 { limiter.giveBack(target.credential) }
      update.append(scheduler.receive(answer, of: target, requests: requests, at: moment))
    case .demanded(let numbers):
      scheduler.makeDue(numbers, at: poller.time.now)
    case .claimed:
      break
    case .ended:
      isDone = true
    case .woke(let moment):
      timers.removeAll { $0 == moment }
    }
  }

  private mutating func passDeadlines(at now: Moment) {
    guard let check = deadlineCheck, check <= now else { return }
    for (deadline, run) in runs.values where deadline <= now { run.passDeadline() }
    deadlineCheck = runs.values.map(\.deadline).filter { $0 > now }.min()
  }

  /// What there is to publish since the last time.
  mutating func takeUpdate() -> FleetUpdate {
    defer { update = FleetUpdate() }
    if let condition = scheduler.changedCondition(at: poller.time.now, isFinal: isDone) {
      update.accounts = [condition]
      log(condition.failure, of: condition.account)
    }
    return update
  }

  /// Says once that an account stops answering, and once that it is back; never the provider's words.
  private mutating func log(_ failure: ProviderError?, of account: Account) {
    let outcome = failure.map { PollOutcome($0.kind) }
    guard outcome != loggedOutcome else { return }
    loggedOutcome = outcome
    let metadata: Logger.Metadata = ["account": "\(account.name)"]
    if let outcome {
      poller.logger.warning("Account does not answer: \(outcome.rawValue)", metadata: metadata)
    } else {
      poller.logger.notice("Account answers again", metadata: metadata)
    }
  }

  // MARK: What to do

  /// Starts what is due, unless another process polls the account by now.
  ///
  /// - Returns: Whether this process still polls the account.
  mutating func startDue(in group: inout DiscardingTaskGroup) async -> Bool {
    let actions = takeDue()
    if !actions.isEmpty, let claims = poller.claims {
      let targets = actions.compactMap(\.target?.id)
      guard await claims.note(asking: targets, of: scheduler.account.name) else { return false }
    }
    let now = poller.time.now
    for action in actions {
      switch action {
      case .discover: discover(in: &group, at: now)
      case .poll(let target): poll(target, in: &group, at: now)
      }
    }
    // Only now it may be known that the budget allows nothing more in time.
    concludeIfDone(at: now)
    setTimer(in: &group, at: now)
    return true
  }

  private mutating func takeDue() -> [AccountScheduler.Action] {
    let now = poller.time.now
    var actions: [AccountScheduler.Action] = []
    while !isDone, let action = scheduler.nextAction(at: now) { actions.append(action) }
    return actions
  }

  private mutating func concludeIfDone(at now: Moment) {
    guard !isDone, scheduler.isDone(at: now) else { return }
    update.append(scheduler.conclude(at: now))
    isDone = true
  }

  private mutating func discover(in group: inout DiscardingTaskGroup, at now: Moment) {
    let limit = poller.policy.discoveryDeadline
    let (number, run) = register(until: now + limit)
    let poller = poller
    group.addTask {
      let found = await run.run { await poller.provider.discover(through: run) }
      let moment = poller.time.now
      poller.events.push(
        .discovered(found ?? poller.noDiscovery(within: limit), at: moment, poll: number)
      )
    }
  }

  private mutating func poll(
    _ target: PollTarget,
    in group: inout DiscardingTaskGroup,
    at now: Moment
  ) {
    let limit = poller.policy.deadline(of: target.purpose)
    let (number, run) = register(until: now + limit, prepaid: target.credential)
    let poller = poller
    group.addTask {
      let answer = await run.run { await poller.provider.read(target, through: run) }
      poller.events.push(
        .answered(
          (answer ?? poller.noAnswer(within: limit)).assessed(for: poller.provider.account),
          of: target,
          requests: run.requests,
          at: poller.time.now,
          poll: number
        )
      )
    }
  }

  /// A sweep's polls wait for their budget until the sweep ends, and not for what comes after it.
  private func budgetDeadline(_ moment: Moment) -> Moment? { endOfSweep ?? moment }

  private mutating func register(
    until deadline: Moment,
    prepaid: String? = nil
  ) -> (number: Int, run: PollRun) {
    pollsStarted += 1
    let (claims, account) = (poller.claims, scheduler.account.name)
    let run = PollRun(
      limiter: limiter,
      budgetDeadline: budgetDeadline(deadline),
      prepaid: prepaid,
      isAllowed: { claims?.allowsRequest(of: account) ?? true }
    )
    runs[pollsStarted] = (deadline, run)
    deadlineCheck = min(deadlineCheck ?? deadline, deadline)
    return (pollsStarted, run)
  }

  /// Makes sure that the loop wakes up for what comes next; a timer that is too early does no harm.
  private mutating func setTimer(in group: inout DiscardingTaskGroup, at now: Moment) {
    let figures = scheduler.report.nextPublication.flatMap { $0 > now ? $0 : nil }
    let next = [nextTurn(after: now), deadlineCheck, endOfSweep, figures]
    guard let next = next.compactMap({ $0 }).min(), !isDone else { return }
    guard timers.allSatisfy({ $0 > next }) else { return }
    timers.append(next)
    let poller = poller
    group.addTask {
      guard (try? await poller.time.sleep(until: next)) != nil else { return }
      poller.events.push(.woke(next))
    }
  }

  /// When to look again for what is due.
  ///
  /// What is due by now waits for a place among the polls under way: an answer wakes the loop. The
  /// rest is started at the tenths of a second of a clock that all accounts share, so that many
  /// targets cost one wake-up, and one update of the screen.
  private func nextTurn(after now: Moment) -> Moment? {
    guard let next = scheduler.nextMoment, next > now else { return nil }
    guard poller.mode == .continuous else { return next }
    let refresh = max(poller.provider.account.refresh, PollSchedule.shortestRefresh)
    let tick = min(poller.policy.tick, refresh / 100)
    let ticks = (next.uptime / tick).rounded(.up)
    return next + max(tick * ticks - next.uptime, .zero)
  }

  private var endOfSweep: Moment? {
    if case .once(let end, _, _) = poller.mode { end } else { nil }
  }
}
