import Health

extension EntityDetail {
  init(of node: TreeNode, record: NumberRecord, fleet: Fleet) {
    self.init(
      title: [node.type, node.identifier].compactMap(\.self).joined(separator: " "),
      sections: []
    )
  }
}
