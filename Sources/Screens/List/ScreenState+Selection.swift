import Health
package import Monitor

// Where the operator is in the list.
extension ScreenState {
  /// The record under the cursor; nil while the list is empty.
  package var selectedRecord: NumberRecord? {
    rows.count > 0 ? fleet.records[rows[min(selectedRow, rows.count - 1)]] : nil
  }

  /// The rows that are visible where so many fit; always holds the cursor.
  package func window(height: Int) -> Range<Int> {
    let first = Self.first(scroll, holding: selectedRow, of: rows.count, height: height)
    return first..<min(first + max(height, 0), rows.count)
  }

  /// The record of a row of the list.
  package func record(at row: Int) -> NumberRecord { fleet.records[rows[row]] }

  mutating func select(row: Int) {
    guard rows.count > 0 else { return }
    selectedRow = min(max(row, 0), rows.count - 1)
    selection = record(at: selectedRow).id
    scroll = Self.first(scroll, holding: selectedRow, of: rows.count, height: viewport.listRows)
  }

  /// Finds the cursor again after rows have moved.
  ///
  /// It stays on its number, and the number stays on its line of the screen, except at the top of the
  /// list: there the worst stay in view as long as the cursor does too.
  mutating func reconcileSelection() {
    if isFollowing, let selection, let row = fleet.index(of: selection).flatMap(rows.row) {
      if scroll > 0 { scroll += row - selectedRow }
      selectedRow = row
    } else if selection == nil {
      (selectedRow, scroll) = (0, 0)
    } else if rows.count > 0 {
      selectedRow = min(selectedRow, rows.count - 1)
      selection = record(at: selectedRow).id
    }
    scroll = Self.first(scroll, holding: selectedRow, of: rows.count, height: viewport.listRows)
  }

  /// The first visible row nearest to `scroll` with which `row` is visible and no line is wasted.
  static func first(_ scroll: Int, holding row: Int, of count: Int, height: Int) -> Int {
    let height = max(height, 1)
    let wanted = min(max(scroll, row - height + 1), max(row, 0))
    return max(0, min(wanted, count - height))
  }

  /// The row that a movement leads to.
  static func target(of movement: Movement, from row: Int, count: Int, height: Int) -> Int {
    let page = max(height, 1)
    let row =
      switch movement {
      case .up: row - 1
      case .down: row + 1
      case .pageUp: row - page
      case .pageDown: row + page
      case .halfPageUp: row - max(page / 2, 1)
      case .halfPageDown: row + max(page / 2, 1)
      case .top: 0
      case .bottom: count - 1
      }
    return max(0, min(row, count - 1))
  }
}
