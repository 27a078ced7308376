import Monitor

// Navigation between views.
extension ScreenState {
  /// Shows a view with a tab.
  mutating func show(_ route: Route) {
    guard shell.routes != [route] else { return }
    shell.routes = [route]
    tree.arrangements = [:]
    tree.isZoomed = false
    room.reconcile(in: &self)
    refreshOutline()
  }

  /// Shows the tree of the chosen item.
  mutating func showTree() {
    if let id = room.numberForTree(in: self) ?? selectedRecord?.id { openTree(of: id) }
  }

  mutating func open() {
    guard !isTypingFilter else { return editFilter(.keep) }
    room.open(in: &self)
  }

  mutating func goBack() {
    if isTypingFilter {
      editFilter(.drop)
    } else if shell.routes.count > 1 {
      leaveView()
    } else if shell.wall != nil {
      toggleWall()
    } else if !room.isFiltered {
      return
    } else if !filtering.filter.isEmpty {
      setFilter(Filter())
    } else if room.place != .list, room.place != .tiles {
      return
    } else if filtering.onlyProblems {
      setOnlyProblems(false)
    } else {
      clearMarks()
    }
  }

  mutating func leaveView() {
    if tree.isZoomed, isInTree {
      tree.isZoomed = false
      return
    }
    tree.arrangements[route] = nil
    if shell.routes.count > 1 { shell.routes.removeLast() } else { shell.routes = [.list] }
    room.reconcile(in: &self)
    refreshOutline()
  }
}
