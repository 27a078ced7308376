import Canvas

/// The line of column headings, with an arrow at the sorted column.
struct ListHeads {
  let context: DrawContext
  let columns: ListColumns

  func draw(on canvas: inout Canvas) {
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .header)
    put(.status, column: ListColumns.wordColumn, width: 3, on: &canvas)
    for slot in columns.slots {
      put(slot.column, column: slot.start, width: slot.width, on: &canvas)
    }
  }

  private func put(
    _ listColumn: ListColumn,
    column: Int,
    width: Int,
    on canvas: inout Canvas
  ) {
    let title = listColumn.head(width: width)
    let isSorted = listColumn == context.state.list.sort.column
    let arrow =
      context.state.list.sort.isReversed ? context.marks.sortedUp : context.marks.sortedDown
    let text = isSorted ? TextWidth.cut(title, to: width - 1) + arrow : title
    canvas.put(
      text,
      row: 0,
      column: listColumn.isTrailing ? column + max(width - TextWidth.cells(of: text), 0) : column,
      role: isSorted ? .headerSort : .header
    )
  }
}
