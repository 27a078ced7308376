import Health
import Polling
import TestSupport
import Testing

struct RefresherTests {
  private let scene = PollingScene()

  @Test func `numbers known from the configuration appear before any request`() {
    let provider = scene.provider(scene.account(), numbers: ["a", "b"]) { _ in .hang }
    scene.refresh(provider, for: .milliseconds(20)) { _ in
      #expect(scene.observer.numbers == ["a", "b"])
      #expect(scene.observer.readings.isEmpty)
    }
  }

  @Test func `the first update names every account in its order`() {
    let names = ["zeta", "acme", "mid"]
    let providers = names.map { scene.provider(scene.account($0), numbers: ["1"]) }
    scene.refresh(providers[0], providers[1], providers[2], for: .milliseconds(20)) { _ in
      #expect(scene.observer.updates.first?.accounts.map(\.account.name) == names)
    }
  }

  @Test func `every number is read within refresh, again and again`() {
    let names = (0..<40).map { "n\($0)" }
    let provider = scene.provider(scene.account(), numbers: names)
    scene.refresh(provider, for: .seconds(600))
    for name in names {
      let moments = scene.observer.readings(of: name).map(\.moment.uptime.seconds)
      #expect(moments.first == 0)
      #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 < 60 })
      #expect((11...13).contains(moments.count))
    }
  }

  @Test func `what is due within a tenth of a second travels in one update`() {
    let one = scene.provider(scene.account("one"), numbers: (0..<500).map { "a\($0)" })
    let two = scene.provider(scene.account("two"), numbers: (0..<500).map { "b\($0)" })
    scene.refresh(one, two, for: .seconds(120)) { _ in
      #expect(scene.observer.readings.count > 2000)
      #expect(scene.observer.updates.count < 1250)
    }
  }

  @Test func `no more targets are under way than the account's concurrency`() {
    let account = scene.account(concurrency: 3)
    let provider = scene.provider(account, numbers: (0..<50).map { "n\($0)" }) {
      .answerLater(.milliseconds(200), .healthy($0))
    }
    scene.refresh(provider, for: .seconds(120))
    #expect(provider.mostUnderWay == 3)
    #expect(Set(scene.observer.readings.map(\.number.target)).count == 50)
  }

  @Test func `a hanging account does not delay another`() {
    let hanging = scene.provider(scene.account("slow"), numbers: ["s1", "s2"]) { _ in .hang }
    let quick = scene.provider(scene.account("quick"), numbers: ["q1", "q2"])
    scene.refresh(hanging, quick, for: .milliseconds(20)) { _ in
      #expect(scene.observer.readings.map(\.number.target) == ["q1", "q2"])
    }
  }

  @Test func `a poll that does not end has a deadline, and its place is free again`() {
    let account = scene.account(concurrency: 1)
    let provider = scene.provider(account, numbers: ["hangs", "fine"]) {
      $0.id == "number/hangs" ? .hang : .answer(.healthy($0))
    }
    scene.refresh(provider, for: .seconds(61)) { _ in
      #expect(provider.cancelled == 1)
      #expect(scene.observer.readings(of: "hangs").map(\.outcome) == [.timedOut])
      #expect(scene.observer.readings(of: "fine").map(\.outcome) == [.answered])
    }
  }

  @Test func `quitting waits for no request`() async throws {
    let provider = scene.provider(scene.account(), numbers: ["a", "b"]) { _ in .hang }
    let refresher = scene.refresher([provider])
    let running = scene.clock.start { try await refresher.run() }
    scene.clock.advance(by: .seconds(5))
    #expect(provider.underWay == 2)
    running.cancel()
    scene.clock.settle()
    #expect(provider.underWay == 0)
    // Service lifecycle waits for the cancellation in a task of its own, outside our executor.
    while provider.cancelled < 2 { await Task.yield() }
    #expect(scene.clock.sleeperCount == 0)
  }

  @Test func `a number in trouble is asked sooner`() {
    let provider = scene.provider(scene.account(), numbers: ["bad", "fine"]) {
      .answer($0.id == "number/bad" ? .blocked($0) : .healthy($0))
    }
    scene.refresh(provider, for: .seconds(1080))
    #expect((39...42).contains(provider.moments(of: "number/bad").count))
    #expect((19...22).contains(provider.moments(of: "number/fine").count))
  }

  @Test func `a tight budget is kept, and the effective interval is said`() throws {
    let account = scene.account(perMinute: 60)
    let provider = scene.provider(account, numbers: (0..<190).map { "n\($0)" })
    try scene.refresh(provider, for: .seconds(1260)) { _ in
      // One minute's worth at the start, then one a second.
      #expect(provider.asked.count <= 60 + 1260)
      for name in (0..<190).map({ "number/n\($0)" }) {
        let moments = provider.moments(of: name).map(\.uptime.seconds)
        #expect((6...8).contains(moments.count))
        let gaps = zip(moments, moments.dropFirst()).map { (at: $1, gap: $1 - $0) }
        // The first sweep takes two minutes, and what it pushed back takes a while to catch up.
        #expect(gaps.allSatisfy { $0.gap < 300 })
        #expect(gaps.allSatisfy { $0.at < 800 || $0.gap < 225 })
      }
      let condition = try #require(scene.observer.condition(of: "acme"))
      #expect(abs(condition.effectiveRefresh.seconds - 200) < 0.01)
    }
  }

  @Test func `pages wait for the budget within the poll`() {
    let account = scene.account(perMinute: 60)
    let provider = scene.provider(account, numbers: ["waba"]) {
      .answerInPages(90, .healthy($0))
    }
    scene.refresh(provider, for: .seconds(35))
    #expect(scene.observer.readings.first.map { $0.moment.uptime.seconds } == 30)
  }

  @Test func `a throttled answer closes the account's budget for as long as it says`() {
    let account = scene.account(perMinute: 600)
    let provider = scene.provider(account, numbers: (0..<20).map { "n\($0)" })
    provider.follow { _ in .answer(.failing(.throttled(retryAfter: .seconds(30)))) }
    scene.refresh(provider) { _ in
      let before = provider.asked.count
      #expect(before <= 8)
      provider.follow { .answer(.healthy($0)) }
      scene.clock.advance(by: .seconds(29))
      #expect(provider.asked.count == before)
      scene.clock.advance(by: .seconds(5))
      #expect(Set(scene.observer.readings.filter { $0.report != nil }.map(\.number)).count == 20)
    }
  }

  @Test func `the provider's usage header stops the account before it is throttled`() {
    let account = scene.account(perMinute: 600, concurrency: 1)
    let provider = scene.provider(account, numbers: (0..<20).map { "n\($0)" }) {
      .answerSaying(RateSignal(usagePercent: 100), .healthy($0))
    }
    scene.refresh(provider, for: .seconds(59))
    #expect(provider.asked.count == 1)
  }

  @Test func `a demand polls at once`() async {
    let provider = scene.provider(scene.account(), numbers: ["a", "b"])
    let refresher = scene.refresher([provider])
    let running = scene.clock.start { try await refresher.run() }
    scene.clock.advance(by: .seconds(3))
    await refresher.pollNow([PhoneNumber.ID(account: "acme", target: "b")])
    scene.clock.settle()
    #expect(provider.moments(of: "number/a").count == 1)
    #expect(provider.moments(of: "number/b").map(\.uptime.seconds) == [0, 3])
    await refresher.pollAllNow()
    scene.clock.settle()
    #expect(provider.moments(of: "number/a").count == 2)
    #expect(provider.moments(of: "number/b").count == 3)
    running.cancel()
    scene.clock.settle()
  }
}
