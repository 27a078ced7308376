import Health
import Monitor

// What moving, opening and going back mean in each place.
extension ScreenState {
  mutating func move(_ movement: Movement) {
    switch route {
    case .list:
      let height = viewport.listRows
      select(row: Self.target(of: movement, from: selectedRow, count: rows.count, height: height))
    case .tiles: moveTiles(movement)
    case .causes: moveInCauses(movement)
    case .events: moveInEvents(movement)
    case .tree, .inversion:
      let (count, height) = (outline?.nodes.count ?? 0, viewport.treeRows)
      let row = tree.selectedRow
      selectNode(row: Self.target(of: movement, from: row, count: count, height: height))
    }
  }

  mutating func select(visibleRow: Int) {
    switch route {
    case .list: select(row: window(height: viewport.listRows).lowerBound + visibleRow)
    case .tiles: select(tile: visibleRow)
    case .tree, .inversion:
      selectNode(row: treeWindow(height: viewport.treeRows).lowerBound + visibleRow)
    case .causes: selectCause(visibleLine: visibleRow)
    case .events: selectEvent(visibleLine: visibleRow)
    }
  }

  /// Moves the window; a cursor that would be out of sight goes with it.
  mutating func scroll(by lines: Int) {
    switch route {
    case .list:
      let height = max(viewport.listRows, 1)
      let first = max(0, min(scroll + lines, rows.count - height))
      scroll = first
      select(row: min(max(selectedRow, first), first + height - 1))
    case .tiles: moveTiles(lines > 0 ? .pageDown : .pageUp)
    case .causes: moveInCauses(lines > 0 ? .down : .up)
    case .events: moveInEvents(lines > 0 ? .down : .up)
    case .tree, .inversion:
      let (count, height) = (outline?.nodes.count ?? 0, max(viewport.treeRows, 1))
      let first = max(0, min(tree.scroll + lines, count - height))
      changeTree { $0.scroll = first }
      selectNode(row: min(max(tree.selectedRow, first), first + height - 1))
    }
  }

  mutating func goLeft() {
    if route == .tiles { return stepTile(.left) }
    if case .events = route { return foldEvent(open: false) }
    guard isInTree else {
      guard route == .list else { return }
      pan = max(0, pan - Self.panStep)
      return
    }
    guard let node = selectedNode, let outline else { return }
    if node.isExpanded {
      fold(node, open: false)
    } else if let parent = outline.parent(of: tree.selectedRow) {
      selectNode(row: parent)
    }
  }

  mutating func goRight() {
    if route == .tiles { return stepTile(.right) }
    if case .events = route { return foldEvent(open: true) }
    guard isInTree else {
      guard route == .list else { return }
      pan = min(pan + Self.panStep, Self.furthestPan)
      return
    }
    guard let node = selectedNode else { return }
    if node.isExpanded {
      selectNode(row: tree.selectedRow + 1)
    } else if node.isExpandable {
      fold(node, open: true)
    }
  }

  mutating func open() {
    guard !isTypingFilter else { return editFilter(.keep) }
    switch route {
    case .list, .tiles: if let id = selectedRecord?.id { openTree(of: id) }
    case .causes: openCause()
    case .events: openEvent()
    case .tree, .inversion: openNode()
    }
  }

  private mutating func openNode() {
    guard let node = selectedNode else { return }
    if case .sibling(let id) = node.subject {
      openTree(of: id)
    } else if case .root(let cause) = node.subject, node.depth > 0 {
      openInversion(of: cause)
    } else if node.isExpandable, node.depth > 0 {
      fold(node, open: !node.isExpanded)
    } else {
      isZoomed.toggle()
    }
  }

  mutating func goBack() {
    if isTypingFilter {
      editFilter(.drop)
    } else if routes.count > 1 {
      leaveView()
    } else if wall != nil {
      toggleWall()
    } else if route == .causes || route == .events(nil) {
      return
    } else if !filter.isEmpty {
      setFilter(Filter())
    } else if onlyProblems {
      setOnlyProblems(false)
    } else {
      clearMarks()
    }
  }

  mutating func toggleAllFolds() {
    changeTree { tree in
      tree.allUnfolded.toggle()
      tree.folds = [:]
    }
    refreshOutline()
  }

  mutating func scrollDetail(_ movement: Movement) {
    let height = viewport.detailRows
    let count = max(viewport.detailLines - height + 1, 1)
    changeTree { tree in
      tree.detailScroll = Self.target(
        of: movement,
        from: tree.detailScroll,
        count: count,
        height: height
      )
    }
  }

  private static let panStep = 8
  /// There is nothing to see beyond as many steps as there are columns.
  private static let furthestPan = panStep * SortColumn.allCases.count

  mutating func leaveView() {
    if isZoomed, isInTree {
      isZoomed = false
      return
    }
    trees[route] = nil
    if routes.count > 1 { routes.removeLast() } else { routes = [.list] }
    reconcileEvents()
    refreshOutline()
  }

  private mutating func fold(_ node: TreeNode, open: Bool) {
    changeTree { $0.folds[node.id] = open }
    refreshOutline()
  }
}
