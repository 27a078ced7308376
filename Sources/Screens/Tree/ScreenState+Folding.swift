// Commands of the tree only.
extension ScreenState {
  mutating func fold(_ node: TreeNode, open: Bool) {
    changeTree { $0.folds[node.id] = open }
    refreshOutline()
  }

  mutating func toggleAllFolds() {
    changeTree { arrangement in
      arrangement.allUnfolded.toggle()
      arrangement.folds = [:]
    }
    refreshOutline()
  }

  mutating func scrollDetail(_ movement: Movement) {
    let height = tree.detailRows
    let count = max(tree.detailLines - height + 1, 1)
    changeTree { arrangement in
      arrangement.detailScroll = Scrolling.target(
        of: movement,
        from: arrangement.detailScroll,
        count: count,
        height: height
      )
    }
  }
}
