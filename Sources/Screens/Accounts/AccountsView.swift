import Canvas
import Health
import Monitor

/// How polling each account goes, the worst first.
///
///      ACCOUNT    BAD/ALL BUDGET USED    EVERY  ANSWER NEXT STATE
///     >? india       0/12 ░░░░░░ 3/60    60s       12s 4m48s key rejected for 3m
///      ● acme        2/24 ████░░ 41/60   60s        2s       answers
struct AccountsView {
  let context: DrawContext

  private var state: ScreenState { context.state }

  private static let mostMeasured = 100

  func draw(on canvas: inout Canvas) {
    // Of those out of sight too, so that columns stay where they are while the list is scrolled.
    let rows = (0..<min(state.accountCount, Self.mostMeasured)).compactMap { row in
      state.accountLine(row: row).map { AccountRow(context: context, line: $0) }
    }
    let columns = AccountColumns(width: canvas.width, rows: rows)
    drawHeads(columns, on: &canvas)
    if let text = state.emptyAccounts {
      canvas.put([Phrase(text, .textMuted)], inTheMiddleOf: 1..<max(canvas.height, 1))
    }
    for (index, row) in state.accountWindow.enumerated() {
      guard let line = state.accountLine(row: row) else { continue }
      draw(AccountRow(context: context, line: line), row: index + 1, columns, on: &canvas)
      guard row == state.accounts.selectedRow else { continue }
      canvas.put(">", row: index + 1, column: 0, role: .accent)
      canvas.select(row: index + 1)
    }
  }

  private func drawHeads(_ columns: AccountColumns, on canvas: inout Canvas) {
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .header)
    for slot in columns.slots {
      let head = TextWidth.cut(slot.column.head(width: slot.width), to: slot.width)
      let indent = slot.column.isTrailing ? slot.width - TextWidth.cells(of: head) : 0
      canvas.put(head, row: 0, column: slot.start + indent, role: .header)
    }
  }

  private func draw(
    _ row: AccountRow,
    row place: Int,
    _ columns: AccountColumns,
    on canvas: inout Canvas
  ) {
    let mark = row.mark
    canvas.put(
      mark.sign(context.marks),
      row: place,
      column: AccountColumns.markColumn,
      role: mark.role
    )
    for slot in columns.slots {
      let phrases = slot.column.content(row, slot.width).cut(to: slot.width)
      let indent = slot.column.isTrailing ? max(slot.width - phrases.cells, 0) : 0
      canvas.put(phrases, row: place, column: slot.start + indent, width: slot.width - indent)
    }
  }
}
