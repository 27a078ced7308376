import Canvas
import Monitor

/// The filter while it is being typed, with the end of a long one in sight; behind it stands what is
/// wrong with it, or how it was understood.
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
    // What is wrong is worth more than the beginning of what was typed.
    let reserved = draft.error == nil ? 0 : min(TextWidth.cells(of: note) + 2, width * 2 / 3)
    let tail = Self.tail(of: typed, cells: max(width - 3 - reserved, 0))
    canvas.put("/", row: 0, column: 1, role: .accent)
    let used = canvas.put(tail, row: 0, column: 2, role: isVain ? .promptInvalid : .prompt)
    // The terminal's own cursor is hidden, so a cell of the bar shows where typing goes on.
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

  /// Nothing is found though nothing is wrong.
  private var isVain: Bool {
    context.state.list.rows.count == 0 && context.state.filtering.draft?.error == nil
  }

  private func note(_ draft: FilterDraft) -> String {
    if let error = draft.error { return error.text.sanitized }
    let filter = context.state.filtering.filter
    if isVain, !filter.isEmpty { return "no number matches" }
    return filter.isEmpty || filter.explainsItself ? "" : filter.explanation.sanitized
  }

  /// Colours what is wrong; where something is missing that is the cell behind the text.
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

  /// As much of the end as fits.
  static func tail(of text: String, cells: Int) -> String {
    var tail = text
    while TextWidth.cells(of: tail) > cells, !tail.isEmpty { tail.removeFirst() }
    return tail
  }
}
