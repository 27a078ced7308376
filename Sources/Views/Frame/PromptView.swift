import Dashboard
import Terminal

/// The filter while it is being typed, with the end of a long one in sight.
struct PromptView {
  let scene: Scene

  func draw(on canvas: inout Canvas, width: Int) {
    let state = scene.state
    let text = state.filter.text.sanitized + (state.filter.text.hasSuffix(" ") ? " " : "")
    let isVain = state.rows.count == 0 && !state.filter.isEmpty
    canvas.put("/", row: 0, column: 1, role: .accent)
    let tail = Self.tail(of: text, cells: max(width - 3, 0))
    let used = canvas.put(tail, row: 0, column: 2, role: isVain ? .promptInvalid : .prompt)
    // The terminal's own cursor is hidden, so a cell of the bar shows where typing goes on.
    canvas.put("_", row: 0, column: 2 + used, role: .accent)
    if isVain {
      canvas.put(
        "no number matches",
        row: 0,
        column: 2 + used + 3,
        role: .textMuted,
        width: min(17, max(width - used - 5, 0))
      )
    }
  }

  /// As much of the end as fits.
  static func tail(of text: String, cells: Int) -> String {
    var tail = text
    while TextWidth.cells(of: tail) > cells, !tail.isEmpty { tail.removeFirst() }
    return tail
  }
}
