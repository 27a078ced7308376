import Foundation
import Health
import HistorySQLite
import Reports
import Simulator
import TestSupport
import Testing

@testable import Alerts
@testable import App
@testable import History
@testable import Monitor

/// A template of the simulator that gets paused, from the provider's answer to the alert and the report.
@Suite(.realTime) struct TemplateNightTests {
  @Test func `a template that is paused is told once, its end once, and both are remembered`()
    async throws
  {
    let folder = try TemporaryFolder()
    let time = LeapingTime()
    let history = try await SQLiteHistory.open(directory: folder.path, at: time.now.date).store
    let hook = RandomReceiver(seed: 1)
    hook.works()
    let receivers = [Receiver(name: "hook", kind: .notices(hook, place: "hook"))]
    let pause = Scenario.Event(
      at: .seconds(90),
      until: .seconds(600),
      on: Scenario.Scope(account: "direct", waba: "1"),
      change: StateChange(template: TemplateChange(template: "1", status: "PAUSED"))
    )
    let scenario = Scenario(
      name: "paused",
      refresh: .seconds(30),
      accounts: [Scenario.Account(name: "direct", provider: .meta, count: 2)],
      events: [pause]
    )
    try await Night.play(scenario, over: history, time) { night in
      var run = try await night.run(telling: receivers)
      for step in 0..<40 {
        time.leap(by: .seconds(20))
        try await run.step()
        if step == 15 { run = try await night.run(telling: receivers) }
      }
    }
    let told = hook.accepted.filter { $0.alert.summary.hasPrefix("templates PAUSED") }
    #expect(told.map(\.event) == ["incident_started", "incident_resolved"])
    #expect(Set(told.map(\.alert.id)).count == 1)
    let now = time.now
    let report = try await HistoryReport.read(
      HistoryReport.Request(window: now.date.addingTimeInterval(-3600)..<now.date),
      from: history,
      at: now
    )
    let lines = report.incidentsText.split(separator: "\n").filter { $0.contains("PAUSED") }
    #expect(lines.count == 1)
    #expect(lines.first?.contains("WARNING  1 template ") == true)
    let incident = report.incidents.first { $0.incident.id == told.first?.alert.id }
    #expect(incident?.incident.end != nil)
    #expect(incident?.templates.count == 1)
  }
}
