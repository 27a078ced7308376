import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct RowIndexTests {
  static let filters = [
    RowFilter(), RowFilter("acme"), RowFilter("", onlyProblems: true),
    RowFilter("京 OR quality:yellow OR since<20s !verdict:available", onlyProblems: true),
  ]

  @Test(arguments: ListColumn.sortable, [false, true])
  func `after thousands of random updates the order is that of a full sort`(
    column: ListColumn,
    isReversed: Bool
  ) {
    var random = SeededGenerator(seed: UInt64(column.place) + 7)
    var fleet = Fleet.sample(numbers: 300)
    var rows = RowIndex()
    rows.rebuild(from: fleet, at: .sample)
    rows.sort(by: SortOrder(column, isReversed: isReversed), fleet, at: .sample)
    rows.apply(Self.filters[column.place % 4], fleet, at: .sample)
    for step in 1...(column == .status ? 400 : 40) {
      let moment = Moment.sample + .seconds(step)
      let readings = (0..<25).map { _ in
        // Now and then a number that wasn't there before.
        let index = Int.random(in: 0..<(300 + step / 10), using: &random)
        let isWorse = Bool.random(using: &random)
        return Reading.sample(numbered: index, at: moment, isWorse: isWorse)
      }
      let change = fleet.receive(FleetUpdate(readings: readings), at: moment)
      let turns = rows.takeDue(until: moment)
      let moved = rows.looksAtReadings ? change.places : change.altered
      rows.update(moved.union(turns).sorted(), of: fleet, at: moment)
    }
    // Time goes on past the last reading.
    let now = Moment.sample + .seconds(410)
    let turns = rows.takeDue(until: now)
    rows.update(turns.sorted(), of: fleet, at: now)
    var sorted = RowIndex()
    sorted.rebuild(from: fleet, at: now)
    sorted.sort(by: SortOrder(column, isReversed: isReversed), fleet, at: now)
    sorted.apply(Self.filters[column.place % 4], fleet, at: now)
    #expect(rows == sorted)
    #expect((0..<rows.count).allSatisfy { rows.row(of: rows[$0]) == $0 })
    let kept = fleet.records.indices.filter { rows.row(of: $0) != nil }
    #expect(kept.count == rows.count)
  }

  @Test func `the worst stand first, then those of one cause together, then by number`() {
    let fleet = Fleet.sample
    var rows = RowIndex()
    rows.rebuild(from: fleet, at: .sample)
    let states = (0..<rows.count).map { fleet.records[rows[$0]].state }
    #expect(states == states.sorted())
    let blocked = (0..<9).map { fleet.records[rows[$0]].displayNumber }
    #expect(blocked == (131...139).map { "+447700900\($0)" })
  }

  @Test(arguments: [false, true])
  func `rows without a value are last in either direction`(isReversed: Bool) {
    var fleet = Fleet.sample
    _ = fleet.receive(FleetUpdate(appeared: [.sample("999")]), at: .sample)
    var rows = RowIndex()
    rows.rebuild(from: fleet, at: .sample)
    rows.sort(by: SortOrder(.limit, isReversed: isReversed), fleet, at: .sample)
    #expect(fleet.records[rows[rows.count - 1]].number.target == "999")
  }
}

extension RowFilter {
  init(_ text: String, onlyProblems: Bool = false) {
    self.init(filter: .sample(text), onlyProblems: onlyProblems)
  }
}
