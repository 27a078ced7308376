import Health
import TestSupport
import Testing

@testable import App
@testable import Monitor
@testable import Reports
@testable import Screens

/// A fact of a WABA, told after a while in which all was well: every view reads the same assessment.
struct OneTruthTests {
  private static let waba = EntityReference(type: .waba, id: "700000000000322")

  private func play(_ field: FieldCase) async -> WatchedScreen {
    var screen = WatchedScreen(now: FieldCase.moment)
    var fine = await field.update()
    let facts = fine.entities
    fine.entities = []
    screen.receive(fine, at: FieldCase.moment)
    let later = FieldCase.moment + .seconds(10)
    screen.receive(FleetUpdate(entities: facts), at: later)
    return screen
  }

  @Test(arguments: [
    ("", "", HealthState.critical), (#""DISABLED""#, #""ACTIVE""#, .warning),
    (#""REJECTED""#, #""APPROVED""#, .critical), (#""DISABLED""#, #""RESTRICTED""#, .warning),
  ])
  func `every view says the same of a WABA's own word`(
    word: String,
    other: String,
    expected: HealthState
  ) async throws {
    let field = try FieldCase.named("u19")
    let screen = await play(word.isEmpty ? field : field.replacing(word, with: other))
    let state = screen.state
    let id = CauseID.entity(Self.waba)

    // List.
    let record = try #require(state.fleet.records.first)
    #expect(record.state == expected)
    #expect(record.assessment.causes.first?.kind == .entity(.waba))
    #expect(state.fleet.counts[expected] == 1)

    // Tree.
    let outline = TreeOutline(
      of: record,
      in: state.fleet,
      WABAIndex(of: state.fleet),
      arranged: TreeArrangement()
    )
    let node = try #require(outline.nodes.first { $0.identifier == Self.waba.id })
    #expect(node.state == expected)
    #expect(node.isCause)
    #expect(outline.nodes.first?.state == expected)

    // Tiles and banner.
    #expect(state.criticalCauses.map(\.id) == (expected == .critical ? [id] : []))
    #expect(state.tiles.index.total[expected] == 1)
    #expect(state.tileCauses(1).map(\.cause.id) == [id])

    // Causes.
    let cause = try #require(state.causeIndex.cause(row: 0, in: state.fleet))
    #expect(cause.id == id)
    #expect(cause.state == expected)
    #expect(cause.hit == 1)
    #expect(cause.cause == record.assessment.causes.first)

    // Events.
    let event = try #require(state.journal.events.last)
    #expect(event.kind == .states(from: .available, to: expected))
    #expect(event.cause == id)

    // check.
    let checked = try #require(CheckReport(of: state.fleet, at: state.now).numbers.first)
    #expect(checked.severity == record.assessment.severity)
    #expect(checked.causes == record.assessment.causes)

    // --plain.
    let plain = PlainAnswers(state: state)
    #expect(plain.causes.first?.contains("WABA Example WABA 700000000000322") == true)
    #expect(plain.list("").first?.hasPrefix(expected.word) == true)
    var journal = PlainJournal()
    let lines = journal.lines(of: screen.changes, in: state)
    #expect(lines.contains { $0.contains("\(expected.word) +447700900131") })
    #expect(lines.contains { $0.contains("(WABA Example WABA 700000000000322") })
  }

  @Test func `a word that is taken back is a recovery in every view`() async throws {
    let field = try FieldCase.named("u19")
    var screen = await play(field)
    let fine = field.replacing(#""REJECTED""#, with: #""APPROVED""#)
      .replacing(#""DISABLED""#, with: #""ACTIVE""#)
    let facts = await fine.update().entities
    screen.receive(FleetUpdate(entities: facts), at: FieldCase.moment + .seconds(20))
    let state = screen.state
    #expect(state.fleet.records.map(\.state) == [.available])
    #expect(state.criticalCauses.isEmpty && state.causeIndex.count == 0)
    #expect(state.journal.events.last?.kind == .states(from: .critical, to: .available))
    #expect(PlainAnswers(state: state).causes == ["no fault reported"])
  }

  @Test func `a word that is not told any more is none`() async throws {
    let field = try FieldCase.named("u19")
    var screen = await play(field)
    let silent = field.replacing(#""account_review_status""#, with: #""x""#)
      .replacing(#", "status": "DISABLED"}"#, with: "}")
    let facts = await silent.update().entities
    for seconds in stride(from: 20, through: 3_600, by: 20) {
      let moment = FieldCase.moment + .seconds(seconds)
      let readings = await silent.update(at: moment).readings
      screen.receive(FleetUpdate(readings: readings, entities: facts), at: moment)
      let state = screen.state
      let isKept = state.fleet.records[0].state == .critical
      #expect(isKept || state.fleet.records[0].state == .unknown, "\(seconds)")
    }
    let state = screen.state
    #expect(state.fleet.records[0].state == .unknown)
    let recoveries = state.journal.events.filter { event in
      if case .states(_, .available) = event.kind { true } else { false }
    }
    #expect(recoveries.isEmpty)
  }
}
