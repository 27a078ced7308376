import Configuration
import Foundation
import Health
import HistorySQLite
import Logging
import Polling
import Providers
import Simulator
import Synchronization
import TestSupport
import Testing

@testable import Alerts
@testable import App
@testable import History
@testable import Monitor

/// The demo at more than hundredfold speed, with receivers that fail at random and restarts of wabatop.
///
/// `WABATOP_NIGHT_HOURS=8 WABATOP_NIGHT_SEED=7 swift test --filter NightOfTheDemoTests` plays a longer night.
@Suite(.realTime) struct NightOfTheDemoTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["WABATOP_NIGHT_SEED"].flatMap(UInt64.init) ?? 1
  private static let hours = environment["WABATOP_NIGHT_HOURS"].flatMap(Double.init) ?? 0.4

  /// From one poll to the next.
  private static let step = Duration.seconds(20)
  /// After it, the longest wait between two tries is over.
  private static let morning = Duration.seconds(400)

  @Test func `each incident of the demo is told exactly once and resolved exactly once`()
    async throws
  {
    let folder = try TemporaryFolder()
    let time = LeapingTime()
    let opened = try await SQLiteHistory.open(directory: folder.path, at: time.now.date)
    let history = opened.store
    var random = SeededGenerator(seed: Self.seed)
    let hooks = (1...2).map { RandomReceiver(seed: Self.seed &* 16 &+ $0) }
    let alertmanager = RandomAlertmanager(seed: Self.seed &* 16)
    let receivers =
      hooks.enumerated().map { place, hook in
        Receiver(name: "hook-\(place)", kind: .notices(hook, place: "hook"))
      } + [Receiver(name: "ops", kind: .alerts([(alertmanager, "am")]))]
    try await Night.play(over: history, time) { night in
      var run = try await night.run(telling: receivers)
      for _ in 0..<Int(.seconds(Self.hours * 3600) / Self.step) {
        time.leap(by: Self.step)
        try await run.step()
        guard Int.random(in: 0..<20, using: &random) == 0 else { continue }
        run = try await night.run(telling: receivers)
      }
      for hook in hooks { hook.works() }
      alertmanager.works()
      for _ in 0..<Int(Self.morning / Self.step) {
        time.leap(by: Self.step)
        try await run.step()
      }
    }
    let always = Date.distantPast..<Date.distantFuture
    // What is over in the same poll in which it was announced can't be told.
    let incidents = try await history.incidents(in: always).filter { incident in
      guard let announced = incident.announced else { return false }
      let lasted = incident.end?.timeIntervalSince(announced) ?? .infinity
      return lasted > Self.step / .seconds(2)
    }
    #expect(Double(incidents.count) >= Self.hours * 60)
    let all = Set(incidents.map(\.id))
    let over = Set(incidents.filter { $0.end != nil }.map(\.id))
    /// As they are found in what failed.
    func words(_ ids: Set<String>) -> [String] {
      incidents.filter { ids.contains($0.id) }.map { incident in
        let parts = [incident.start, incident.announced, incident.end].map { "\($0, default: "-")" }
        return "\(incident.reason.key) \(parts.joined(separator: ", "))"
      }
    }
    for hook in hooks {
      let told = hook.accepted
      #expect(Set(told.map(\.id)).count == told.count)
      let started = told.filter { $0.event == "incident_started" }.map(\.alert.id)
      let resolved = told.filter { $0.event == "incident_resolved" }.map(\.alert.id)
      #expect(started.count == Set(started).count)
      #expect(resolved.count == Set(resolved).count)
      #expect(words(all.symmetricDifference(started)).isEmpty)
      #expect(words(over.symmetricDifference(resolved)).isEmpty)
      #expect(all == Set(started) && over == Set(resolved))
    }
    // What lasted too shortly for an Alertmanager that was down was never told, and never resolved.
    let (fired, resolved) = alertmanager.told
    #expect(resolved.count == Set(resolved).count)
    #expect(words(over.intersection(fired).symmetricDifference(resolved)).isEmpty)
    #expect(all.isSuperset(of: fired))
  }
}
