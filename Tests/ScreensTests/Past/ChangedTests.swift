import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

/// What changed since the operator's last visit.
@Suite struct ChangedTests {
  @Test func `numbers that changed before this run, or in it, are found`() throws {
    var stage = Stage.incident
    let filtered = stage.after(.filter("@changed"))
    // All that turned worse in the run of the mock-ups.
    #expect(filtered.state.list.rows.count == 21)
    let calm = try #require(stage.state.fleet.records.first { $0.name == "Acme Shop 1" }).id
    stage.state.adopt(changed: [calm])
    #expect(stage.after(.filter("@changed")).state.list.rows.count == 22)
    #expect(stage.after(.filter("@changed \"Acme Shop\"")).state.list.rows.count == 1)
    #expect(stage.after(.filter("!@changed")).state.list.rows.count == 38)
  }

  @Test func `a filter in force shows them at once, and snapshots keep them`() throws {
    var stage = Stage.fine(5).after(.filter("@changed"))
    #expect(stage.state.list.rows.count == 0)
    let number = stage.state.fleet.records[0].id
    stage.state.adopt(changed: [number])
    #expect(stage.state.list.rows.count == 1)
    stage.state.letTimePass(to: .sample + .seconds(5))
    #expect(stage.state.list.rows.count == 1)
  }
}
