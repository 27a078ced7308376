import Health
import Polling
import TestSupport
import Testing

struct RefresherCredentialTests {
  private let scene = PollingScene()

  @Test func `a revoked key reaches every number without asking for each`() {
    let provider = scene.provider(scene.account(), numbers: (0..<100).map { "n\($0)" })
    scene.refresh(provider, for: .seconds(60)) { _ in
      let before = provider.asked.count
      provider.follow { _ in .answer(.failing(.credentialRejected)) }
      scene.clock.advance(by: .seconds(60))
      #expect(provider.asked.count - before <= 9)
      let rejected = scene.observer.readings.filter { $0.outcome == .credentialRejected }
      #expect(Set(rejected.map(\.number)).count == 100)
      #expect(scene.observer.condition(of: "acme")?.failure?.kind == .credentialRejected)
    }
  }

  @Test func `a slow probe is left, and when it is answered everything is due`() throws {
    let provider = scene.provider(scene.account(), numbers: (0..<100).map { "n\($0)" }) { _ in
      .answer(.failing(.credentialRejected))
    }
    try scene.refresh(provider, for: .seconds(1)) { _ in
      let condition = try #require(scene.observer.condition(of: "acme"))
      let wait = try #require(condition.nextPoll).uptime.seconds
      #expect((270...331).contains(wait))
      let before = provider.asked.count
      scene.clock.advance(by: .seconds(265))
      #expect(provider.asked.count == before)
      provider.follow { .answer(.healthy($0)) }
      scene.clock.advance(by: .seconds(70))
      #expect(Set(scene.observer.readings.filter { $0.report != nil }.map(\.number)).count == 100)
      #expect(scene.observer.condition(of: "acme")?.failure == nil)
    }
  }

  @Test func `a channel's key stops only that channel`() {
    let account = scene.account()
    let channels = ["berlin", "paris"].map {
      PollTarget.number($0, of: account, credential: $0)
    }
    let provider = ScriptedProvider(account: account, targets: channels, time: scene.clock) {
      .answer($0.credential == "berlin" ? .failing(.credentialRejected) : .healthy($0))
    }
    scene.refresh(provider, for: .seconds(600)) { _ in
      #expect(provider.moments(of: "number/berlin").count <= 3)
      #expect(provider.moments(of: "number/paris").count >= 10)
      #expect(scene.observer.condition(of: "acme")?.failure == nil)
    }
  }

  @Test func `an account of which nothing answers is said to fail, since when, until it answers`() {
    let provider = scene.provider(scene.account(), numbers: ["a", "b"])
    scene.refresh(provider, for: .seconds(1)) { _ in
      provider.follow { _ in .answer(.failing(.unreachable)) }
      scene.clock.advance(by: .seconds(120))
      let failing = scene.observer.condition(of: "acme")
      #expect(failing?.failure?.kind == .unreachable)
      #expect(failing?.failingSince != nil)
      provider.follow { .answer(.healthy($0)) }
      scene.clock.advance(by: .seconds(300))
      #expect(scene.observer.condition(of: "acme")?.failure == nil)
    }
  }

  @Test func `when the account answers again, what backs off is asked at once`() {
    let provider = scene.provider(scene.account(), numbers: (0..<30).map { "n\($0)" }) { _ in
      .answer(.failing(.unreachable))
    }
    scene.refresh(provider, for: .seconds(1200)) { _ in
      provider.follow { .answer(.healthy($0)) }
      let before = provider.asked.count
      while provider.asked.count == before { scene.clock.advance(by: .seconds(1)) }
      scene.clock.advance(by: .milliseconds(20))
      #expect(Set(scene.observer.readings.filter { $0.report != nil }.map(\.number)).count >= 29)
    }
  }
}
