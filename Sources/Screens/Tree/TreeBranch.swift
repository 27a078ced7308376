import Health

/// A node and its children, which are made only if it is unfolded.
struct TreeBranch {
  var node: TreeNode
  /// Nil for a leaf.
  var children: (() -> [TreeBranch])?
  /// Whether it is unfolded by default.
  var opensByItself = false

  init(_ node: TreeNode) { self.node = node }

  /// The unfolded lines of the tree, from top to bottom.
  func flattened(_ arranged: TreeArrangement) -> [TreeNode] {
    var nodes: [TreeNode] = []
    append(to: &nodes, lines: [], arranged)
    return nodes
  }

  private func append(to nodes: inout [TreeNode], lines: [Bool], _ arranged: TreeArrangement) {
    var node = node
    node.lines = lines
    node.depth = lines.count
    node.isExpandable = children != nil
    node.isExpanded = children != nil && isOpen(arranged)
    nodes.append(node)
    guard node.isExpanded, let children = children?() else { return }
    for (index, child) in children.enumerated() {
      child.append(to: &nodes, lines: lines + [index < children.count - 1], arranged)
    }
  }

  /// A line for more items stays closed until it is opened itself, because groups can be huge.
  private func isOpen(_ arranged: TreeArrangement) -> Bool {
    if let fold = arranged.folds[node.id] { return fold }
    if case .more = node.subject { return false }
    return opensByItself || arranged.allUnfolded
  }

  /// The first few of a group, and a line for the rest until it is opened.
  static func few<Members: RandomAccessCollection>(
    _ members: Members,
    of group: TreeNode.ID,
    _ arranged: TreeArrangement,
    branch: (Members.Element) -> TreeBranch
  ) -> [TreeBranch] {
    let more = TreeNode.ID.more(group)
    guard members.count > shown + 1, arranged.folds[more] != true else {
      return members.map(branch)
    }
    var rest = TreeBranch(
      TreeNode(id: more, subject: .more(members.count - shown), state: nil)
    )
    rest.node.note = "\(members.count - shown) more"
    rest.children = { [] }
    return members.prefix(shown).map(branch) + [rest]
  }

  private static let shown = 8
}

extension [TreeBranch] {
  /// A stable sort, worst first.
  func worstFirst() -> [TreeBranch] {
    stablySorted { ($0.node.state ?? .available) < ($1.node.state ?? .available) }
  }
}
