package import Health
import Monitor

// The numbers that the operator has picked out, to be polled and copied together.
extension ScreenState {
  package func isMarked(_ id: PhoneNumber.ID) -> Bool { marks.contains(id) }

  /// Marks the number under the cursor, or takes its mark away, and goes on to the next one.
  mutating func toggleMark() {
    guard route == .list, let id = selectedRecord?.id else { return }
    if marks.remove(id) == nil {
      marks.insert(id)
      markAnchor = id
    } else {
      markAnchor = nil
    }
    select(row: selectedRow + 1)
  }

  /// Marks all rows from the last one that was marked to the cursor; where there is none, the range
  /// begins here.
  mutating func markRange() {
    guard route == .list, let id = selectedRecord?.id else { return }
    let anchor = markAnchor.flatMap { fleet.index(of: $0) }.flatMap(rows.row)
    let row = min(selectedRow, rows.count - 1)
    for row in min(row, anchor ?? row)...max(row, anchor ?? row) {
      marks.insert(record(at: row).id)
    }
    if anchor == nil {
      markAnchor = id
      message = Message("A range begins here: go to its other end and press V again.", at: now)
    } else {
      markAnchor = nil
    }
  }

  mutating func clearMarks() {
    marks = []
    markAnchor = nil
  }

  /// Numbers that are gone have no mark, or it would count for ever.
  mutating func forgetVanishedMarks() {
    guard !marks.isEmpty else { return }
    marks = marks.filter { fleet.index(of: $0) != nil }
    if let markAnchor, !marks.contains(markAnchor) { self.markAnchor = nil }
  }

  /// The marked ones in the order of the list, those that the filter hides after them.
  var markedRecords: [NumberRecord] {
    let places = marks.compactMap { fleet.index(of: $0) }
    let ranked = places.map { (place: $0, row: rows.row(of: $0) ?? .max) }
    return ranked.sorted { ($0.row, $0.place) < ($1.row, $1.place) }.map { fleet.records[$0.place] }
  }
}
