import Canvas

/// The menu of sort columns, over the left part of the list.
struct SortMenuView {
  let context: DrawContext
  let chosen: ListColumn

  private static let width = 22

  /// Draws it over the upper left of an area.
  func draw(on canvas: inout Canvas, over area: Rect) {
    let rows = ListColumn.sortable
    let height = min(rows.count + 1, area.height)
    let width = min(Self.width, area.width)
    let box = Rect(row: area.row, column: area.column, width: width, height: height)
    canvas.fill(box, role: .border, with: context.marks.vertical.unicodeScalars.first ?? " ")
    canvas.fill(box.splitLeft(width - 1).left, role: .text)
    canvas.within(box.splitLeft(width - 1).left) { canvas in
      canvas.put("   Sort by", row: 0, column: 0, role: .header, width: canvas.width)
      let visible = max(canvas.height - 1, 0)
      let first = max(0, min(chosen.place - visible + 1, rows.count - visible))
      for (line, column) in rows.dropFirst(first).prefix(visible).enumerated() {
        draw(column, row: line + 1, on: &canvas)
      }
    }
  }

  private func draw(_ column: ListColumn, row: Int, on canvas: inout Canvas) {
    let sort = context.state.list.sort
    let arrow = sort.isReversed ? context.marks.sortedUp : context.marks.sortedDown
    canvas.put(column == chosen ? ">" : " ", row: row, column: 0, role: .accent)
    canvas.put(column.letter.map { String($0) } ?? "", row: row, column: 3, role: .accent)
    canvas.put(column.name, row: row, column: 5, role: .text)
    if column == sort.column { canvas.put(arrow, row: row, column: 17, role: .accent) }
    if column == chosen { canvas.select(row: row) }
  }
}
