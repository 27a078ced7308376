import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import Alerts
@testable import History

/// What is told of what is muted, acknowledged, flaps, or is our own fault.
@Suite struct TellerRulesTests {
  private let scene: Scene
  private let hook = RecordingReceiver()
  private let alertmanager = RecordingAlertmanager()

  init() throws { scene = try Scene() }

  private var receivers: [Receiver] { Scene.receivers(hook, alertmanager) }

  @Test func `what is muted is told when the mute ends, and its end always`() async throws {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
    func mute(_ filters: String...) async {
      let now = scene.clock.now.date
      await process.monitor.adopt(
        OperatorNotes(
          mutes: filters.map {
            Mute(id: $0, filter: $0, author: "ann", date: now, until: now + 3600)
          }
        )
      )
    }
    await mute("account:acme")
    await scene.pass(31, process)
    #expect(hook.told == ["incident_started WABA 71"])
    await mute("account:direct")
    await scene.pass(5, process)
    #expect(hook.told.last == "incident_started WABA 70")
    await scene.poll(process, [2: "AVAILABLE"])
    await scene.pass(5, process)
    #expect(hook.told.last == "incident_resolved WABA 71")
    #expect(alertmanager.told.contains("resolved 71"))
  }

  @Test func `acknowledgements are told to receivers that ask for them`() async throws {
    let asking = RecordingReceiver()
    let process = try await scene.process(
      receivers + [
        Receiver(
          name: "asking",
          events: [.acknowledged, .unacknowledged],
          kind: .notices(asking, place: "x")
        )
      ]
    )
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    let note = Acknowledgement(
      id: "1",
      subject: .cause("entity/WABA/70"),
      author: "ann",
      comment: "Card is renewed.",
      date: scene.clock.now.date,
      state: .blocked
    )
    await process.monitor.adopt(OperatorNotes(acknowledgements: [note]))
    await scene.pass(5, process)
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(5, process)
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
    #expect(asking.accepted.map { ReadMessage($0).event } == ["acknowledged", "unacknowledged"])
    let said = asking.accepted.first.map { ReadMessage($0) }?.acknowledgement
    #expect(said?.comment == "Card is renewed.")
  }

  @Test func `a number that flaps is told at its start and its end, and nothing in between`()
    async throws
  {
    let process = try await scene.process(receivers)
    for round in 0..<24 {
      await scene.poll(process, [0: round % 2 == 0 ? "BLOCKED" : "AVAILABLE"])
      await scene.pass(30, process)
    }
    let during = hook.accepted.map { ReadMessage($0).event }
    #expect(during.filter { $0 == "flapping_started" }.count == 1)
    #expect(!during.contains("flapping_ended"))
    let before = hook.accepted.count
    for _ in 0..<4 {
      await scene.poll(process, [0: "BLOCKED"])
      await scene.pass(30, process)
      await scene.poll(process, [0: "AVAILABLE"])
      await scene.pass(30, process)
    }
    #expect(hook.accepted.count == before)
    for _ in 0..<24 {
      await scene.poll(process, [0: "AVAILABLE"])
      await scene.pass(30, process)
    }
    let events = hook.accepted.map { ReadMessage($0).event }
    #expect(events.filter { $0 == "flapping_ended" }.count == 1)
    let resolved = alertmanager.posts.flatMap(\.resolved)
    #expect(resolved.count { $0.name == "WabaNumberFlapping" } == 1)
    #expect(events.count { $0 == "incident_started" } == events.count { $0 == "incident_resolved" })
  }

  @Test func `a next run waits until it can know whether a number still flaps`() async throws {
    let first = try await scene.process(receivers)
    for round in 0..<24 {
      await scene.poll(first, [0: round % 2 == 0 ? "BLOCKED" : "AVAILABLE"])
      await scene.pass(30, first)
    }
    func ends() -> Int { hook.accepted.count { ReadMessage($0).event == "flapping_ended" } }
    let second = try await scene.process(receivers, name: "b")
    try await second.recorded.resumeIncidents(in: scene.store)
    await scene.pass(300, second)
    #expect(ends() == 0)
    await scene.pass(400, second)
    #expect(ends() == 1)
  }

  @Test func `an outage of ours is one alert`() async throws {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "AVAILABLE", 1: "AVAILABLE", 2: "AVAILABLE", 3: "AVAILABLE"])
    let lost = ProviderError(.unreachable, "No route.")
    await process.recorded.receive(
      FleetUpdate(
        readings: (0..<4).map { .sample(Scene.number($0), .failure(lost), at: scene.clock.now) },
        accounts: Scene.accounts.map {
          .sample($0, failure: lost, failingSince: scene.clock.now)
        }
      )
    )
    for _ in 0..<10 { await scene.wait(30, process) }
    #expect(hook.told.count == 1)
    #expect(alertmanager.posts.allSatisfy { $0.firing.count == 1 })
    #expect(alertmanager.posts.first?.firing.first?.name == "WabaProviderUnreachable")
    #expect(alertmanager.posts.first?.firing.first?.count == 4)
  }
}
