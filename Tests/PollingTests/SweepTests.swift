import Health
import Monitor
import Polling
import TestSupport
import Testing

struct SweepTests {
  private let scene = PollingScene()
  private let start: Moment

  init() { start = scene.clock.now }

  @Test func `each target is asked once, and it ends with the last answer`() throws {
    let provider = scene.provider(scene.account(), numbers: (0..<50).map { "n\($0)" }) {
      .answerLater(.milliseconds(100), .healthy($0))
    }
    let end = try #require(scene.run(scene.sweep(provider)))
    #expect(end - start == .milliseconds(700))
    #expect(provider.asked.count == 50)
    #expect(Set(provider.asked.map(\.target)).count == 50)
    #expect(scene.observer.readings.count == 50)
    #expect(scene.clock.sleeperCount == 0)
  }

  @Test func `a failing target is not asked again`() {
    let provider = scene.provider(scene.account(), numbers: ["a", "b"]) {
      .answer($0.id == "number/a" ? .failing(.providerError) : .healthy($0))
    }
    #expect(scene.run(scene.sweep(provider)) == start)
    #expect(provider.asked.count == 2)
    #expect(scene.observer.readings(of: "a").map(\.outcome) == [.providerError])
  }

  @Test func `it goes as fast as the budget allows`() {
    let provider = scene.provider(
      scene.account(perMinute: 60),
      numbers: (0..<80).map { "n\($0)" }
    )
    #expect(scene.run(scene.sweep(provider)) == start + .seconds(20))
    #expect(scene.observer.readings.allSatisfy { $0.outcome == .answered })
  }

  @Test func `what does not answer in time has timed out`() {
    let hanging = scene.provider(scene.account("slow"), numbers: ["s"]) { _ in .hang }
    let quick = scene.provider(scene.account("quick"), numbers: ["q"])
    #expect(scene.run(scene.sweep(hanging, quick)) == start + .seconds(30))
    #expect(scene.observer.readings(of: "q").map(\.outcome) == [.answered])
    let timedOut = scene.observer.readings(of: "s")
    #expect(timedOut.map(\.outcome) == [.timedOut])
    #expect(timedOut.first?.message?.contains("30 s") == true)
    #expect(hanging.cancelled == 1)
  }

  @Test func `accounts stand in the order of the configuration, whichever answers first`() {
    let slow = scene.provider(scene.account("slow"), numbers: ["s"]) {
      .answerLater(.seconds(2), .healthy($0))
    }
    _ = scene.run(scene.sweep(slow, scene.provider(scene.account("quick"), numbers: ["q"])))
    var fleet = Fleet()
    for update in scene.observer.updates { _ = fleet.receive(update, at: start) }
    #expect(fleet.records.map(\.number.account).sorted() == ["quick", "slow"])
    #expect(fleet.accounts.map(\.account.name) == ["slow", "quick"])
  }

  @Test(arguments: [1, 8])
  func `what the budget does not allow in time is not waited for`(concurrency: Int) throws {
    let provider = scene.provider(
      scene.account(perMinute: 60, concurrency: concurrency),
      numbers: (0..<100).map { "n\($0)" }
    )
    let end = try #require(scene.run(scene.sweep(provider)))
    #expect(end < start + .seconds(30))
    #expect(scene.observer.readings.count == 100)
    #expect(scene.observer.readings.count { $0.outcome == .timedOut } == 11)
  }

  @Test func `an account that is not discovered in time is one entry`() {
    let provider = scene.provider(scene.account(), numbers: ["a"])
    provider.hangDiscovery()
    #expect(scene.run(scene.sweep(provider)) == start + .seconds(30))
    #expect(scene.observer.numbers == [nil])
    #expect(scene.observer.readings(of: nil).map(\.outcome) == [.timedOut])
  }

  @Test func `an account whose discovery fails is one entry, at once`() {
    let provider = scene.provider(scene.account(), numbers: [])
    let failure = ProviderError(.credentialRejected, "Token refused.", httpStatus: 401)
    provider.find(Discovery(targets: [], failures: [failure]))
    #expect(scene.run(scene.sweep(provider)) == start)
    #expect(scene.observer.readings(of: nil).map(\.failure) == [failure])
    #expect(scene.observer.readings(of: nil).map(\.httpStatus) == [401])
  }

