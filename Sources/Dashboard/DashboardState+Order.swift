import Health

// Filter, sort order, and the way from problem to problem.
extension DashboardState {
  mutating func startFilter() {
    guard !isTypingFilter else { return }
    filterBeforeTyping = filter
  }

  mutating func editFilter(_ edit: FilterEdit) {
    guard let former = filterBeforeTyping else { return }
    switch edit {
    case .insert(let text): setFilter(PlainFilter(filter.text + text))
    case .deleteBackward: setFilter(PlainFilter(String(filter.text.dropLast())))
    case .deleteWord: setFilter(PlainFilter(filter.text.withoutLastWord))
    case .clear: setFilter(PlainFilter())
    case .keep: filterBeforeTyping = nil
    case .drop:
      filterBeforeTyping = nil
      setFilter(former)
    }
  }

  mutating func setFilter(_ filter: PlainFilter) {
    guard filter != self.filter else { return }
    self.filter = filter
    applyFilter()
  }

  mutating func setOnlyProblems(_ only: Bool) {
    onlyProblems = only
    applyFilter()
  }

  mutating func sort(by order: SortOrder) {
    guard order != sort else { return }
    sort = order
    rows.sort(by: order, fleet)
    settleSelection()
  }

  /// Goes to the nearest row in that direction that isn't plainly fine, round the end if need be.
  mutating func seekProblem(_ step: Int) {
    guard treeNumber == nil else { return seekProblemNode(step) }
    if route == .tiles { return stepTile(step > 0 ? .right : .left) }
    let count = rows.count
    var row = selectedRow
    for _ in 0..<count {
      row = (row + step + count) % count
      if record(at: row).state.needsAttention { return select(row: row) }
    }
    message = Message("No number needs attention.", at: now)
  }

  private mutating func seekProblemNode(_ step: Int) {
    guard let nodes = outline?.nodes, !nodes.isEmpty else { return }
    var row = tree.selectedRow
    for _ in nodes {
      row = (row + step + nodes.count) % nodes.count
      if nodes[row].state?.needsAttention == true { return selectNode(row: row) }
    }
  }

  private mutating func applyFilter() {
    rows.apply(RowFilter(text: filter, onlyProblems: onlyProblems), fleet)
    applyFilterToTiles()
    // A number that is filtered out leaves the cursor to the first one that isn't.
    if let selection, fleet.index(of: selection).flatMap(rows.row) == nil {
      (selectedRow, scroll) = (0, 0)
    }
    settleSelection()
  }
}

extension SortColumn {
  func neighbour(_ step: Int) -> SortColumn {
    let all = Self.allCases
    return all[(rawValue + step + all.count) % all.count]
  }
}
