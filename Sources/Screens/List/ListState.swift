package import Health
package import Monitor

/// The list's order and cursor.
package struct ListState: Sendable {
  /// The fleet's records in the order of the list.
  package internal(set) var rows = RowIndex()
  /// Nil until the operator moves the cursor: then the first row is selected, whichever it is.
  package internal(set) var selection: PhoneNumber.ID?
  /// Whether the selected number was in trouble when it was last seen.
  private var wasInTrouble = false
  /// The last row of the selection, which stays selected if the number disappears.
  package internal(set) var selectedRow = 0
  /// The first visible row.
  package internal(set) var scroll = 0
  /// The number of rows that fit.
  package internal(set) var visibleRows = 17
  /// How many columns the list is panned.
  package internal(set) var pan = 0
  package internal(set) var wideColumns = false
  package internal(set) var sort = SortOrder.standard
  /// Whether the cursor stays on its number when rows move, instead of on its row.
  package internal(set) var isFollowing = true

  /// The fleet's index of the number under the cursor; nil if the list is empty.
  var selectedPlace: Int? { rows.count > 0 ? rows[min(selectedRow, rows.count - 1)] : nil }

  /// The visible rows, which always contain the cursor.
  package var window: Range<Int> {
    Scrolling.window(scroll, holding: selectedRow, of: rows.count, height: visibleRows)
  }

  mutating func select(row: Int, in fleet: Fleet) {
    guard rows.count > 0 else { return }
    selectedRow = min(max(row, 0), rows.count - 1)
    selectRecord(in: fleet)
    keepCursorInSight()
  }

  /// Selects the number under the cursor.
  private mutating func selectRecord(in fleet: Fleet) {
    let record = fleet.records[rows[selectedRow]]
    (selection, wasInTrouble) = (record.id, record.state.needsAttention)
  }

  /// Scrolls; the cursor moves only if it would leave the window.
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

  /// Selects the first row, whichever number it has.
  mutating func selectFirst() { (selectedRow, scroll) = (0, 0) }

  /// Restores the cursor after rows have moved.
  ///
  /// It stays on its number, and the number stays on its screen line, except at the top of the
  /// list, where the worst numbers stay visible.
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

  /// Restores the cursor after readings have moved rows.
  ///
  /// If a number recovers, or others push it out of a window at the top, following it would hide
  /// the trouble. In that case the cursor stays on its row.
  ///
  /// - Returns: The number that the cursor did not follow.
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

  /// Resets the cursor to the first row.
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
