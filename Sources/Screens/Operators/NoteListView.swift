import Canvas
import Monitor

/// All acknowledgements or mutes in force: what, by whom, why, and until when.
///
///      ACKNOWLEDGED                     NUMBERS  BY       WHY               SINCE     LEFT
///     >WABA 102938475610 Acme UK              9  ops      ticket 8841       2h ago    over
struct NoteListView {
  let context: DrawContext
  let list: NoteList

  private struct Columns {
    let what: Int
    let why: Int

    static let lead = 1
    static let count = 7
    static let by = 10
    static let since = 8
    static let left = 5

    init(width: Int) {
      let rest = width - Self.lead - Self.count - Self.by - Self.since - Self.left - 2 * 5 - 1
      why = width < 70 ? 0 : max(rest * 2 / 5, 10)
      what = max(rest - why + (why == 0 ? 2 : 0), 8)
    }
  }

  func draw(on canvas: inout Canvas) {
    let columns = Columns(width: canvas.width)
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .header)
    let title = list.kind == .acknowledgements ? "ACKNOWLEDGED" : "MUTED"
    put([title, "NUMBERS", "BY", "WHY", "SINCE", "LEFT"], .header, row: 0, columns, on: &canvas)
    let lines = context.state.lines(of: list)
    guard !lines.isEmpty else { return drawNothing(on: &canvas) }
    let selected = context.state.selectedRow(of: list)
    let height = max(canvas.height - 1, 1)
    let first = max(0, min(selected - height / 2, lines.count - height))
    for (row, line) in lines.dropFirst(first).prefix(height).enumerated() {
      let isSelected = first + row == selected
      if isSelected { canvas.put(">", row: row + 1, column: 0, role: .accent) }
      put(
        [
          context.masked(line.what.sanitized), line.count.map { "\($0)" } ?? "?",
          line.author.sanitized, context.masked(line.comment.sanitized), line.since, line.left,
        ],
        .text,
        row: row + 1,
        columns,
        on: &canvas
      )
      if isSelected { canvas.select(row: row + 1) }
    }
  }

  private func drawNothing(on canvas: inout Canvas) {
    let what = list.kind == .acknowledgements ? "acknowledged" : "muted"
    let key = list.kind == .acknowledgements ? "a" : "m"
    canvas.put(
      [
        Phrase("nothing is \(what)", .text),
        Phrase("\(key) on a number or a cause does it", .textMuted),
      ],
      inTheMiddleOf: 1..<max(canvas.height, 1)
    )
  }

  private func put(
    _ texts: [String],
    _ role: Role,
    row: Int,
    _ columns: Columns,
    on canvas: inout Canvas
  ) {
    let widths = [
      columns.what, Columns.count, Columns.by, columns.why, Columns.since, Columns.left,
    ]
    var column = Columns.lead
    for (place, (text, width)) in zip(texts, widths).enumerated() where width > 0 {
      canvas.put(
        TextWidth.cut(text, to: width),
        row: row,
        column: column,
        role: role,
        width: width,
        align: place == 1 || place == 5 ? .trailing : .leading
      )
      column += width + 2
    }
  }
}
