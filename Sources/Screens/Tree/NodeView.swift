import Canvas
import Health
import Monitor

/// One line of the tree.
struct NodeView {
  let context: DrawContext
  let node: TreeNode

  private var marks: Marks { context.marks }
  /// The column of the root's mark; each level is two columns further right.
  private static let rootColumn = 3

  func draw(row: Int, isSelected: Bool, on canvas: inout Canvas) {
    if isSelected { canvas.put(">", row: row, column: 0, role: .accent) }
    drawBranches(row: row, on: &canvas)
    let column = Self.rootColumn + 2 * node.depth
    drawFold(row: row, column: column, on: &canvas)
    let state = node.state.map { StateMark($0) }
    canvas.put(
      state?.sign(marks) ?? marks.ellipsis,
      row: row,
      column: column,
      role: state?.role ?? .textMuted
    )
    let end = drawRight(row: row, after: column + 2, on: &canvas)
    canvas.put(words, row: row, column: column + 2, width: max(end - 1 - column - 2, 0))
    if isSelected { canvas.select(row: row) }
  }

  private func drawBranches(row: Int, on canvas: inout Canvas) {
    for (level, goesOn) in node.lines.enumerated() {
      let isOwn = level == node.lines.count - 1
      let sign =
        isOwn
        ? (goesOn ? marks.treeBranch : marks.treeLast)
        : (goesOn ? marks.vertical : " ")
      canvas.put(sign, row: row, column: Self.rootColumn + 2 * level, role: .treeLine)
    }
  }

  private func drawFold(row: Int, column: Int, on canvas: inout Canvas) {
    guard node.isExpandable else { return }
    let sign = node.isExpanded ? marks.treeOpen : marks.treeFolded
    // The root's sign is in the first columns, the others in the gap of their branch.
    canvas.put(sign, row: row, column: node.depth == 0 ? 1 : column - 1, role: .textMuted)
  }

  private var isNumber: Bool {
    switch node.subject {
    case .number, .sibling: true
    default: false
    }
  }

  /// Type, identifier and name.
  private var words: [Phrase] {
    var phrases: [Phrase] = []
    func add(_ text: String?, _ role: Role) {
      guard let text = text?.sanitized, !text.isEmpty else { return }
      phrases += [Phrase(phrases.isEmpty ? "" : " ", .text), Phrase(text, role)]
    }
    add(node.type, .treeType)
    if let count = node.count { add("(\(count))", .textMuted) }
    add(node.identifier.map { isNumber ? context.number($0) : $0 }, .text)
    add(node.name, node.state?.needsAttention == true ? .textStrong : .text)
    return phrases
  }

  /// Draws the note and the cause mark at the right edge.
  ///
  /// - Returns: Their first column.
  private func drawRight(row: Int, after: Int, on canvas: inout Canvas) -> Int {
    let end = canvas.width - 1
    let cause = node.isCause ? [Phrase("\(marks.pointer) cause", node.state.role)] : []
    let said = operatorNote
    let text = node.note.map { [Phrase($0.sanitized, .textMuted)] } ?? []
    let note = text + (text.isEmpty || said.isEmpty ? [] : [Phrase("  ", .text)]) + said
    let gap = note.isEmpty || cause.isEmpty ? [] : [Phrase("  ", .text)]
    // The words have priority: a note leaves them at least so much room.
    let least = after + min(max(words.cells, 8), (canvas.width - after) * 2 / 3)
    for phrases in [note + gap + cause, cause, note] where !phrases.isEmpty {
      let start = canvas.put(phrases, row: row, endingAt: end, after: least + 1)
      if start < end { return start }
    }
    return end
  }
}

extension NodeView {
  /// `ack` or `mute` behind what operators said something about.
  private var operatorNote: [Phrase] {
    let state = context.state
    let marks: OperatorMarks
    if let number = state.number(of: node) {
      marks = state.fleet[number]?.marks ?? []
    } else if let cause = state.cause(of: node) {
      marks = state.acknowledgement(of: cause) == nil ? [] : .acknowledged
    } else {
      return []
    }
    return NoteMark(marks).map { [Phrase($0.word, $0.role)] } ?? []
  }
}

extension HealthState? {
  fileprivate var role: Role { map { StateMark($0).role } ?? .textMuted }
}
