/// A rectangle of cells: rows count down from the top, columns from the left.
///
/// Its size is never negative, and its edges are limited so that sums of them cannot overflow.
package struct Rect: Hashable, Sendable {
  private static let reach = 1 << 20

  package let row: Int
  package let column: Int
  package let width: Int
  package let height: Int

  package init(row: Int, column: Int, width: Int, height: Int) {
    self.row = min(max(row, -Self.reach), Self.reach)
    self.column = min(max(column, -Self.reach), Self.reach)
    self.width = min(max(width, 0), Self.reach)
    self.height = min(max(height, 0), Self.reach)
  }

  package var rows: Range<Int> { row..<(row + height) }
  package var columns: Range<Int> { column..<(column + width) }
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// The common part.
  package func intersection(_ other: Rect) -> Rect {
    let rows = rows.clamped(to: other.rows)
    let columns = columns.clamped(to: other.columns)
    return Rect(
      row: rows.lowerBound,
      column: columns.lowerBound,
      width: columns.count,
      height: rows.count
    )
  }

  /// The same size, moved.
  package func moved(rows: Int, columns: Int) -> Rect {
    Rect(row: row + rows, column: column + columns, width: width, height: height)
  }

  /// The upper part with so many rows, and the rest below it.
  package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
    let rows = min(max(rows, 0), height)
    return (
      Rect(row: row, column: column, width: width, height: rows),
      Rect(row: row + rows, column: column, width: width, height: height - rows)
    )
  }

  /// The left part with so many columns, and the rest to its right.
  package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
    let columns = min(max(columns, 0), width)
    return (
      Rect(row: row, column: column, width: columns, height: height),
      Rect(row: row, column: column + columns, width: width - columns, height: height)
    )
  }
}
