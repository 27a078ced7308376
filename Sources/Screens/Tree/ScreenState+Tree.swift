package import Health
package import Monitor

// The state of the open tree.
extension ScreenState {
  /// The number whose tree is open.
  package var treeNumber: PhoneNumber.ID? {
    if case .tree(let id) = route { id } else { nil }
  }

  /// The root of the open inverted tree.
  package var inversionRoot: CauseID? {
    if case .inversion(let root) = route { root } else { nil }
  }

  /// Whether a tree is open, of a number or an inverted one.
  package var isInTree: Bool { treeNumber != nil || inversionRoot != nil }

  /// The arrangement of the open tree.
  package var arrangement: TreeArrangement { tree.arrangements[route] ?? TreeArrangement() }

  /// The node under the cursor.
  package var selectedNode: TreeNode? {
    guard let outline = tree.outline, !outline.nodes.isEmpty else { return nil }
    return outline.nodes[min(arrangement.selectedRow, outline.nodes.count - 1)]
  }

  /// The detail of the node under the cursor.
  package var detail: EntityDetail? {
    guard let node = selectedNode else { return nil }
    guard inversionRoot == nil else { return invertedDetail(of: node) }
    guard let record = treeNumber.flatMap({ fleet[$0] }) else { return nil }
    let detail = EntityDetail(
      of: node,
      record: record,
      fleet: fleet,
      causes: causeIndex,
      progress: confirmation.progress(of: record.id)
    )
    .noted(noteLines(of: node))
    guard case .number = node.subject else { return detail }
    return withHistory(detail, of: record.id)
  }

  /// A number's detail with how it was lately, as far as that is known.
  func withHistory(_ detail: EntityDetail, of number: PhoneNumber.ID) -> EntityDetail {
    history(of: number).map { detail.adding($0.section) } ?? detail
  }

  /// The visible lines of the tree, which always contain the cursor.
  package var treeWindow: Range<Int> {
    let count = tree.outline?.nodes.count ?? 0
    let row = arrangement.selectedRow
    return Scrolling.window(arrangement.scroll, holding: row, of: count, height: tree.visibleRows)
  }

  mutating func openTree(of id: PhoneNumber.ID) {
    guard fleet.index(of: id) != nil, route != .tree(id) else { return }
    shell.lookedAt.insert(id)
    // If the number's tree is already open below, it goes back to it, so that the stack can't grow
    // without limit.
    if let known = shell.routes.firstIndex(of: .tree(id)) {
      shell.routes.removeSubrange((known + 1)...)
    } else {
      shell.routes.append(.tree(id))
      tree.arrangements[route] = TreeArrangement()
    }
    refreshOutline()
  }

  mutating func refreshOutline() {
    reconcileInversion()
    guard let outline = currentOutline else {
      tree.outline = nil
      return
    }
    tree.outline = outline
    changeTree { arrangement in
      if let id = arrangement.selection, let row = outline.row(of: id) {
        arrangement.selectedRow = row
      } else {
        arrangement.selectedRow = min(
          arrangement.selection == nil ? 0 : arrangement.selectedRow,
          outline.nodes.count - 1
        )
        if arrangement.selection != nil {
          arrangement.selection = outline.nodes[arrangement.selectedRow].id
        }
      }
    }
  }

  /// The current lines of the open tree; nil if none is open.
  private var currentOutline: TreeOutline? {
    if let record = treeNumber.flatMap({ fleet[$0] }) {
      return TreeOutline(of: record, in: fleet, tree.wabaIndex, arranged: arrangement)
    }
    return inversionRoot == nil ? nil : invertedOutline
  }

  mutating func selectNode(row: Int) {
    guard let outline = tree.outline, !outline.nodes.isEmpty else { return }
    let (count, height) = (outline.nodes.count, tree.visibleRows)
    changeTree { arrangement in
      let former = arrangement.selectedRow
      arrangement.selectedRow = min(max(row, 0), count - 1)
      arrangement.selection = outline.nodes[arrangement.selectedRow].id
      arrangement.scroll = Scrolling.first(
        arrangement.scroll,
        holding: arrangement.selectedRow,
        of: count,
        height: height
      )
      if arrangement.selectedRow != former { arrangement.detailScroll = 0 }
    }
  }

  mutating func changeTree(_ change: (inout TreeArrangement) -> Void) {
    guard isInTree else { return }
    change(&tree.arrangements[route, default: TreeArrangement()])
  }
}
