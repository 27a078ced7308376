package import Health
import Monitor

// The marked numbers, which are polled and copied together.
extension ScreenState {
  package func isMarked(_ id: PhoneNumber.ID) -> Bool { shell.marks.ids.contains(id) }

  /// Toggles the mark of the number under the cursor, and moves to the next.
  mutating func toggleMark() {
    guard route == .list, let id = selectedRecord?.id else { return }
    if shell.marks.ids.remove(id) == nil {
      shell.marks.ids.insert(id)
      shell.marks.anchor = id
    } else {
      shell.marks.anchor = nil
    }
    list.select(row: list.selectedRow + 1, in: fleet)
  }

  /// Marks all rows from the last mark to the cursor; without a mark, starts a range.
  mutating func markRange() {
    guard route == .list, let id = selectedRecord?.id else { return }
    let anchor = shell.marks.anchor.flatMap { fleet.index(of: $0) }.flatMap(list.rows.row)
    let row = min(list.selectedRow, list.rows.count - 1)
    for row in min(row, anchor ?? row)...max(row, anchor ?? row) {
      shell.marks.ids.insert(record(at: row).id)
    }
    if anchor == nil {
      shell.marks.anchor = id
      say("A range begins here: go to its other end and press V again.")
    } else {
      shell.marks.anchor = nil
    }
  }

  mutating func clearMarks() {
    shell.marks.ids = []
    shell.marks.anchor = nil
  }

  /// Removes the marks of vanished numbers.
  mutating func forgetVanishedMarks() {
    guard !shell.marks.ids.isEmpty else { return }
    shell.marks.ids = shell.marks.ids.filter { fleet.index(of: $0) != nil }
    if let anchor = shell.marks.anchor, !shell.marks.ids.contains(anchor) {
      shell.marks.anchor = nil
    }
  }

  /// The marked numbers in the order of the list, followed by those that the filter hides.
  var markedRecords: [NumberRecord] {
    let places = shell.marks.ids.compactMap { fleet.index(of: $0) }
    let ranked = places.map { (place: $0, row: list.rows.row(of: $0) ?? .max) }
    return ranked.sorted { ($0.row, $0.place) < ($1.row, $1.place) }.map { fleet.records[$0.place] }
  }
}
