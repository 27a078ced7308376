package import Health
package import Monitor

// Where the operator is in a tree.
extension ScreenState {
  /// The number whose tree is open.
  package var treeNumber: PhoneNumber.ID? {
    if case .tree(let id) = route { id } else { nil }
  }

  /// What the open tree is of, where it is an inverted one.
  package var inversionRoot: CauseID? {
    if case .inversion(let root) = route { root } else { nil }
  }

  /// Whether a tree is open, of a number or an inverted one.
  package var isInTree: Bool { treeNumber != nil || inversionRoot != nil }

  /// How the open tree stands.
  package var tree: TreeState { trees[route] ?? TreeState() }

  /// The node under the cursor.
  package var selectedNode: TreeNode? {
    guard let outline, !outline.nodes.isEmpty else { return nil }
    return outline.nodes[min(tree.selectedRow, outline.nodes.count - 1)]
  }

  /// All that is known of the node under the cursor.
  package var detail: EntityDetail? {
    guard let node = selectedNode else { return nil }
    guard inversionRoot == nil else { return invertedDetail(of: node) }
    guard let record = treeNumber.flatMap({ fleet[$0] }) else { return nil }
    return EntityDetail(of: node, record: record, fleet: fleet)
  }

  /// The lines of the tree that are visible where so many fit; always holds the cursor.
  package func treeWindow(height: Int) -> Range<Int> {
    let count = outline?.nodes.count ?? 0
    let first = Self.first(tree.scroll, holding: tree.selectedRow, of: count, height: height)
    return first..<min(first + max(height, 0), count)
  }

  mutating func openTree(of id: PhoneNumber.ID) {
    guard fleet.index(of: id) != nil, route != .tree(id) else { return }
    rawAnswers.look(at: id)
    // A number that is on the way here already is gone back to, so that the stack cannot grow forever.
    if let known = routes.firstIndex(of: .tree(id)) {
      routes.removeSubrange((known + 1)...)
    } else {
      routes.append(.tree(id))
      trees[route] = TreeState()
    }
    refreshOutline()
  }

  mutating func showList() {
    routes = [.list]
    trees = [:]
    isZoomed = false
    refreshOutline()
  }

  mutating func refreshOutline() {
    reconcileInversion()
    guard let outline = grownOutline else {
      outline = nil
      return
    }
    self.outline = outline
    changeTree { tree in
      if let id = tree.selection, let row = outline.row(of: id) {
        tree.selectedRow = row
      } else {
        tree.selectedRow = min(
          tree.selection == nil ? 0 : tree.selectedRow,
          outline.nodes.count - 1
        )
        if tree.selection != nil { tree.selection = outline.nodes[tree.selectedRow].id }
      }
    }
  }

  /// The open tree as it is now; nil where none is open.
  private var grownOutline: TreeOutline? {
    if let record = treeNumber.flatMap({ fleet[$0] }) {
      return TreeOutline(of: record, in: fleet, wabaIndex, arranged: tree)
    }
    return inversionRoot == nil ? nil : invertedOutline
  }

  mutating func selectNode(row: Int) {
    guard let outline, !outline.nodes.isEmpty else { return }
    let (count, height) = (outline.nodes.count, viewport.treeRows)
    changeTree { tree in
      let former = tree.selectedRow
      tree.selectedRow = min(max(row, 0), count - 1)
      tree.selection = outline.nodes[tree.selectedRow].id
      tree.scroll = Self.first(tree.scroll, holding: tree.selectedRow, of: count, height: height)
      if tree.selectedRow != former { tree.detailScroll = 0 }
    }
  }

  mutating func changeTree(_ change: (inout TreeState) -> Void) {
    guard isInTree else { return }
    change(&trees[route, default: TreeState()])
  }
}