  @Test func `a rejected key is not tried with every number`() {
    let provider = scene.provider(
      scene.account(concurrency: 2),
      numbers: (0..<100).map { "n\($0)" }
    ) { _ in .answer(.failing(.credentialRejected)) }
    #expect(scene.run(scene.sweep(provider)) == start)
    #expect(provider.asked.count <= 3)
    #expect(scene.observer.readings.count == 100)
    #expect(scene.observer.readings.allSatisfy { $0.outcome == .credentialRejected })
  }

  /// What a side question is refused with, and whether the others wait for it.
  @Test(arguments: [
    ProviderError.Kind.throttled(retryAfter: nil), .credentialRejected, .numberRefused,
    .providerError, .unintelligible, .unreachable, .throttled(retryAfter: .seconds(120)),
  ])
  func `a side question that is refused stops nothing but itself`(kind: ProviderError.Kind) {
    let waba = EntityReference(type: .waba, id: "1")
    let account = scene.account(concurrency: 1)
    let provider = scene.provider(account, numbers: [])
    let facts = ["a", "b"].map { PollTarget(id: $0, purpose: .facts, entity: waba) }
    provider.find(Discovery(targets: [.number("n", of: account)] + facts))
    provider.follow { .answer($0.id == "a" ? .failing(kind) : .healthy($0)) }
    #expect(scene.run(scene.sweep(provider)) == start)
    let isLong = kind == .throttled(retryAfter: .seconds(120))
    #expect(provider.asked.map(\.target) == ["number/n", "a"] + (isLong ? [] : ["b"]))
    #expect(scene.observer.readings.map(\.failure) == Array(repeating: nil, count: 1))
  }

  @Test func `a number whose WABA could not be read says so, and the token's row as well`() throws {
    let account = scene.account()
    let waba = EntityReference(type: .waba, id: "1")
    let provider = scene.provider(account, numbers: [])
    provider.find(
      Discovery(targets: [
        .number("under", of: account), .number("other", of: account),
        PollTarget(id: "facts", purpose: .facts, entity: waba),
      ])
    )
    provider.follow { target in
      guard target.purpose == .health, let number = target.numbers.first else {
        return .answer(.failing(.providerError))
      }
      let entity = HealthEntity(
        type: AsSent("WABA"),
        id: number.target == "under" ? "1" : "2",
        canSendMessage: AsSent("AVAILABLE")
      )
      let report = HealthReport(root: AsSent("AVAILABLE"), entities: [entity])
      return .answer(PollAnswer(readings: [NumberAnswer(number: number, result: .success(report))]))
    }
    #expect(scene.run(scene.sweep(provider)) == start)
    let under = try #require(scene.observer.readings(of: "under").last)
    #expect(under.outcome == .answeredPartly)
    #expect(under.message == "WABA 1: facts not read: The provider said no.")
    #expect(Assessment(of: under, callingExpected: false).severity == .ok)
    #expect(scene.observer.readings(of: "other").map(\.outcome) == [.answered])
  }

  @Test func `an account that was told to slow down is not asked about its token`() {
    let account = scene.account(concurrency: 1)
    let provider = scene.provider(account, numbers: [])
    let token = PollTarget(id: "token", purpose: .facts)
    provider.find(Discovery(targets: [.number("n", of: account), token]))
    provider.follow { target in
      .answer(target.id == "token" ? .healthy(target) : .failing(.throttled(retryAfter: nil)))
    }
    #expect(scene.run(scene.sweep(provider)) == start)
    #expect(provider.asked.map(\.target) == ["number/n"])
  }

  @Test(arguments: [false, true])
  func `facts count for numbers and are asked for, templates only where they are wanted`(
    includesTemplates: Bool
  ) {
    let account = scene.account()
    let provider = scene.provider(account, numbers: ["a"])
    let revealed = PollTarget(id: "templates/1", purpose: .facts, isOfTemplates: true)
    provider.find(
      Discovery(
        targets: [.number("a", of: account), PollTarget(id: "waba/1", purpose: .facts)]
      )
    )
    provider.follow { target in
      var answer = PollAnswer.healthy(target)
      if target.purpose == .health { answer.revealed = [revealed] }
      return .answer(answer)
    }
    #expect(scene.run(scene.sweep(provider, includesTemplates: includesTemplates)) == start)
    let facts = provider.asked.map(\.target).filter { $0 != "number/a" }
    #expect(Set(facts) == (includesTemplates ? ["waba/1", "templates/1"] : ["waba/1"]))
    #expect(facts.count == (includesTemplates ? 2 : 1))
  }
}
