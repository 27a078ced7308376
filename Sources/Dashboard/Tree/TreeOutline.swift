import Health

/// The drill-down tree of one number, as the lines that are unfolded, from top to bottom.
package struct TreeOutline: Hashable, Sendable {
  package let nodes: [TreeNode]

  package func row(of id: TreeNode.ID) -> Int? {
    nodes.firstIndex { $0.id == id }
  }

  package func parent(of row: Int) -> Int? {
    guard nodes.indices.contains(row), nodes[row].depth > 0 else { return nil }
    return nodes[..<row].lastIndex { $0.depth == nodes[row].depth - 1 }
  }

  init(of record: NumberRecord, in fleet: Fleet, arranged: TreeState) {
    nodes = [
      TreeNode(
        id: .number,
        subject: .number(nil),
        depth: 0,
        state: record.state,
        type: "PHONE_NUMBER",
        identifier: record.displayNumber,
        name: record.name
      )
    ]
  }
}
