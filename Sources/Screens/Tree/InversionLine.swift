import Canvas
import Health
import Monitor

/// The title of an inverted tree: its state, age, name, and its numbers' states.
struct InversionLine {
  let context: DrawContext

  private var marks: Marks { context.marks }

  func draw(on canvas: inout Canvas) {
    guard let root = context.state.inversionRoot else { return }
    let cause = context.state.invertedCause
    let state = cause?.state ?? context.state.tree.outline?.nodes.first?.state ?? .unknown
    let mark = StateMark(state)
    let preposition = context.state.shell.timeFormat == .age ? "for" : "since"
    let since = cause?.since.map { moment in
      let isLowerBound = cause?.sinceIsLowerBound == true
      return " \(preposition) \(context.time(since: moment, isLowerBound: isLowerBound))"
    }
    let head = [
      Phrase("\(mark.sign(marks)) \(mark.phrase)", mark.role), Phrase(since ?? "", .text),
    ]
    let count = context.state.invertedCount
    let total = count == 1 ? "1 number" : "\(count) numbers"
    let right =
      [count > 0 ? total : nil, context.state.invertedSummary].compactMap(\.self)
      .joined(separator: marks.separator)
    let room = canvas.width - 2 - head.cells - TextWidth.cells(of: right) - 5
    let name = CauseName(context: context, id: root, cause: cause).phrases(width: max(room, 0))
    canvas.put(
      head + (room >= 8 ? [Phrase("  ", .text)] + name : []),
      row: 0,
      column: 1,
      width: canvas.width - 2
    )
    canvas.put(
      [Phrase(right, .textMuted)],
      row: 0,
      endingAt: canvas.width - 1,
      after: head.cells + 3
    )
  }
}
