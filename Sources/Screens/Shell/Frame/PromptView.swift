import Canvas
import Monitor

/// The filter during typing, with the end of a long one visible, followed by its mistake or
/// explanation.
///
/// ```text
/// /s:bloked_  there is no status "bloked"; did you mean "blocked"?
/// ```
struct PromptView {
  let context: DrawContext

  func draw(on canvas: inout Canvas, width: Int) {
    guard let draft = context.state.filtering.draft else { return }
    let typed = draft.text.sanitized + (draft.text.hasSuffix(" ") ? " " : "")
    let note = note(draft)
    // The mistake is more important than the start of the text.
    let reserved = draft.error == nil ? 0 : min(TextWidth.cells(of: note) + 2, width * 2 / 3)
    let tail = Self.tail(of: typed, cells: max(width - 3 - reserved, 0))
    canvas.put("/", row: 0, column: 1, role: .accent)
    let used = canvas.put(tail, row: 0, column: 2, role: hasNoMatch ? .promptInvalid : .prompt)
    // The terminal's cursor is hidden, so a cell shows the insertion point.
    canvas.put("_", row: 0, column: 2 + used, role: .accent)
    if let error = draft.error { mark(error, in: typed, tail, on: &canvas) }
    canvas.put(
      note,
      row: 0,
      column: 2 + used + 3,
      role: draft.error == nil ? .textMuted : .error,
      width: max(width - used - 5, 0)
    )
  }

  /// Whether the filter is valid but no number matches.
  private var hasNoMatch: Bool {
    context.state.list.rows.count == 0 && context.state.filtering.draft?.error == nil
  }

  private func note(_ draft: FilterDraft) -> String {
    if let error = draft.error { return error.text.sanitized }
    let filter = context.state.filtering.filter
    if hasNoMatch, !filter.isEmpty { return "no number matches" }
    return filter.isEmpty || filter.explainsItself ? "" : filter.explanation.sanitized
  }

  /// Highlights the mistake; if something is missing, the cell after the text.
  private func mark(
    _ error: FilterError,
    in typed: String,
    _ tail: String,
    on canvas: inout Canvas
  ) {
    let hidden = typed.count - tail.count
    let end = max(error.range.upperBound - hidden, 0)
    let start = min(max(error.range.lowerBound - hidden, 0), end)
    let column = 2 + TextWidth.cells(of: String(tail.prefix(start)))
    let cells = TextWidth.cells(of: String(tail.dropFirst(start).prefix(end - start)))
    canvas.recolor(
      Rect(row: 0, column: column, width: max(cells, 1), height: 1),
      role: .promptInvalid
    )
  }

  /// The end of a text, as far as it fits.
  static func tail(of text: String, cells: Int) -> String {
    var tail = text
    while TextWidth.cells(of: tail) > cells, !tail.isEmpty { tail.removeFirst() }
    return tail
  }
}
