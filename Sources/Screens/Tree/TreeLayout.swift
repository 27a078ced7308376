import Canvas

/// The places of the tree view's parts.
struct TreeLayout: ViewLayout {
  private(set) var head: Rect
  private(set) var tree: Rect
  private(set) var detail: Rect
  /// The column between tree and detail; nil if they aren't side by side.
  private(set) var divider: Int?
  private(set) var topRule: Int?
  /// The rule below the tree, before the detail or at the end.
  private(set) var bottomRule: Int?
  /// The detail of the chosen node, if it is visible.
  var detailLines: [DetailLayout.Row] = []

  private static let sideBySide = 76
  /// With fewer rows, only one of the two is shown.
  private static let oneAboveTheOther = 16
  private static let widestTree = 84

  /// - Parameters:
  ///   - area: The area between the header and the two bottom lines.
  ///   - isZoomed: Whether only the detail is shown.
  ///   - nodes: The number of the tree's lines: a short tree leaves more room for the detail.
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

  func adopt(in state: inout ScreenState) {
    state.tree.visibleRows = tree.height
    (state.tree.detailRows, state.tree.detailLines) = (detail.height, detailLines.count)
    let last = max(0, detailLines.count - detail.height)
    state.changeTree { $0.detailScroll = min($0.detailScroll, last) }
  }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    TreeView(context: context, layout: self).draw(on: &canvas)
  }

  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (visible, selected) = (state.treeWindow, state.arrangement.selectedRow)
    return command(forPressAt: row, column, on: tree, visible: visible, selected: selected)
  }
}
