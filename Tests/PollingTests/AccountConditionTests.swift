import Health
import TestSupport
import Testing

@testable import Polling

/// What is told of an account's polls: in time, and not more often than anybody could read it.
struct AccountConditionTests {
  private let scene = PollingScene()

  @Test func `figures are told once a second, however many answers change them`() {
    let account = scene.account(perMinute: 6_000)
    let provider = scene.provider(account, numbers: (0..<1_000).map { "n\($0)" })
    scene.refresh(provider, for: .seconds(60)) { _ in
      let before = scene.observer.updates.flatMap(\.accounts).count
      let readings = scene.observer.readings.count
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.readings.count - readings >= 900)
      #expect((50...61).contains(scene.observer.updates.flatMap(\.accounts).count - before))
    }
  }

  @Test func `the last figures of a burst are told though nothing follows`() throws {
    let provider = scene.provider(scene.account(perMinute: 60), numbers: ["a", "b", "c"]) {
      .answerLater(.milliseconds(300), .healthy($0))
    }
    try scene.refresh(provider, for: .seconds(2)) { _ in
      let condition = try #require(scene.observer.condition(of: "acme"))
      #expect(condition.lastSuccess?.uptime == .milliseconds(300))
      #expect(condition.budget.sum.used == 3)
      #expect(condition.budget.sum.perMinute == 60)
      #expect(condition.budget.sum.origin == .configuration)
      #expect(condition.list.lastRead?.uptime == .zero)
    }
  }

  @Test func `a failure is told at once`() {
    let provider = scene.provider(scene.account(), numbers: ["a"])
    scene.refresh(provider, for: .seconds(10)) { refresher in
      provider.follow { _ in .answer(.failing(.credentialRejected)) }
      let demand = scene.clock.start { await refresher.pollAllNow() }
      scene.clock.advance(by: .milliseconds(50))
      demand.cancel()
      let condition = scene.observer.condition(of: "acme")
      #expect(condition?.failure?.kind == .credentialRejected)
      #expect(condition?.lastError?.target == "number/a")
      #expect(condition?.budget.rejectedCount == 1)
    }
  }

  @Test func `the last error stays after the account answers again`() throws {
    let provider = scene.provider(scene.account(), numbers: ["a"]) { _ in
      .answer(.failing(.providerError))
    }
    try scene.refresh(provider, for: .seconds(2)) { _ in
      provider.follow { .answer(.healthy($0)) }
      scene.clock.advance(by: .seconds(120))
      let condition = try #require(scene.observer.condition(of: "acme"))
      #expect(condition.failure == nil)
      #expect(condition.lastError?.error.kind == .providerError)
    }
  }

  @Test func `throttling is told with the end of the pause`() throws {
    let provider = scene.provider(scene.account(perMinute: 60), numbers: ["a", "b"]) { _ in
      let error = ProviderError(
        .throttled(retryAfter: .seconds(90)),
        "Too many requests.",
        httpStatus: 429
      )
      return .answer(PollAnswer(failure: error))
    }
    try scene.refresh(provider, for: .seconds(2)) { _ in
      let condition = try #require(scene.observer.condition(of: "acme"))
      #expect(condition.budget.throttledCount == 1)
      #expect(condition.budget.sum.throttledInARow == 1)
      let until = try #require(condition.budget.sum.throttledUntil)
      #expect((89...91).contains(until.uptime.seconds))
    }
  }

  @Test func `a pause that a good answer asks for is told, and when it ends`() throws {
    let signals = [
      RateSignal(retryAfter: .seconds(600)), RateSignal(remaining: 0),
      RateSignal(usagePercent: 100),
    ]
    for signal in signals {
      let scene = PollingScene()
      let provider = scene.provider(scene.account(perMinute: 60), numbers: ["a"]) {
        .answerSaying(signal, .healthy($0))
      }
      try scene.refresh(provider, for: .seconds(50)) { _ in
        let condition = try #require(scene.observer.condition(of: "acme"))
        let until = try #require(condition.budget.sum.throttledUntil)
        #expect(condition.nextPoll == until)
        #expect(until > scene.clock.now)
      }
    }
  }

  @Test func `while everything hangs no next poll is told`() {
    let provider = scene.provider(scene.account(), numbers: ["a", "b"])
    scene.refresh(provider, for: .seconds(10)) { _ in
      #expect(scene.observer.condition(of: "acme")?.nextPoll != nil)
      provider.follow { _ in .hang }
      for _ in 0..<600 where provider.underWay < 2 { scene.clock.advance(by: .milliseconds(100)) }
      #expect(provider.underWay == 2)
      scene.clock.advance(by: .milliseconds(1_100))
      #expect(scene.observer.condition(of: "acme")?.nextPoll == nil)
    }
  }

  @Test func `that the budget puts off what is due is told`() throws {
    let (account, now) = (scene.account(perMinute: 60), scene.clock.now)
    let limiter = RateLimiter(perMinute: 60, time: scene.clock)
    var scheduler = AccountScheduler(
      account: account,
      mode: .continuous,
      policy: PollPolicy(),
      limiter: limiter,
      random: RandomSource(SeededGenerator(seed: 1)),
      at: now
    )
    #expect(scheduler.nextAction(at: now) == .discover)
    _ = scheduler.receive(Discovery(targets: [.number("a", of: account)]), at: now)
    let due = max(try #require(scheduler.nextMoment), now)
    while limiter.take("", at: due) == nil {}
    _ = scheduler.changedCondition(at: due, isFinal: true)
    #expect(scheduler.nextAction(at: due) == nil)
    let told = scheduler.changedCondition(at: due + .seconds(1), isFinal: false)
    #expect(try #require(told?.nextPoll) > due)
  }

  // MARK: Lists that are not whole

  private static let list = PollTarget(id: "list", purpose: .health, credential: "", numbers: [])
  private static let gap = PollAnswer(gap: "List incomplete: 2 of 5 numbers read.")

  private func lister(_ answer: PollAnswer) -> ScriptedProvider {
    ScriptedProvider(account: scene.account(), targets: [Self.list], time: scene.clock) { _ in
      .answer(answer)
    }
  }

  private var gap: String? { scene.observer.condition(of: "acme")?.list.gap }

  @Test func `a list stays incomplete until it is read whole`() {
    let provider = lister(Self.gap)
    scene.refresh(provider, for: .seconds(2)) { _ in
      #expect(gap == Self.gap.gap)
      provider.follow { _ in .answer(.failing(.providerError)) }
      scene.clock.advance(by: .seconds(120))
      #expect(scene.observer.condition(of: "acme")?.failure?.kind == .providerError)
      #expect(gap == Self.gap.gap)
      provider.follow { _ in .answer(PollAnswer(isWhole: true)) }
      scene.clock.advance(by: .seconds(600))
      #expect(gap == nil)
    }
  }

  @Test func `discovery that fails doesn't make a list whole`() {
    var report = ConditionReport(account: scene.account())
    let now = scene.clock.now
    report.note(Discovery(targets: [], gap: "List incomplete."), at: now)
    let failure = ProviderError(.timedOut, "No answer.")
    report.note(Discovery(targets: [], failures: [failure]), at: now)
    #expect(report.condition.list.gap == "List incomplete.")
    report.note(Discovery(targets: []), at: now)
    #expect(report.condition.list.gap == nil)
  }

  @Test func `the list of a target that is gone is forgotten`() {
    let provider = lister(Self.gap)
    scene.refresh(provider, for: .seconds(2)) { _ in
      #expect(gap != nil)
      provider.follow { .answer(.healthy($0)) }
      provider.find(Discovery(targets: [.number("a", of: scene.account())]))
      scene.clock.advance(by: .seconds(1_200))
      #expect(scene.observer.numbers == ["a"])
      #expect(gap == nil)
    }
  }

  // MARK: Figures

  @Test(arguments: [Int.max, Int.max - 1_023, .min, -1, 0])
  func `no figure of a provider is too large or too small`(figure: Int) {
    let now = scene.clock.now
    for configured in [nil, 60] {
      var budget = RequestBudget(perMinute: configured, at: now)
      budget.observe(
        RateSignal(
          remaining: figure,
          limitPerMinute: figure,
          usagePercent: Double(figure) * 1e290
        ),
        at: now
      )
      for seconds in [0.0, 1, 100, 4_000] {
        let condition = budget.condition(at: now + .seconds(seconds))
        #expect((0...1_000_000).contains(condition.left ?? 0))
        #expect((0.0...1_000_000).contains(condition.perMinute ?? 0))
      }
    }
  }

  @Test func `an interval longer than the configured one has a reason`() throws {
    let account = scene.account(perMinute: 30)
    let provider = scene.provider(account, numbers: (0..<60).map { "n\($0)" })
    try scene.refresh(provider, for: .seconds(300)) { _ in
      let limit = try #require(scene.observer.condition(of: "acme")?.refreshLimit)
      #expect(limit.requestsPerRound == 60)
      #expect(limit.requestsPerMinute == 30)
      #expect(limit.origin == .configuration)
    }
  }

  @Test func `of many keys those that need a look are named`() throws {
    let account = scene.account(concurrency: 64)
    let channels = (10..<40).map {
      PollTarget.number("n\($0)", of: account, credential: "channel/\($0)")
    }
    let provider = ScriptedProvider(account: account, targets: channels, time: scene.clock) {
      .answer($0.credential == "channel/33" ? .failing(.credentialRejected) : .healthy($0))
    }
    try scene.refresh(provider, for: .seconds(5)) { _ in
      let budget = try #require(scene.observer.condition(of: "acme")?.budget)
      #expect(budget.credentialCount == 30)
      #expect(budget.rejectedCount == 1)
      #expect(budget.credentials.first?.name == "channel/33")
      #expect(budget.credentials.count == AccountBudget.mostCredentials)
    }
  }

  @Test func `requests count for a minute`() {
    var counter = RequestCounter()
    let start = scene.clock.now
    for second in 0..<60 { counter.add(2, at: start + .seconds(Int64(second))) }
    #expect((105...120).contains(counter.total(at: start + .seconds(59))))
    #expect((44...60).contains(counter.total(at: start + .seconds(90))))
    #expect(counter.total(at: start + .seconds(180)) == 0)
  }

  @Test func `the latency is that of the last answers`() {
    var times = AnswerTimes()
    #expect(times.latency == nil)
    for milliseconds in [100, 5_000, 200] { times.note(.milliseconds(milliseconds)) }
    #expect(
      times.latency
        == AnswerLatency(median: .milliseconds(200), worst: .milliseconds(5_000), count: 3)
    )
    for _ in 0..<64 { times.note(.milliseconds(50)) }
    #expect(
      times.latency
        == AnswerLatency(median: .milliseconds(50), worst: .milliseconds(50), count: 64)
    )
  }
}
