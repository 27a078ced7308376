import Health
import Polling
import Synchronization
import TestSupport
import Testing

/// Polling where several processes share the work.
struct PollClaimsTests {
  private let scene = PollingScene()
  private let claims = ScriptedClaims()
  private let names = (0..<20).map { "n\($0)" }

  private func run(
    _ provider: ScriptedProvider,
    _ body: () throws -> Void
  ) rethrows {
    let refresher = scene.refresher([provider], claims: claims)
    let running = scene.clock.start { try await refresher.run() }
    defer {
      running.cancel()
      scene.clock.settle()
    }
    try body()
  }

  @Test func `an account that another process polls is not asked, and asked once it is free`() {
    let provider = scene.provider(scene.account(), numbers: names)
    run(provider) {
      scene.clock.advance(by: .seconds(100))
      #expect(provider.discoveries.isEmpty && provider.asked.isEmpty)
      claims.grant(PollStart())
      scene.clock.settle()
      #expect(provider.asked.count == 20)
      #expect(claims.noted == Set(provider.asked.map(\.target)))
    }
  }

  @Test func `everything is noted before it is asked, and nothing is asked once the claim is lost`()
  {
    let provider = scene.provider(scene.account(), numbers: names)
    run(provider) {
      claims.grant(PollStart())
      scene.clock.advance(by: .seconds(100))
      let asked = provider.asked.count
      claims.take()
      scene.clock.advance(by: .seconds(500))
      #expect(provider.asked.count == asked)
      claims.grant(PollStart())
      scene.clock.advance(by: .seconds(1))
      #expect(provider.asked.count > asked)
    }
  }

  @Test func `what another process asked a moment ago is asked when its interval is over`() throws {
    var start = PollStart()
    for (place, name) in names.enumerated() {
      start.asked["number/\(name)"] = scene.clock.now + .seconds(-2 * (place + 1))
    }
    let provider = scene.provider(scene.account(), numbers: names)
    try run(provider) {
      claims.grant(start)
      scene.clock.advance(by: .seconds(300))
      for (place, name) in names.enumerated() {
        let moments = provider.moments(of: "number/\(name)").map(\.uptime)
        let first = try #require(moments.first)
        // A little early, as ever, and at the tenths of a second.
        let expected = Duration.seconds(54 - 2 * (place + 1))
        #expect((expected...(expected + .milliseconds(200))).contains(first), "\(name)")
        let gaps = zip(moments, moments.dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { $0 >= .seconds(53) && $0 <= .seconds(55) }, "\(name) \(gaps)")
      }
    }
  }

  @Test func `what is overdue comes at once, but not all together for ever`() {
    var start = PollStart()
    for name in names { start.asked["number/\(name)"] = scene.clock.now + .seconds(-70) }
    let provider = scene.provider(scene.account(), numbers: names)
    run(provider) {
      claims.grant(start)
      scene.clock.advance(by: .seconds(6))
      #expect(provider.asked.count == 20)
      #expect(Set(provider.asked.map(\.moment)).count > 10)
      scene.clock.advance(by: .seconds(45))
      #expect(provider.asked.count == 20)
    }
  }

  @Test func `what was asked long ago is as good as new`() {
    var start = PollStart()
    for name in names { start.asked["number/\(name)"] = scene.clock.now + .seconds(-7200) }
    let provider = scene.provider(scene.account(), numbers: names)
    run(provider) {
      claims.grant(start)
      scene.clock.settle()
      #expect(provider.asked.count == 20)
    }
  }

  @Test func `the budget that another process has used up is not there twice`() {
    var start = PollStart()
    for name in names { start.asked["number/\(name)"] = scene.clock.now + .seconds(-59) }
    let provider = scene.provider(scene.account(perMinute: 20), numbers: names)
    run(provider) {
      claims.grant(start)
      scene.clock.advance(by: .seconds(30))
      #expect(provider.asked.count <= 10)
    }
  }

