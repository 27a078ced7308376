package import Health
package import Monitor

/// The list as the operator has arranged it, and where the cursor is.
package struct ListState: Sendable {
  /// The fleet's records in the order of the list.
  package internal(set) var rows = RowIndex()
  /// Nil until the operator has moved: then it is the first row, whichever that is.
  package internal(set) var selection: PhoneNumber.ID?
  /// Whether its number was in trouble when it was last seen.
  private var wasInTrouble = false
  /// Where the selection was when it was last seen, so that a row that goes leaves its place.
  package internal(set) var selectedRow = 0
  /// The first visible row.
  package internal(set) var scroll = 0
  /// The rows that there is room for.
  package internal(set) var visibleRows = 17
  /// Columns by which the list is panned.
  package internal(set) var pan = 0
  package internal(set) var wideColumns = false
  package internal(set) var sort = SortOrder.standard
  /// The cursor stays on its number while rows move; else on its row.
  package internal(set) var isFollowing = true

  /// The place in the fleet's records of the number under the cursor; nil while the list is empty.
  var selectedPlace: Int? { rows.count > 0 ? rows[min(selectedRow, rows.count - 1)] : nil }

  /// The rows that are visible; always holds the cursor.
  package var window: Range<Int> {
    Scrolling.window(scroll, holding: selectedRow, of: rows.count, height: visibleRows)
  }

  mutating func select(row: Int, in fleet: Fleet) {
    guard rows.count > 0 else { return }
    selectedRow = min(max(row, 0), rows.count - 1)
    selectRecord(in: fleet)
    keepCursorInSight()
  }

  /// Takes the number that is under the cursor.
  private mutating func selectRecord(in fleet: Fleet) {
    let record = fleet.records[rows[selectedRow]]
    (selection, wasInTrouble) = (record.id, record.state.needsAttention)
  }

  /// Moves the window; a cursor that would be out of sight goes with it.
  mutating func scroll(by lines: Int, in fleet: Fleet) {
    let height = max(visibleRows, 1)
    let first = max(0, min(scroll + lines, rows.count - height))
    scroll = first
    select(row: min(max(selectedRow, first), first + height - 1), in: fleet)
  }

  mutating func sort(by order: SortOrder, _ fleet: Fleet, at now: Moment) {
    guard order != sort else { return }
    sort = order
    rows.sort(by: order, fleet, at: now)
    reconcileSelection(with: fleet)
  }

  /// Goes to the top, to whichever number is there.
  mutating func selectFirst() { (selectedRow, scroll) = (0, 0) }

  /// Finds the cursor again after rows have moved.
  ///
  /// It stays on its number, and the number stays on its line of the screen, except at the top of the
  /// list: there the worst stay in view.
  mutating func reconcileSelection(with fleet: Fleet) {
    if isFollowing, let selection, let row = fleet.index(of: selection).flatMap(rows.row) {
      if scroll > 0 { scroll += row - selectedRow }
      selectedRow = row
      selectRecord(in: fleet)
    } else if selection == nil {
      selectFirst()
    } else if rows.count > 0 {
      selectedRow = min(selectedRow, rows.count - 1)
      selectRecord(in: fleet)
    }
    keepCursorInSight()
  }

  /// The same after readings have moved rows, of which nobody asked for any.
  ///
  /// A number that recovers, or that others push out of a view at its top, would take the cursor and the
  /// view away from trouble: it goes alone, and the cursor stays on its row.
  ///
  /// - Returns: The number that went.
  mutating func reconcileSelection(afterReadings fleet: Fleet) -> PhoneNumber.ID? {
    guard isFollowing, let selection, let place = fleet.index(of: selection),
      let row = rows.row(of: place), row != selectedRow
    else {
      reconcileSelection(with: fleet)
      return nil
    }
    let hasRecovered = wasInTrouble && !fleet.records[place].state.needsAttention
    let isPushedOut = scroll == 0 && row >= visibleRows
    guard hasRecovered || isPushedOut else {
      reconcileSelection(with: fleet)
      return nil
    }
    selectedRow = min(selectedRow, rows.count - 1)
    selectRecord(in: fleet)
    keepCursorInSight()
    return selection
  }

  /// Forgets the cursor: it is on the first row again, whichever that is.
  mutating func returnToTop() {
    selection = nil
    selectFirst()
  }

  private mutating func keepCursorInSight() {
    scroll = Scrolling.first(scroll, holding: selectedRow, of: rows.count, height: visibleRows)
  }
}

extension ScreenState {
  /// The record under the list's cursor; nil while the list is empty.
  package var selectedRecord: NumberRecord? { list.selectedPlace.map { fleet.records[$0] } }

  /// The record of a row of the list.
  package func record(at row: Int) -> NumberRecord { fleet.records[list.rows[row]] }
}
