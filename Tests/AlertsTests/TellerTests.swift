import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import Alerts
@testable import History

/// What is told to whom, and how often, over restarts and several processes.
@Suite struct TellerTests {
  private let scene: Scene
  private let hook = RecordingReceiver()
  private let alertmanager = RecordingAlertmanager()

  init() throws { scene = try Scene() }

  private var receivers: [Receiver] { Scene.receivers(hook, alertmanager) }

  @Test func `a cause is told once, with its numbers, after it has found them`() async throws {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "BLOCKED", 1: "BLOCKED", 2: "AVAILABLE"])
    await scene.pass(1, process)
    #expect(hook.told == [])
    #expect(alertmanager.told == [])
    await scene.pass(93, process)
    #expect(hook.told == ["incident_started WABA 70"])
    let alert = try #require(hook.accepted.first.map { ReadMessage($0).alert })
    #expect(alert?.count == 2)
    #expect(alert?.summary == "WABA 70: payment failed, 2 numbers")
    #expect(alert?.severity == "critical")
    #expect(alertmanager.posts.first?.firing.first?.victims.map(\.number).count == 2)
  }

  @Test func `nothing is done regularly until there is somebody to tell`() async throws {
    let process = try await scene.process([])
    let telling = scene.clock.start { await process.teller.run() }
    scene.clock.advance(by: .seconds(60))
    #expect(scene.clock.sleeperCount == 0)
    await process.teller.use(receivers)
    // The store is asked on other threads.
    while scene.clock.sleeperCount == 0 {
      scene.clock.settle()
      try await Task.sleep(for: .milliseconds(1))
    }
    telling.cancel()
    scene.clock.settle()
  }

  @Test func `its end is told once`() async throws {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "BLOCKED", 1: "BLOCKED"])
    await scene.pass(31, process)
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(5, process)
    #expect(hook.told.count == 1)
    await scene.poll(process, [1: "AVAILABLE"])
    let end = scene.clock.now.date
    for _ in 0..<4 { await scene.pass(60, process) }
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
    #expect(alertmanager.told.filter { $0.hasPrefix("resolved") } == ["resolved 70"])
    let resolved = alertmanager.posts.flatMap(\.resolved)
    #expect(resolved.map(\.end) == [end])
  }

  @Test func `Alertmanager is told each minute what lasts`() async throws {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "BLOCKED"])
    for _ in 0..<300 { await scene.pass(1, process) }
    // Announced after a poll cycle.
    #expect(alertmanager.posts.count == 5)
    #expect(hook.accepted.count == 1)
  }

  @Test func `a next run goes on: nothing is told twice, and the end is told`() async throws {
    let first = try await scene.process(receivers)
    await scene.poll(first, [0: "BLOCKED", 2: "BLOCKED"])
    await scene.pass(31, first)
    #expect(hook.told.count == 2)

    let second = try await scene.process(receivers, name: "b")
    // Before anything is known again, nothing is over.
    await scene.wait(5, second)
    try await second.recorded.resumeIncidents(in: scene.store)
    await scene.poll(second, [0: "AVAILABLE", 2: "BLOCKED"])
    for _ in 0..<3 { await scene.pass(20, second) }
    #expect(
      hook.told == [
        "incident_started WABA 70", "incident_started WABA 71", "incident_resolved WABA 70",
      ]
    )
    #expect(alertmanager.told.filter { $0.hasPrefix("resolved") } == ["resolved 70"])
    // The next run told it again what lasts.
    #expect(alertmanager.posts.last?.firing.map(\.cause.id) == ["71"])
  }

  @Test func `an end that was only remembered is told by the next run`() async throws {
    let first = try await scene.process(receivers)
    await scene.poll(first, [0: "BLOCKED"])
    await scene.pass(31, first)
    await scene.poll(first, [0: "AVAILABLE"])
    // It ends here, before anybody is told.
    await first.recorder.step()

    let second = try await scene.process(receivers, name: "b")
    try await second.recorded.resumeIncidents(in: scene.store)
    await scene.poll(second, [0: "AVAILABLE"])
    await scene.pass(5, second)
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
    #expect(alertmanager.told == ["firing 70", "resolved 70"])
  }

  @Test func `only the process that polls an account tells of it`() async throws {
    let poller = try await scene.process(receivers, polling: ["acme"])
    let follower = try await scene.process(receivers, polling: [], name: "b")
    for process in [poller, follower] {
      await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
    }
    await scene.pass(31, poller, follower)
    await scene.pass(60, poller, follower)
    #expect(hook.told == ["incident_started WABA 70"])
    #expect(Set(alertmanager.told) == ["firing 70"])
  }

  @Test func `a process that follows shows how another one tells`() async throws {
    hook.answer { _ in .failed("answered 503") }
    let poller = try await scene.process(receivers)
    let follower = try await scene.process(receivers, polling: [], name: "b")
    await scene.poll(poller, [0: "BLOCKED"])
    await scene.pass(35, poller)
    await follower.teller.step()
    let conditions = await follower.teller.conditions
    #expect(conditions.map(\.failure) == ["answered 503", nil])
    #expect(conditions.map(\.waiting) == [1, 0])
    #expect(conditions.map { $0.lastSent != nil } == [false, true])
  }

  @Test func `two processes that find the same tell it once`() async throws {
    let first = try await scene.process(receivers)
    let second = try await scene.process(receivers, name: "b")
    for process in [first, second] { await scene.poll(process, [0: "BLOCKED"]) }
    await scene.pass(31, first, second)
    for process in [first, second] { await scene.poll(process, [0: "AVAILABLE"]) }
    await scene.pass(5, first, second)
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
  }

  @Test func `what gets worse is told as a change, and to Alertmanager as another alert`()
    async throws
  {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "LIMITED"])
    await scene.pass(31, process)
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(5, process)
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(5, process)
    #expect(
      hook.accepted.map { ReadMessage($0).event } == [
        "incident_started", "incident_changed", "incident_resolved",
      ]
    )
    #expect(hook.accepted.compactMap { ReadMessage($0).alert?.state }.last == "BLOCKED")
    #expect(Set(hook.accepted.compactMap { ReadMessage($0).alert?.id }).count == 1)
    let told = alertmanager.posts.map { post in
      post.resolved.map { "\($0.severity) over" } + post.firing.map { "\($0.severity)" }
    }
    #expect(told == [["warning"], ["warning over", "critical"], ["critical over"]])
  }

  @Test func `a filter chooses what a receiver is told`() async throws {
    let choosy = RecordingReceiver()
    let process = try await scene.process([
      Receiver(
        name: "direct",
        filter: try Filter("account:direct"),
        kind: .notices(choosy, place: "x")
      )
    ])
    await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
    await scene.pass(31, process)
    #expect(choosy.told == ["incident_started WABA 71"])
  }
}
