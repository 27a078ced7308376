/// The target address of a part of a row.
///
/// It keeps the cells that were drawn: if they are overwritten later, there is no link.
package struct CanvasLink: Hashable, Sendable {
  package let address: String
  package let row: Int
  package let column: Int
  package let cells: [Cell]

  package var columns: Range<Int> { column..<(column + cells.count) }

  /// Whether an address may be sent to a terminal: only http addresses without control characters.
  package static func isSafe(_ address: String) -> Bool {
    address.hasPrefix("https://") && address.utf8.count <= 2048
      && address.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

extension Canvas {
  /// Makes drawn cells a link to an address; unsafe addresses are ignored.
  package mutating func link(_ rect: Rect, to address: String) {
    guard CanvasLink.isSafe(address) else { return }
    let visible = visiblePart(of: rect)
    for row in visible.rows where !visible.isEmpty {
      links.append(
        CanvasLink(
          address: address,
          row: row,
          column: visible.column,
          cells: Array(cells(row: row)[columns: visible.columns])
        )
      )
    }
  }

  /// Links that were not overwritten.
  package var visibleLinks: [CanvasLink] {
    links.filter { Array(cells(row: $0.row)[columns: $0.columns]) == $0.cells }
  }
}

extension ArraySlice<Cell> {
  /// Part of a row of cells.
  package subscript(columns columns: Range<Int>) -> ArraySlice<Cell> {
    self[(startIndex + columns.lowerBound)..<(startIndex + columns.upperBound)]
  }
}
