import Health
import Polling
import TestSupport
import Testing

struct RefresherDiscoveryTests {
  private let scene = PollingScene()
  private let refused = ProviderError(.providerError, "Could not list.", httpStatus: 502)

  private func waba(_ id: String = "waba/1", purpose: PollTarget.Purpose = .health) -> PollTarget {
    PollTarget(id: id, purpose: purpose)
  }

  private func answer(_ names: [String], isWhole: Bool = true) -> PollAnswer {
    PollAnswer(
      readings: names.map {
        NumberAnswer(
          number: PhoneNumber(account: "acme", provider: "test", target: $0),
          result: .success(HealthReport(root: AsSent("AVAILABLE")))
        )
      },
      isWhole: isWhole
    )
  }

  private func provider(_ targets: [PollTarget]) -> ScriptedProvider {
    ScriptedProvider(account: scene.account(), targets: targets, time: scene.clock)
  }

  @Test func `an account that cannot be discovered is one row, until its numbers are known`() {
    let provider = provider([])
    provider.find(Discovery(targets: [], failures: [refused]))
    scene.refresh(provider, for: .seconds(1)) { _ in
      #expect(scene.observer.numbers == [nil])
      #expect(scene.observer.readings(of: nil).map(\.failure) == [refused])
      #expect(scene.observer.condition(of: "acme")?.failure == refused)
      #expect(scene.observer.condition(of: "acme")?.failingSince?.uptime == .zero)
      provider.find(Discovery(targets: [.number("a", of: provider.account)]))
      scene.clock.advance(by: .seconds(30))
      #expect(scene.observer.numbers == ["a"])
      #expect(scene.observer.condition(of: "acme")?.failure == nil)
      #expect(scene.observer.condition(of: "acme")?.failingSince == nil)
    }
  }

  @Test func `a later failure of discovery leaves what is known`() {
    let account = scene.account()
    let provider = scene.provider(account, numbers: ["a"])
    scene.refresh(provider, for: .seconds(1)) { _ in
      provider.find(Discovery(targets: [], failures: [refused]))
      scene.clock.advance(by: .seconds(700))
      #expect(provider.discoveries.count > 1)
      #expect(scene.observer.numbers == ["a"])
      #expect(provider.moments(of: "number/a").count > 10)
    }
  }

  @Test func `a part that could not be listed is shown beside the numbers that could`() {
    let account = scene.account()
    let provider = scene.provider(account, numbers: [])
    provider.find(Discovery(targets: [.number("a", of: account)], failures: [refused]))
    scene.refresh(provider, for: .seconds(1))
    #expect(scene.observer.numbers == ["a", nil])
    #expect(scene.observer.condition(of: "acme")?.failure == nil)
  }

  @Test func `discovery runs again about every ten minutes`() {
    let account = scene.account()
    let provider = scene.provider(account, numbers: ["a"])
    scene.refresh(provider, for: .seconds(1)) { _ in
      provider.find(Discovery(targets: [.number("b", of: account)]))
      scene.clock.advance(by: .seconds(665))
      #expect(provider.discoveries.count == 2)
      #expect(scene.observer.numbers == ["b"])
      let asked = provider.moments(of: "number/a").count
      scene.clock.advance(by: .seconds(200))
      #expect(provider.moments(of: "number/a").count == asked)
    }
  }

  @Test func `numbers that a whole answer no longer lists vanish, and new ones appear`() {
    let provider = provider([waba()])
    provider.follow { _ in .answer(answer(["a", "b"])) }
    scene.refresh(provider, for: .seconds(1)) { _ in
      #expect(scene.observer.numbers == ["a", "b"])
      provider.follow { _ in .answer(answer(["b", "c"])) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["b", "c"])
    }
  }

  @Test func `an answer that is not whole makes nothing vanish`() {
    let provider = provider([waba()])
    provider.follow { _ in .answer(answer(["a", "b"])) }
    scene.refresh(provider, for: .seconds(1)) { _ in
      provider.follow { _ in .answer(answer(["b"], isWhole: false)) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["a", "b"])
    }
  }

  @Test func `a list that is not whole is said by the account, beside its numbers`() {
    let provider = provider([waba()])
    provider.follow { _ in .answer(answer(["a", "b"])) }
    scene.refresh(provider, for: .seconds(1)) { _ in
      var part = answer(["a"], isWhole: false)
      part.gap = "List incomplete: its pages repeat."
      provider.follow { [part] _ in .answer(part) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["a", "b", nil])
      let said = scene.observer.readings(of: nil).last
      #expect(said?.outcome == .answeredPartly)
      #expect(said?.message == "List incomplete: its pages repeat.")
      #expect(said?.report.map { Assessment(of: $0).severity } == .unknown)
      #expect(scene.observer.condition(of: "acme")?.failure == nil)
      provider.follow { _ in .answer(answer(["a"])) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["a"])
    }
  }

