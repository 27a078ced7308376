import Canvas
import Health

/// Everything that can block one number, worst first, with the detail of the chosen entity to its
/// right, or below on narrow screens.
///
///      ✘ BLOCKED for 2h14m  Acme Orders UK  meta                 checked 12s ago
///     ─────────────────────────────────────┬──────────────────────────────────────
///      ▾ ✘ PHONE_NUMBER +447700900131      │ WABA 102938475610
///        ├ ✘ WABA 102938475610     ◂ cause │ Acme UK · EUR
struct TreeView {
  let context: DrawContext
  let layout: TreeLayout

  private var marks: Marks { context.marks }

  func draw(on canvas: inout Canvas) {
    canvas.within(layout.head) { canvas in
      if context.state.inversionRoot != nil {
        InversionLine(context: context).draw(on: &canvas)
      } else {
        NumberLine(context: context).draw(on: &canvas)
      }
    }
    drawRules(on: &canvas)
    canvas.within(layout.tree) { drawNodes(on: &$0) }
    canvas.within(layout.detail) {
      DetailView(context: context, rows: layout.detailLines).draw(on: &$0)
    }
  }

  private func drawNodes(on canvas: inout Canvas) {
    guard let nodes = context.state.tree.outline?.nodes else { return }
    for (line, row) in context.state.treeWindow.enumerated() {
      guard nodes.indices.contains(row) else { break }
      let view = NodeView(context: context, node: nodes[row])
      view.draw(row: line, isSelected: row == context.state.arrangement.selectedRow, on: &canvas)
    }
  }

  private func drawRules(on canvas: inout Canvas) {
    for (row, joint) in [(layout.topRule, marks.teeDown), (layout.bottomRule, marks.teeUp)] {
      guard let row else { continue }
      line(Rect(row: row, column: 0, width: canvas.width, height: 1), marks.horizontal, on: &canvas)
      if let divider = layout.divider {
        canvas.put(joint, row: row, column: divider, role: .border)
      }
    }
    guard let divider = layout.divider else { return }
    let height = layout.tree.height
    let rect = Rect(row: layout.tree.row, column: divider, width: 1, height: height)
    line(rect, marks.vertical, on: &canvas)
  }

  private func line(_ rect: Rect, _ sign: String, on canvas: inout Canvas) {
    canvas.fill(rect, role: .border, with: sign.unicodeScalars.first ?? " ")
  }
}
