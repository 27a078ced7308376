/// Computes movements of a cursor and its window.
enum Scrolling {
  /// The first visible row nearest to `scroll` so that `row` is visible and no line is empty.
  static func first(_ scroll: Int, holding row: Int, of count: Int, height: Int) -> Int {
    let height = max(height, 1)
    let wanted = min(max(scroll, row - height + 1), max(row, 0))
    return max(0, min(wanted, count - height))
  }

  /// The visible rows for a height; always contains `row`.
  static func window(
    _ scroll: Int,
    holding row: Int,
    of count: Int,
    height: Int
  ) -> Range<Int> {
    let first = first(scroll, holding: row, of: count, height: height)
    return first..<min(first + max(height, 0), count)
  }

  /// The target row of a movement.
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