  @Test func `a discovery that is not whole is said, and what was known stays`() {
    let account = scene.account()
    let provider = provider([.number("a", of: account), .number("b", of: account)])
    scene.refresh(provider, for: .seconds(1)) { _ in
      let targets = [PollTarget.number("a", of: account)]
      provider.find(Discovery(targets: targets, gap: "List incomplete: only 1 of 2 entries came."))
      scene.clock.advance(by: .seconds(720))
      #expect(scene.observer.numbers == ["a", "b", nil])
      #expect(scene.observer.readings(of: nil).last?.outcome == .answeredPartly)
      provider.find(Discovery(targets: targets))
      scene.clock.advance(by: .seconds(720))
      #expect(scene.observer.numbers == ["a"])
    }
  }

  @Test func `a number stays while another target brings it`() {
    let provider = provider([waba("waba/1"), waba("waba/2")])
    provider.follow { _ in .answer(answer(["a"])) }
    scene.refresh(provider, for: .seconds(1)) { _ in
      provider.follow { .answer(answer($0.id == "waba/1" ? [] : ["a"])) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["a"])
      provider.follow { _ in .answer(answer([])) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers.isEmpty)
    }
  }

  @Test func `a failed whole reaches every number known for the target`() {
    let provider = provider([waba()])
    provider.follow { _ in .answer(answer(["a", "b"])) }
    scene.refresh(provider, for: .seconds(1)) { _ in
      provider.follow { _ in .answer(.failing(.providerError)) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.readings(of: "a").last?.outcome == .providerError)
      #expect(scene.observer.readings(of: "b").last?.outcome == .providerError)
      #expect(scene.observer.condition(of: "acme")?.failure?.kind == .providerError)
    }
  }

  @Test func `a target that fails before its numbers are known is shown by the account's row`() {
    let provider = provider([waba()])
    provider.follow { _ in .answer(.failing(.unreachable)) }
    scene.refresh(provider, for: .seconds(1)) { _ in
      #expect(scene.observer.numbers == [nil])
      #expect(scene.observer.readings(of: nil).last?.outcome == .unreachable)
      provider.follow { _ in .answer(answer(["a"])) }
      scene.clock.advance(by: .seconds(60))
      #expect(scene.observer.numbers == ["a"])
    }
  }

  @Test func `revealed targets are polled and outlive discovery, but not their revealedBy`() {
    let account = scene.account()
    let templates = PollTarget(id: "templates/1", purpose: .facts)
    let provider = scene.provider(account, numbers: ["a"])
    provider.follow { target in
      if target.purpose == .facts {
        return .answer(PollAnswer(templates: [TemplateList(waba: "1", templates: .success([]))]))
      }
      var answer = PollAnswer.healthy(target)
      answer.revealed = [templates]
      return .answer(answer)
    }
    scene.refresh(provider, for: .seconds(1500)) { _ in
      #expect(provider.discoveries.count >= 3)
      #expect((2...4).contains(provider.moments(of: "templates/1").count))
      #expect(scene.observer.updates.flatMap(\.templates).first?.waba == "1")
      provider.find(Discovery(targets: [.number("b", of: account)]))
      provider.follow { .answer(.healthy($0)) }
      scene.clock.advance(by: .seconds(700))
      let asked = provider.moments(of: "templates/1").count
      scene.clock.advance(by: .seconds(1300))
      #expect(provider.moments(of: "templates/1").count == asked)
    }
  }

  @Test func `failing facts leave a number's health as it is, and its answer is a part`() {
    let provider = scene.provider(scene.account(), numbers: ["a"])
    provider.find(
      Discovery(targets: [.number("a", of: provider.account), waba("facts", purpose: .facts)])
    )
    provider.follow {
      .answer($0.purpose == .facts ? .failing(.numberRefused) : .healthy($0))
    }
    scene.refresh(provider, for: .seconds(300))
    #expect(provider.moments(of: "facts").count >= 1)
    #expect(scene.observer.numbers == ["a"])
    let readings = scene.observer.readings
    #expect(readings.allSatisfy { $0.assessment?.severity == .ok })
    #expect(readings.first?.outcome == .answered && readings.last?.outcome == .answeredPartly)
    #expect(readings.last?.message?.contains("not read: The provider said no.") == true)
  }
}
