package import Health

// Where the operator is in a tree.
extension DashboardState {
  /// The number whose tree is open.
  package var treeNumber: PhoneNumber.ID? {
    if case .tree(let id) = route { id } else { nil }
  }

  /// How the open tree stands.
  package var tree: TreeState {
    treeNumber.flatMap { trees[$0] } ?? TreeState()
  }

  /// The node under the cursor.
  package var selectedNode: TreeNode? {
    guard let outline, !outline.nodes.isEmpty else { return nil }
    return outline.nodes[min(tree.selectedRow, outline.nodes.count - 1)]
  }

  /// All that is known of the node under the cursor.
  package var detail: EntityDetail? {
    guard let treeNumber, let node = selectedNode, let record = fleet[treeNumber] else {
      return nil
    }
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
      trees[id] = TreeState()
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
    guard let treeNumber, let record = fleet[treeNumber] else {
      outline = nil
      return
    }
    let outline = TreeOutline(of: record, in: fleet, kin, arranged: tree)
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
    guard let treeNumber else { return }
    change(&trees[treeNumber, default: TreeState()])
  }
}
