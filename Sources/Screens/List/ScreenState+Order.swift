import Health
import Monitor

// Filter, sort order, and the way from problem to problem.
extension ScreenState {
  mutating func startFilter() {
    guard !isTypingFilter else { return }
    filterDraft = FilterDraft(text: filter.text, former: filter)
  }

  mutating func editFilter(_ edit: FilterEdit) {
    guard let draft = filterDraft else { return }
    switch edit {
    case .insert(let text):
      // One more than is allowed, so that it is said.
      typeFilter(draft.text + text.prefix(max(CommandPrompt.longest + 1 - draft.text.count, 0)))
    case .deleteBackward: typeFilter(String(draft.text.dropLast()))
    case .deleteWord: typeFilter(draft.text.withoutLastWord)
    case .clear: typeFilter("")
    // A text that is wrong stays to be mended or dropped.
    case .keep: if draft.error == nil { filterDraft = nil }
    case .drop:
      filterDraft = nil
      setFilter(draft.former)
    }
  }

  /// Applies what was typed as soon as it is understood; until then the last valid filter stays.
  private mutating func typeFilter(_ text: String) {
    do {
      setFilter(try Filter(text))
      filterDraft?.error = nil
    } catch {
      filterDraft?.error = error
    }
    filterDraft?.text = text
  }

  /// Takes a whole filter; one that is wrong changes nothing and says why.
  mutating func filter(by text: String) {
    do {
      setFilter(try Filter(text))
    } catch {
      message = Message("No filter: \(error.message).", kind: .error, at: now)
    }
  }

  mutating func setFilter(_ filter: Filter) {
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
    rows.sort(by: order, fleet, at: now)
    reconcileSelection()
  }

  /// Goes to the nearest row in that direction that isn't plainly fine, round the end if need be.
  ///
  /// Where a filter lets only fine numbers through, each of them is a match worth going to.
  mutating func seekProblem(_ step: Int) {
    guard treeNumber == nil else { return seekProblemNode(step) }
    if route == .tiles { return stepTile(step > 0 ? .right : .left) }
    let count = rows.count
    var row = selectedRow
    for _ in 0..<count {
      row = (row + step + count) % count
      if record(at: row).state.needsAttention { return select(row: row) }
    }
    if !filter.isEmpty, count > 0 { return select(row: (selectedRow + step + count) % count) }
    message = Message("No number needs attention.", at: now)
  }

  private mutating func seekProblemNode(_ step: Int) {
    guard let nodes = outline?.nodes, !nodes.isEmpty else { return }
    var row = tree.selectedRow
    for _ in nodes {
      row = (row + step + nodes.count) % nodes.count
      if nodes[row].state?.needsAttention == true || filter.finds(nodes[row]) {
        return selectNode(row: row)
      }
    }
  }

  private mutating func applyFilter() {
    rows.apply(RowFilter(filter: filter, onlyProblems: onlyProblems), fleet, at: now)
    applyFilterToTiles()
    // A number that is filtered out leaves the cursor to the first one that isn't.
    if let selection, fleet.index(of: selection).flatMap(rows.row) == nil {
      (selectedRow, scroll) = (0, 0)
    }
    reconcileSelection()
  }
}

extension Filter {
  /// Whether one of its words stands in a line of the tree.
  fileprivate func finds(_ node: TreeNode) -> Bool {
    [node.name, node.identifier].contains { $0.map { !ranges(in: $0).isEmpty } ?? false }
  }
}

extension SortColumn {
  func neighbour(_ step: Int) -> SortColumn {
    let all = Self.allCases
    return all[(rawValue + step + all.count) % all.count]
  }
}
