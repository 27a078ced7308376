import Canvas
import Health
import Monitor

/// One number in trouble, or a cause with all its numbers, as a tile.
///
///     ▌✘ Acme Orders UK  2h14m
///     ▌+447700900131
///     ▌payment failed
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
    let role: Role = record.marks.contains(.muted) ? .textMuted : .textStrong
    let head = [sign, Phrase(" \(progress)", .textMuted), Phrase(name, role)]
    switch height {
    case ...1: return isGroup ? [shortGroup(width)] : aged([head], width)
    case 2:
      return isGroup
        ? noted([head, [Phrase(subject(width), .text)]], width) : aged([head, reason], width)
    default:
      let lines = [head, [Phrase(isGroup ? subject(width) : number, .text)], reason]
      return aged(lines, width)
    }
  }

  /// With what operators said at the end of the last line that has room for it, but the first.
  private func noted(_ lines: [[Phrase]], _ width: Int) -> [[Phrase]] {
    guard let note = NoteMark(record.marks) else { return lines }
    var lines = lines
    let gaps = lines.map { width - $0.cells - TextWidth.cells(of: note.word) }
    if let row = gaps.indices.dropFirst().last(where: { gaps[$0] >= 1 }) {
      lines[row].append(Phrase(String(repeating: " ", count: gaps[row]), .text))
      lines[row].append(Phrase(note.word, note.role))
    }
    return lines
  }

  /// With the age at the end of the first line that has room for it, so that no reason is cut.
  ///
  /// What operators said is before the age if it has no room of its own.
  private func aged(_ lines: [[Phrase]], _ width: Int) -> [[Phrase]] {
    let bare = lines
    var lines = noted(bare, width)
    let note = lines == bare ? NoteMark(record.marks) : nil
    let letter = note.map { Phrase("\($0.letter) ", $0.role) }
    let flap = record.polls.isFlapping ? "flap " : ""
    let since = Phrase(flap + context.since(record), .textMuted)
    for end in [[letter, since].compactMap(\.self), [since]] {
      let gaps = lines.map { width - $0.cells - end.cells }
      guard let row = gaps.firstIndex(where: { $0 >= 1 }) else { continue }
      lines[row].append(Phrase(String(repeating: " ", count: gaps[row]), .textMuted))
      lines[row] += end
      return lines
    }
    return lines
  }

  private func shortGroup(_ width: Int) -> [Phrase] {
    let head = [Phrase("\(mark.sign(marks)) \(count)", mark.role), Phrase(" ", .text)]
    return head + [Phrase(subject(width - head.cells), .textStrong)]
  }

  private var name: String { record.shownName ?? number }

  private var number: String { context.number(record) }

  /// How far the state is confirmed; empty if it is.
  private var progress: String {
    guard !isGroup else { return "" }
    return context.state.confirmation.progress(of: record.id).map { "\($0.text) " } ?? ""
  }

  private var reason: [Phrase] { [Phrase(record.reason, .text)] }

  /// What all of its numbers have in common.
  private func subject(_ width: Int) -> String {
    let state = context.state
    guard let place = state.fleet.index(of: record.id),
      let first = state.causeIndex.headline(ofNumberAt: place, in: state.fleet)
    else { return record.reason }
    let subjects = CauseWords(context: context, cause: first).subjects
    return subjects.first { TextWidth.cells(of: $0) <= width } ?? subjects.last ?? record.reason
  }
}

extension NumberRecord {
  /// The operator's label, else the verified name, sanitized and masked.
  var shownName: String? {
    guard let name = (number.label ?? name)?.sanitized, !name.isEmpty else { return nil }
    return name
  }

  /// Why the number is bad, in a few words.
  var reason: String {
    guard let cause = assessment.causes.first else { return "" }
    if let why = cause.shortName { return why.sanitized }
    switch cause.kind {
    case .entity(.phoneNumber): return "NUMBER"
    case .entity(.messageTemplate): return "TEMPLATE"
    case .entity(let type): return type.word.sanitized
    default: return cause.kind.word.lowercased()
    }
  }
}
