import Canvas

/// The detail of the chosen number, to the right of the list on wide screens.
struct SidePane {
  let context: DrawContext

  func draw(in rect: Rect, on canvas: inout Canvas) {
    let (line, rest) = rect.splitLeft(1)
    canvas.fill(line, role: .border, with: context.marks.vertical.unicodeScalars.first ?? " ")
    let inner = Rect(
      row: rest.row,
      column: rest.column + 1,
      width: rest.width - 2,
      height: rest.height
    )
    let rows = DetailView.rows(of: context.state.selectedDetail, context, width: inner.width)
    canvas.within(inner) { DetailView(context: context, rows: rows).draw(on: &$0) }
  }
}
