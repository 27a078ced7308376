/// How the operator has arranged the tree of one number.
package struct TreeArrangement: Hashable, Sendable {
  /// Nil is the root.
  package var selection: TreeNode.ID?
  package var selectedRow: Int
  package var scroll: Int
  package var detailScroll: Int
  /// Nodes that the operator folded (false) or unfolded (true); others have their default.
  package var folds: [TreeNode.ID: Bool]
  /// Whether nodes that `folds` doesn't name are unfolded.
  package var allUnfolded: Bool

  package init() {
    selectedRow = 0
    scroll = 0
    detailScroll = 0
    folds = [:]
    allUnfolded = false
  }
}
