import Canvas
import Health

/// What can block one number, worst first, with the detail of the chosen entity beside it, or under it
/// where the screen is narrow.
///
///      ✘ BLOCKED for 2h14m  Acme Orders UK  meta                 checked 12s ago
///     ─────────────────────────────────────┬──────────────────────────────────────
///      ▾ ✘ PHONE_NUMBER +447700900131      │ WABA 102938475610
///        ├ ✘ WABA 102938475610     ◂ cause │ Acme UK · EUR
struct TreeView {
  let scene: DrawContext
  let layout: TreeLayout
  /// The lines of the chosen entity's detail.
  let detail: [DetailLayout.Row]

  private var marks: Marks { scene.marks }

  func draw(on canvas: inout Canvas) {
    canvas.within(layout.head) { canvas in
      if scene.state.inversionRoot != nil {
        InversionLine(scene: scene).draw(on: &canvas)
      } else {
        NumberLine(scene: scene).draw(on: &canvas)
      }
    }
    drawRules(on: &canvas)
    canvas.within(layout.tree) { drawNodes(on: &$0) }
    canvas.within(layout.detail) { DetailView(scene: scene, rows: detail).draw(on: &$0) }
  }

  private func drawNodes(on canvas: inout Canvas) {
    guard let nodes = scene.state.outline?.nodes else { return }
    for (line, row) in scene.state.treeWindow(height: canvas.height).enumerated() {
      guard nodes.indices.contains(row) else { break }
      let view = NodeView(scene: scene, node: nodes[row])
      view.draw(row: line, isSelected: row == scene.state.tree.selectedRow, on: &canvas)
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

/// Where the parts of the tree view are on a screen of some size.
struct TreeLayout: Hashable, Sendable {
  private(set) var head: Rect
  private(set) var tree: Rect
  private(set) var detail: Rect
  /// The column between tree and detail; nil where they aren't beside each other.
  private(set) var divider: Int?
  private(set) var topRule: Int?
  /// Under the tree: between it and a detail below, or at the end.
  private(set) var bottomRule: Int?

  private static let sideBySide = 76
  /// Fewer rows than these are for one of the two.
  private static let oneAboveTheOther = 16
  private static let widestTree = 84

  /// - Parameters:
  ///   - area: Between the header and the two lines at the foot.
  ///   - isZoomed: The detail alone.
  ///   - nodes: The lines of the tree, so that a short one leaves the room to the detail.
  init(area: Rect, isZoomed: Bool, nodes: Int) {
    var body: Rect
    (head, body) = area.splitTop(1)
    if area.height >= 8 {
      topRule = body.row
      body = body.splitTop(1).rest
    }
    (tree, detail) = (body, Self.none(body))
    if isZoomed {
      (tree, detail) = (Self.none(body), Self.inset(body))
    } else if body.width >= Self.sideBySide {
      let width = min(body.width * 56 / 100, Self.widestTree)
      let rest: Rect
      (tree, rest) = body.splitLeft(width)
      divider = width
      detail = Self.inset(rest.splitLeft(1).rest)
    } else if body.height >= Self.oneAboveTheOther {
      let rows = min(max(nodes, 3), body.height / 2)
      let rest: Rect
      (tree, rest) = body.splitTop(rows)
      bottomRule = rest.row
      detail = Self.inset(rest.splitTop(1).rest)
    }
  }

  private static func none(_ rect: Rect) -> Rect {
    Rect(row: rect.row, column: rect.column, width: rect.width, height: 0)
  }

  /// A blank on either side.
  private static func inset(_ rect: Rect) -> Rect {
    Rect(row: rect.row, column: rect.column + 1, width: rect.width - 2, height: rect.height)
  }
}
