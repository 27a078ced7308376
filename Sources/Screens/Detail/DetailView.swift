import Canvas

/// The visible part of the chosen entity's detail.
struct DetailView {
  let context: DrawContext
  let rows: [DetailLayout.Row]

  /// The lines of a detail for a width.
  static func rows(
    of detail: EntityDetail?,
    _ context: DrawContext,
    width: Int
  ) -> [DetailLayout.Row] {
    guard let detail, width > 0 else { return [] }
    return DetailLayout(detail, context: context, width: width).rows
  }

  func draw(on canvas: inout Canvas) {
    guard canvas.height > 0 else { return }
    let first = min(context.state.arrangement.detailScroll, max(rows.count - canvas.height, 0))
    for (line, row) in rows.dropFirst(first).prefix(canvas.height).enumerated() {
      canvas.put(
        row.phrases,
        row: line,
        column: row.indent,
        width: max(canvas.width - row.indent, 0)
      )
    }
    drawMore(rows.count - first - canvas.height, on: &canvas)
  }

  /// Marks that there are more lines.
  private func drawMore(_ hidden: Int, on canvas: inout Canvas) {
    guard hidden > 0, canvas.height > 2 else { return }
    let key = !context.state.isInTree ? KeyEvent.enter : .character("z")
    let hint =
      context.state.tree.isZoomed ? "" : "\(context.marks.separator)\(key.name(context.marks))"
    let text = "\(context.marks.treeOpen) \(hidden + 1) more lines\(hint)"
    let row = canvas.height - 1
    canvas.put(text, row: row, column: 0, role: .textMuted, width: canvas.width)
  }
}
