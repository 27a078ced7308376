import Health
import Polling
import TestSupport
import Testing

/// Another configuration while polling goes on.
struct ReplacementTests {
  private let scene = PollingScene()

  /// Runs over the first providers for a while, replaces them, and looks after another while.
  private func replace(
    _ before: [ScriptedProvider],
    with after: [ScriptedProvider],
    keeping unchanged: Set<String> = [],
    _ body: () throws -> Void
  ) async throws {
    let refresher = scene.refresher(before)
    let running = scene.clock.start { try await refresher.run() }
    scene.clock.advance(by: .seconds(100))
    let replacing = scene.clock.start {
      await refresher.replaceProviders(after, keeping: unchanged)
    }
    scene.clock.settle()
    try await replacing.value
    scene.clock.advance(by: .seconds(100))
    defer {
      running.cancel()
      scene.clock.settle()
    }
    try body()
  }

  @Test func `an unchanged account goes on with its schedule`() async throws {
    let undisturbed = PollingScene()
    let names = (0..<20).map { "n\($0)" }
    let alone = undisturbed.provider(undisturbed.account("kept"), numbers: names)
    undisturbed.refresh(alone, for: .seconds(200))

    let kept = scene.provider(scene.account("kept"), numbers: names)
    let unused = scene.provider(scene.account("kept"), numbers: names)
    try await replace([kept], with: [unused], keeping: ["kept"]) {
      #expect(kept.discoveries.count == 1)
      #expect(kept.asked.map(\.target) == alone.asked.map(\.target))
      #expect(kept.asked.map(\.moment) == alone.asked.map(\.moment))
      #expect(unused.discoveries.isEmpty && unused.asked.isEmpty)
    }
  }

  @Test func `a removed account stops, and its numbers vanish`() async throws {
    let kept = scene.provider(scene.account("kept"), numbers: ["k"])
    let gone = scene.provider(scene.account("gone"), numbers: ["g1", "g2"])
    try await replace([gone, kept], with: [kept], keeping: ["kept"]) {
      #expect(scene.observer.numbers == ["k"])
      #expect(gone.asked.allSatisfy { $0.moment.uptime <= .seconds(100) })
      let last = try #require(scene.observer.updates.last { $0.accountOrder != nil })
      #expect(last.accountOrder == ["kept"])
      #expect(Set(last.vanished.map(\.target)) == ["g1", "g2"])
    }
  }

  @Test func `what a removed account still says is not listened to`() async throws {
    let gone = scene.provider(scene.account("gone"), numbers: ["g"]) {
      .answerLater(.seconds(30), .healthy($0))
    }
    let added = scene.provider(scene.account("added"), numbers: ["a"])
    try await replace([gone], with: [added]) {
      #expect(scene.observer.numbers == ["a"])
      #expect(gone.underWay == 0)
      let before = scene.observer.readings(of: "g")
      #expect(before.allSatisfy { $0.moment.uptime <= .seconds(100) })
    }
  }

  @Test func `an added account starts at once, in its place`() async throws {
    let kept = scene.provider(scene.account("kept"), numbers: ["k"])
    let added = scene.provider(scene.account("added"), numbers: ["a"])
    try await replace([kept], with: [added, kept], keeping: ["kept"]) {
      #expect(scene.observer.numbers == ["a", "k"])
      #expect(added.asked.first?.moment.uptime == .seconds(100))
      let orders = scene.observer.updates.compactMap(\.accountOrder)
      #expect(orders == [["added", "kept"]])
    }
  }

  @Test func `a changed account starts anew, and its numbers stay`() async throws {
    let before = scene.provider(scene.account(), numbers: ["a", "b"])
    let after = scene.provider(scene.account(concurrency: 2), numbers: ["a", "c"])
    try await replace([before], with: [after]) {
      #expect(scene.observer.numbers == ["a", "c"])
      let vanished = scene.observer.updates.flatMap(\.vanished)
      #expect(vanished == [PhoneNumber.ID(account: "acme", target: "b")])
      #expect(after.moments(of: "number/a").first?.uptime == .seconds(100))
      #expect(before.asked.allSatisfy { $0.moment.uptime <= .seconds(100) })
    }
  }

  @Test func `numbers stay as long as a changed account cannot list its own`() async throws {
    let before = scene.provider(scene.account(), numbers: ["a", "b"])
    let after = scene.provider(scene.account(concurrency: 2), numbers: [])
    after.find(Discovery(targets: [], failures: [ProviderError(.unreachable, "No route.")]))
    try await replace([before], with: [after]) {
      #expect(scene.observer.numbers == ["a", "b"])
      after.find(Discovery(targets: [.number("b", of: after.account)]))
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["b"])
    }
  }

  @Test(arguments: [true, false])
  func `a key that is refused after a change is told by the numbers that were there`(
    isListed: Bool
  ) async throws {
    let refusal = ProviderError(.credentialRejected, "Invalid OAuth access token.")
    let before = scene.provider(scene.account(), numbers: ["a", "b"])
    let waba = PollTarget(id: "waba/1", purpose: .health)
    let after = ScriptedProvider(
      account: scene.account(concurrency: 2),
      targets: isListed ? [waba] : [],
      time: scene.clock
    ) { _ in .answer(.failing(.credentialRejected)) }
    if !isListed { after.find(Discovery(targets: [], failures: [refusal])) }
    try await replace([before], with: [after]) {
      #expect(scene.observer.numbers == ["a", "b"])
      for number in ["a", "b"] {
        let last = scene.observer.readings(of: number).last
        #expect(last?.failure?.kind == .credentialRejected)
      }
    }
  }

  @Test func `numbers that only an answer lists stay until it has`() async throws {
    let account = scene.account()
    let number = PhoneNumber(account: "acme", provider: "test", target: "a")
    let waba = PollTarget(id: "waba/1", purpose: .health)
    let whole = PollAnswer(
      readings: [NumberAnswer(number: number, result: .success(HealthReport()))],
      isWhole: true
    )
    let before = scene.provider(account, numbers: ["a", "b"])
    let after = ScriptedProvider(account: account, targets: [waba], time: scene.clock) { _ in
      .answer(.failing(.providerError))
    }
    try await replace([before], with: [after]) {
      #expect(scene.observer.numbers == ["a", "b"])
      after.follow { _ in .answer(whole) }
      scene.clock.advance(by: .seconds(300))
      #expect(scene.observer.numbers == ["a"])
    }
  }

  @Test func `the numbers of another provider are others`() async throws {
    let before = scene.provider(scene.account(), numbers: ["a"])
    let other = Account(name: "acme", provider: "other", requestsPerMinute: nil, concurrency: 8)
    let after = scene.provider(other, numbers: ["a"])
    try await replace([before], with: [after]) {
      let update = try #require(scene.observer.updates.last { $0.accountOrder != nil })
      #expect(update.vanished.map(\.target) == ["a"])
      let appeared = scene.observer.updates.flatMap(\.appeared)
      #expect(appeared.map(\.provider) == ["test", "other"])
    }
  }
}
