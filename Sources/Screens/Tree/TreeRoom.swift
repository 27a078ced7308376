import Canvas
import Health
import Monitor

extension KeyBinding.Place {
  package static let tree = Self(
    "tree",
    .showTree,
    "view: the tree of the chosen number",
    needs: .number,
    isFiltered: true
  )
}

/// The tree of a number, or the inverted tree of what numbers have in common.
struct TreeRoom: ViewRoom {
  enum Root: Hashable, Sendable {
    case number(PhoneNumber.ID)
    case cause(CauseID)
  }

  let root: Root
  let place = KeyBinding.Place.tree
  /// It is opened from another view.
  let isTab = false

  private var number: PhoneNumber.ID? { if case .number(let id) = root { id } else { nil } }

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout {
    let tree = context.state.tree
    var layout = TreeLayout(
      area: area,
      isZoomed: tree.isZoomed,
      nodes: tree.outline?.nodes.count ?? 0
    )
    if layout.detail.height > 0 {
      let width = layout.detail.width
      layout.detailLines = DetailView.rows(of: context.state.detail, context, width: width)
    }
    return layout
  }

  func title(_ context: DrawContext) -> String {
    switch root {
    case .number(let id): context.name(of: id)
    case .cause(let cause): context.name(of: cause)
    }
  }

  func standing(_ context: DrawContext) -> [[Phrase]] {
    let nodes = context.state.tree.outline?.nodes ?? []
    let causes = nodes.count { $0.isCause }
    let row = min(context.state.arrangement.selectedRow + 1, nodes.count)
    var parts = ["node \(row) of \(nodes.count)"]
    if causes > 0 { parts.append(causes == 1 ? "1 cause" : "\(causes) causes") }
    return context.narrowed([
      [Phrase(parts.joined(separator: context.marks.separator), .textMuted)]
    ])
  }

  func visiblePart(of state: ScreenState) -> VisiblePart {
    let tree = state.tree
    guard tree.isZoomed else {
      return VisiblePart(range: state.treeWindow, count: tree.outline?.nodes.count ?? 0)
    }
    let first = min(state.arrangement.detailScroll, max(tree.detailLines - tree.detailRows, 0))
    let last = min(first + tree.detailRows, tree.detailLines)
    return VisiblePart(range: first..<max(first, last), count: tree.detailLines)
  }

  func visibleAges(in state: ScreenState) -> [Age] {
    switch root {
    case .number(let id):
      guard let record = state.fleet[id] else { return [] }
      return state.ages(of: [record.latest?.moment].compactMap(\.self)) + [state.age(of: record)]
    case .cause: return state.ages(of: [state.invertedCause?.since].compactMap(\.self))
    }
  }

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState) {
    let (row, count) = (state.arrangement.selectedRow, state.tree.outline?.nodes.count ?? 0)
    let height = state.tree.visibleRows
    state.selectNode(row: Scrolling.target(of: movement, from: row, count: count, height: height))
  }

  func select(visibleRow: Int, in state: inout ScreenState) {
    state.selectNode(row: state.treeWindow.lowerBound + visibleRow)
  }

  func scroll(by lines: Int, in state: inout ScreenState) {
    let (count, height) = (state.tree.outline?.nodes.count ?? 0, max(state.tree.visibleRows, 1))
    let first = max(0, min(state.arrangement.scroll + lines, count - height))
    state.changeTree { $0.scroll = first }
    state.selectNode(row: min(max(state.arrangement.selectedRow, first), first + height - 1))
  }

  /// Folds, or goes to the parent.
  func goLeft(in state: inout ScreenState) {
    guard let node = state.selectedNode, let outline = state.tree.outline else { return }
    if node.isExpanded {
      state.fold(node, open: false)
    } else if let parent = outline.parent(of: state.arrangement.selectedRow) {
      state.selectNode(row: parent)
    }
  }

  /// Unfolds, or goes to the first child.
  func goRight(in state: inout ScreenState) {
    guard let node = state.selectedNode else { return }
    if node.isExpanded {
      state.selectNode(row: state.arrangement.selectedRow + 1)
    } else if node.isExpandable {
      state.fold(node, open: true)
    }
  }

  func open(in state: inout ScreenState) {
    guard let node = state.selectedNode else { return }
    if case .sibling(let id) = node.subject {
      state.openTree(of: id)
    } else if case .root(let cause) = node.subject, node.depth > 0 {
      state.openInversion(of: cause)
    } else if node.isExpandable, node.depth > 0 {
      state.fold(node, open: !node.isExpanded)
    } else {
      state.tree.isZoomed.toggle()
    }
  }

  func seekProblem(_ step: Int, in state: inout ScreenState) {
    guard let nodes = state.tree.outline?.nodes, !nodes.isEmpty else { return }
    var row = state.arrangement.selectedRow
    for _ in nodes {
      row = (row + step + nodes.count) % nodes.count
      let node = nodes[row]
      if node.state?.needsAttention == true || state.filtering.filter.finds(node) {
        return state.selectNode(row: row)
      }
    }
  }

  func invert(in state: inout ScreenState) {
    guard number != nil else { return state.goBack() }
    guard let root = state.nodeToInvert else { return state.say("No other number depends on it.") }
    state.openInversion(of: root)
  }

  // MARK: What is chosen

  func hasLine(in state: ScreenState) -> Bool { !(state.tree.outline?.nodes.isEmpty ?? true) }

  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID? {
    if case .sibling(let id) = state.selectedNode?.subject { return id }
    return number
  }

  func numberForTree(in state: ScreenState) -> PhoneNumber.ID? {
    number ?? chosenNumber(in: state)
  }

  func eventSubject(in state: ScreenState) -> EventSubject? {
    switch state.selectedNode?.subject {
    case .sibling(let id)?: .number(id)
    case .root(let cause)?: .cause(cause)
    case .otherWABA(let id, _)?, .template(_, let id)?:
      .cause(.entity(EntityReference(type: .waba, id: id)))
    case .entity(let entity)?: entity.reference.map { .cause(.entity($0)) }
    case .poll?: number.map { .account($0.account) }
    default: rootSubject
    }
  }

  private var rootSubject: EventSubject {
    switch root {
    case .number(let id): .number(id)
    case .cause(let cause): .cause(cause)
    }
  }

  func linkToCopy(in state: ScreenState) -> CopiedText? {
    state.detail?.link.map(CopiedText.init(link:))
  }

  func identifierToCopy(in state: ScreenState) -> CopiedText? {
    guard let node = state.selectedNode else { return state.numbersToCopy }
    let id: String? =
      if case .template(let template, _) = node.subject { template.id } else { node.identifier }
    return (id ?? node.name).map { CopiedText(what: $0.printable, text: $0.printable) }
  }
}

extension Filter {
  /// Whether one of its words is in a line of the tree.
  fileprivate func finds(_ node: TreeNode) -> Bool {
    [node.name, node.identifier].contains { $0.map { !ranges(in: $0).isEmpty } ?? false }
  }
}
