import Canvas
import Health
import Monitor

/// One number in trouble, or a cause with all its numbers, as a tile.
///
///     ▌✘ Acme Orders UK
///     ▌+447700900131
///     ▌2h14m  payment failed
struct TileView {
  let context: DrawContext
  let record: NumberRecord
  /// How many numbers the tile represents.
  let count: Int

  private var isGroup: Bool { count > 1 }

  private var marks: Marks { context.marks }
  private var mark: StateMark { StateMark(record.state) }

  func draw(isSelected: Bool, on canvas: inout Canvas) {
    for (row, line) in lines(height: canvas.height, width: canvas.width - 2).enumerated() {
      canvas.put(marks.edge, row: row, column: 0, role: mark.history)
      canvas.put(line, row: row, column: 1, width: max(canvas.width - 2, 0))
      if isSelected { canvas.select(row: row, columns: 0..<max(canvas.width - 1, 0)) }
    }
    if isSelected { canvas.put(">", row: 0, column: 0, role: .accent) }
    if isSelected { canvas.select(row: 0, columns: 0..<1) }
  }

  private func lines(height: Int, width: Int) -> [[Phrase]] {
    let name = isGroup ? "\(count) numbers" : name
    let sign = Phrase(mark.sign(marks), mark.role)
    let head = [sign, Phrase(" ", .text), Phrase(name, .textStrong)]
    switch height {
    case ...1: return [isGroup ? shortGroup(width) : short(head, width)]
    case 2: return [head, isGroup ? [Phrase(subject(width), .text)] : reason(width)]
    default: return [head, [Phrase(isGroup ? subject(width) : number, .text)], reason(width)]
    }
  }

  /// Name and age, if both fit.
  private func short(_ head: [Phrase], _ width: Int) -> [Phrase] {
    let since = context.since(record)
    let gap = width - head.cells - TextWidth.cells(of: since)
    guard gap >= 1 else { return head }
    return head + [Phrase(String(repeating: " ", count: gap) + since, .textMuted)]
  }

  private func shortGroup(_ width: Int) -> [Phrase] {
    let head = [Phrase("\(mark.sign(marks)) \(count)", mark.role), Phrase(" ", .text)]
    return head + [Phrase(subject(width - head.cells), .textStrong)]
  }

  private var name: String { record.shownName ?? number }

  private var number: String { context.number(record) }

  /// The age and the reason.
  private func reason(_ width: Int) -> [Phrase] {
    let since = context.since(record)
    let used = TextWidth.cells(of: since)
    let room = width - TextWidth.cells(of: cause)
    let pad = String(repeating: " ", count: max(min(7, room) - used, 1))
    return [Phrase(since + pad, .textMuted), Phrase(cause, .text)]
  }

  private var cause: String {
    guard let cause = record.assessment.causes.first else { return "" }
    if let why = cause.shortName { return why.sanitized }
    switch cause.kind {
    case .entity(.phoneNumber): return "NUMBER"
    case .entity(.messageTemplate): return "TEMPLATE"
    case .entity(let type): return type.word.sanitized
    default: return cause.kind.word.lowercased()
    }
  }

  /// What all of its numbers have in common.
  private func subject(_ width: Int) -> String {
    let state = context.state
    guard let place = state.fleet.index(of: record.id),
      let first = state.causeIndex.headline(ofNumberAt: place, in: state.fleet)
    else { return cause }
    let subjects = CauseWords(context: context, cause: first).subjects
    return subjects.first { TextWidth.cells(of: $0) <= width } ?? subjects.last ?? cause
  }
}

extension NumberRecord {
  /// The operator's label, else the verified name, sanitized and masked.
  var shownName: String? {
    guard let name = (number.label ?? name)?.sanitized, !name.isEmpty else { return nil }
    return name
  }
}