  @Test func `a pause that the provider asked another process for goes on`() {
    let account = scene.account()
    let provider = scene.provider(account, numbers: names)
    let credential = PollTarget.number(names[0], of: account).credential
    var budget = RequestBudgetCondition()
    budget.throttledUntil = scene.clock.now + .seconds(40)
    budget.throttledInARow = 1
    var condition = AccountCondition(account: account, effectiveRefresh: .seconds(60))
    condition.budget = AccountBudget(
      of: [CredentialCondition(name: credential, isRejected: false, budget: budget)],
      at: scene.clock.now
    )
    var start = PollStart()
    start.condition = condition
    run(provider) {
      claims.grant(start)
      scene.clock.advance(by: .seconds(39))
      #expect(provider.asked.isEmpty)
      scene.clock.advance(by: .seconds(30))
      #expect(!provider.asked.isEmpty)
    }
  }

  @Test func `numbers that were shown and are not found again vanish`() {
    let account = scene.account()
    var start = PollStart()
    start.numbers = [
      PhoneNumber.ID(account: "acme", target: "n0"),
      PhoneNumber.ID(account: "acme", target: "gone"),
    ]
    run(scene.provider(account, numbers: ["n0"])) {
      claims.grant(start)
      scene.clock.advance(by: .seconds(1))
      let vanished = scene.observer.updates.flatMap(\.vanished)
      #expect(vanished == [PhoneNumber.ID(account: "acme", target: "gone")])
    }
  }

  @Test func `an account that failed is still failing until something answers`() {
    let account = scene.account()
    var start = PollStart()
    var condition = AccountCondition(account: account, effectiveRefresh: .seconds(90))
    condition.failure = ProviderError(.unreachable, "No route.")
    condition.failingSince = scene.clock.now + .seconds(-3600)
    start.condition = condition
    let provider = scene.provider(account, numbers: ["n0"]) { _ in
      .answerLater(.seconds(2), .failing(.unreachable))
    }
    run(provider) {
      scene.clock.advance(by: .seconds(1))
      claims.grant(start)
      scene.clock.advance(by: .seconds(4))
      let told = scene.observer.updates.flatMap(\.accounts).dropFirst()
      #expect(told.count > 1 && told.allSatisfy { $0.failure?.kind == .unreachable })
      #expect(told.allSatisfy { $0.failingSince == condition.failingSince })
      provider.follow { .answer(.healthy($0)) }
      scene.clock.advance(by: .seconds(300))
      #expect(scene.observer.condition(of: "acme")?.failure == nil)
    }
  }

  @Test func `a poll whose next page is not allowed any more tells nothing`() {
    let provider = scene.provider(scene.account(), numbers: ["n0"]) {
      .answerInPages(2, .healthy($0))
    }
    run(provider) {
      claims.grant(PollStart())
      claims.forbidRequests(after: 1)
      scene.clock.settle()
      #expect(scene.observer.readings.isEmpty)
    }
  }
}

/// Claims that are granted and taken away when a test says so.
private final class ScriptedClaims: PollClaims {
  private struct State {
    var start: PollStart?
    var waiting: [CheckedContinuation<Void, Never>] = []
    var noted: Set<String> = []
    var requestsLeft = Int.max
  }

  private let state = Mutex(State())

  var noted: Set<String> { state.withLock { $0.noted } }

  func grant(_ start: PollStart) {
    let waiting = state.withLock { state in
      state.start = start
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func take() { state.withLock { $0.start = nil } }

  func forbidRequests(after count: Int) { state.withLock { $0.requestsLeft = count } }

  func claim(_ account: Account) async -> PollStart? {
    while !Task.isCancelled {
      if let start = state.withLock({ $0.start }) { return start }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isNeeded = state.withLock { state in
            guard state.start == nil, !Task.isCancelled else { return false }
            state.waiting.append(continuation)
            return true
          }
          if !isNeeded { continuation.resume() }
        }
      } onCancel: {
        let waiting = state.withLock { state in
          defer { state.waiting = [] }
          return state.waiting
        }
        for continuation in waiting { continuation.resume() }
      }
    }
    return nil
  }

  func note(asking targets: [String], of account: String) async -> Bool {
    state.withLock { state in
      guard state.start != nil else { return false }
      state.noted.formUnion(targets)
      return true
    }
  }

  func allowsRequest(of account: String) -> Bool {
    state.withLock { state in
      state.requestsLeft -= 1
      if state.requestsLeft < 0 { state.start = nil }
      return state.requestsLeft >= 0
    }
  }
}
