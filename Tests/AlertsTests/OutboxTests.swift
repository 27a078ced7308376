import Foundation
import Health
import History
import HistorySQLite
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import Alerts

/// Receivers that are down, slow to recover, or don't want what they get.
@Suite struct OutboxTests {
  private let scene: Scene
  private let hook = RecordingReceiver()
  private let alertmanager = RecordingAlertmanager()

  init() throws { scene = try Scene() }

  private var receivers: [Receiver] { Scene.receivers(hook, alertmanager) }

  @Test func `a receiver that was down gets everything in order, and the tries become rarer`()
    async throws
  {
    let process = try await scene.process(receivers)
    hook.answer { _ in .failed("answered 503") }
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    await scene.poll(process, [0: "AVAILABLE"])
    for _ in 0..<600 { await scene.pass(1, process) }
    #expect((8...11).contains(hook.tries))
    let condition = await process.teller.conditions[0]
    #expect(condition.failure == "answered 503")
    #expect(condition.waiting == 2)
    hook.answer { _ in .accepted }
    for _ in 0..<400 { await scene.pass(1, process) }
    #expect(hook.told == ["incident_started WABA 70", "incident_resolved WABA 70"])
    let then = await process.teller.conditions[0]
    #expect(then.failure == nil)
    #expect(then.waiting == 0)
    #expect(then.lastSent != nil)
  }

  @Test func `a receiver that asks for time gets it`() async throws {
    let process = try await scene.process(receivers)
    hook.answer { _ in .failed("answered 429", retryAfter: .seconds(90)) }
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    for _ in 0..<80 { await scene.pass(1, process) }
    #expect(hook.tries == 1)
    hook.answer { _ in .accepted }
    for _ in 0..<15 { await scene.pass(1, process) }
    #expect(hook.accepted.count == 1)
  }

  @Test func `what a receiver does not want is given up and kept, and the next is sent`()
    async throws
  {
    let process = try await scene.process(receivers)
    hook.answer { notice in
      ReadMessage(notice).event == "incident_started" ? .refused("answered 404") : .accepted
    }
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    await scene.poll(process, [0: "AVAILABLE"])
    for _ in 0..<20 { await scene.pass(1, process) }
    #expect(hook.told == ["incident_resolved WABA 70"])
    #expect(hook.tries == Outbox.mostRefusals + 1)
    #expect(await process.teller.conditions[0].dead == 1)
    let finished = try await scene.store.finishedNotices(limit: 9)
    #expect(finished.map(\.outcome) == [.sent, .givenUp])
    #expect(finished.last?.notice.failure == "answered 404")
  }

  @Test func `after a day a notice is given up`() async throws {
    let process = try await scene.process(receivers)
    hook.answer { _ in .failed("answered 500") }
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    await scene.pass(25 * 3600, process)
    #expect(await process.teller.conditions[0].dead == 1)
    hook.answer { _ in .accepted }
    await scene.poll(process, [0: "AVAILABLE"])
    await scene.pass(600, process)
    #expect(hook.told == ["incident_resolved WABA 70"])
  }

  @Test func `Alertmanager gets what lasts once it is there, and no end of what it never got`()
    async throws
  {
    let process = try await scene.process(receivers)
    alertmanager.answer { .failed("refused the connection") }
    await scene.poll(process, [0: "BLOCKED", 2: "BLOCKED"])
    await scene.pass(31, process)
    await scene.poll(process, [0: "AVAILABLE"])
    for _ in 0..<60 { await scene.pass(1, process) }
    #expect(await process.teller.conditions[1].failure == "refused the connection")
    alertmanager.answer { .accepted }
    for _ in 0..<60 { await scene.pass(1, process) }
    #expect(Set(alertmanager.told) == ["firing 71"])
  }

  @Test func `an end that could not be told is told when it can be, with its moment`()
    async throws
  {
    let process = try await scene.process(receivers)
    await scene.poll(process, [0: "BLOCKED"])
    await scene.pass(31, process)
    alertmanager.answer { .failed("answered 500") }
    await scene.poll(process, [0: "AVAILABLE"])
    let end = scene.clock.now.date
    for _ in 0..<90 { await scene.pass(1, process) }
    alertmanager.answer { .accepted }
    for _ in 0..<70 { await scene.pass(1, process) }
    #expect(alertmanager.told == ["firing 70", "resolved 70"])
    #expect(alertmanager.posts.last?.resolved.first?.end == end)
  }

  @Test func `a thousand causes at once make no endless queue, and what is over is not told`()
    async throws
  {
    let process = try await scene.process(receivers)
    hook.answer { _ in .failed("answered 503") }
    let count = NoticePlan.mostWaiting + 100
    func all(_ word: String) -> [Int: String] {
      Dictionary(uniqueKeysWithValues: (0..<count).map { ($0 * 2, word) })
    }
    await scene.poll(process, all("BLOCKED"))
    await scene.pass(31, process)
    await scene.pass(1, process)
    #expect(await process.teller.conditions[0].waiting == NoticePlan.mostWaiting)
    #expect(alertmanager.posts.reduce(0) { $0 + $1.firing.count } == LivePlan.mostFiring)
    await scene.poll(process, all("AVAILABLE"))
    await scene.pass(31, process)
    await scene.pass(31, process)
    let conditions = await process.teller.conditions
    #expect(conditions.map(\.dropped) == [100, 100])
    #expect(conditions[0].waiting == 2 * NoticePlan.mostWaiting)
    hook.answer { _ in .accepted }
    for _ in 0..<20 { await scene.pass(31, process) }
    let events = hook.accepted.map { ReadMessage($0).event }
    #expect(events.count { $0 == "incident_started" } == NoticePlan.mostWaiting)
    #expect(events.count { $0 == "incident_resolved" } == NoticePlan.mostWaiting)
    #expect(Set(hook.accepted.map(\.id)).count == hook.accepted.count)
  }
}
