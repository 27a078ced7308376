import Foundation
import Health
import HistorySQLite
import Monitor
import TestSupport
import Testing

@testable import Alerts
@testable import History

/// A night of incidents over receivers that fail at random, and over restarts.
@Suite struct NightTests {
  @Test(arguments: [1, 2] as [UInt64])
  func `each incident is told once and resolved once`(seed: UInt64) async throws {
    let scene = try Scene()
    var random = SeededGenerator(seed: seed)
    let hook = RecordingReceiver()
    let lossy = RecordingReceiver()
    let alertmanager = RecordingAlertmanager()
    let receivers = [
      Receiver(name: "hook", kind: .notices(hook, place: "hook")),
      Receiver(name: "lossy", kind: .notices(lossy, place: "lossy")),
      Receiver(name: "ops", kind: .alerts([(alertmanager, "am")])),
    ]
    var process = try await scene.process(receivers)
    var isBlocked = [Bool](repeating: false, count: 24)
    await scene.poll(process, Dictionary(uniqueKeysWithValues: (0..<24).map { ($0, "AVAILABLE") }))
    for minute in 0..<480 {
      let (hookFails, lossyFails, isDown) = (
        Int.random(in: 0..<4, using: &random) == 0, Bool.random(using: &random),
        Int.random(in: 0..<3, using: &random) == 0
      )
      hook.answer { _ in hookFails ? .failed("answered 500") : .accepted }
      lossy.answer { _ in lossyFails ? .failed("timed out") : .accepted }
      alertmanager.answer { isDown ? .failed("refused the connection") : .accepted }
      // One in eight numbers changes about every tenth minute, so that nothing flaps.
      let place = Int.random(in: 0..<12, using: &random) * 2
      if minute % 4 == 0, minute < 440 {
        isBlocked[place].toggle()
        await scene.poll(process, [place: isBlocked[place] ? "BLOCKED" : "AVAILABLE"])
      }
      if Int.random(in: 0..<20, using: &random) == 0 {
        await process.recorder.step()
        process = try await scene.process(receivers, name: "run \(minute)")
        try await process.recorded.resumeIncidents(in: scene.store)
      }
      await scene.pass(60, process)
    }
    // The morning: everything is well, and everybody listens.
    for place in isBlocked.indices { await scene.poll(process, [place: "AVAILABLE"]) }
    hook.answer { _ in .accepted }
    lossy.answer { _ in .accepted }
    alertmanager.answer { .accepted }
    await scene.pass(1200, process)

    let night = Date.distantPast..<Date.distantFuture
    let incidents = try await scene.store.incidents(in: night).filter { $0.announced != $0.end }
    #expect(incidents.count > 30)
    for receiver in [hook, lossy] {
      #expect(Set(receiver.accepted.map(\.id)).count == receiver.accepted.count)
      let messages = receiver.accepted.map(ReadMessage.init)
      for event in ["incident_started", "incident_resolved"] {
        let told = messages.filter { $0.event == event }.compactMap { $0.alert?.id }
        #expect(told.count == Set(told).count)
        #expect(Set(told) == Set(incidents.map(\.id)))
      }
    }
    // What lasted too shortly for an Alertmanager that was down was never told, and never resolved.
    let fired = Set(alertmanager.posts.flatMap(\.firing).map(\.id))
    let resolved = alertmanager.posts.flatMap(\.resolved).map(\.id)
    #expect(resolved.count == Set(resolved).count)
    #expect(fired == Set(resolved))
    #expect(fired.isSubset(of: Set(incidents.map(\.id))))
  }
}
