import Canvas
import Health
import Monitor

/// A line of the causes section, and below it what to do if there is room.
///
///     ✘ WABA 102938475610 Acme UK   ███████░░░  9 numbers   2h14m  141006 The payment method has a fault
///                                                                         → add a valid one · you act
struct TileCauseLine {
  let context: DrawContext
  let cause: TileCause
  /// The total for the bar's share, the same for all lines.
  let base: Int
  private let columns: Columns
  private let width: Int
  private let words: CauseWords

  init(context: DrawContext, cause: TileCause, of base: Int, width: Int) {
    self.context = context
    self.cause = cause
    self.base = base
    self.width = width
    columns = Columns(width: width)
    words = CauseWords(context: context, cause: cause.cause)
  }

  /// The number of lines: a second one for the remedy if both don't fit into one.
  var height: Int {
    guard words.remedy != nil, room >= Self.leastWords else { return 1 }
    return 2
  }

  /// The columns of every line.
  private struct Columns {
    let subject: Int
    let bar: Int
    let word: Bool
    let text: Int

    static let gap = 2
    static let since = 7

    init(width: Int) {
      switch width {
      case 150...: (subject, bar, word) = (34, 10, true)
      case 130...: (subject, bar, word) = (30, 10, true)
      case 100...: (subject, bar, word) = (27, 10, false)
      case 72...: (subject, bar, word) = (25, 6, false)
      default: (subject, bar, word) = (max(width - 2 - 6 - Self.since, 8), 0, false)
      }
      let counted = word ? 11 : 4
      let bars = bar > 0 ? bar + Self.gap : 0
      text = 2 + subject + Self.gap + bars + counted + Self.since + Self.gap
    }
  }

  private var marks: Marks { context.marks }
  private var room: Int { width - columns.text }

  private static let leastWords = 12

  func draw(row: Int, height: Int, on canvas: inout Canvas) {
    let mark = words.mark
    canvas.put(mark.sign(marks), row: row, column: 0, role: mark.role)
    let subject =
      words.subjects.first { TextWidth.cells(of: $0) <= columns.subject }
      ?? words.subjects.last ?? ""
    canvas.put(subject, row: row, column: 2, role: .textStrong, width: columns.subject)
    var column = 2 + columns.subject + TileCauseLine.Columns.gap
    if columns.bar > 0 {
      drawBar(mark.history, row: row, column: column, on: &canvas)
      column += columns.bar + TileCauseLine.Columns.gap
    }
    drawCount(row: row, column: column, on: &canvas)
    column += columns.word ? 11 : 4
    canvas.put(
      cause.cause.since.map {
        context.time(since: $0, isLowerBound: cause.cause.sinceIsLowerBound)
      } ?? "",
      row: row,
      column: column,
      role: .text,
      width: TileCauseLine.Columns.since,
      align: .trailing
    )
    drawWords(row: row, height: height, on: &canvas)
  }

  private func drawBar(_ role: Role, row: Int, column: Int, on canvas: inout Canvas) {
    let share = Double(min(cause.count, base)) / Double(max(base, 1))
    let filled = min(max(Int((share * Double(columns.bar)).rounded()), 1), columns.bar)
    let bar = [
      Phrase(String(repeating: marks.barFull, count: filled), role),
      Phrase(String(repeating: marks.barEmpty, count: columns.bar - filled), .barEmpty),
    ]
    canvas.put(bar, row: row, column: column, width: columns.bar)
  }

  private func drawCount(row: Int, column: Int, on canvas: inout Canvas) {
    let count = String(repeating: " ", count: max(3 - "\(cause.count)".count, 0)) + "\(cause.count)"
    let word = columns.word ? (cause.count == 1 ? " number" : " numbers") : ""
    let phrases = [Phrase(count, .textStrong), Phrase(word, .textMuted)]
    canvas.put(phrases, row: row, column: column, width: columns.word ? 12 : 5)
  }

  /// The fix and who acts are at the end of the line; the sentence is cut for them.
  private func drawWords(row: Int, height: Int, on canvas: inout Canvas) {
    guard room >= Self.leastWords else { return }
    let tail = height > 1 ? [] : closing(after: headline.cells)
    let left = room - tail.cells - (tail.isEmpty ? 0 : 2)
    let used = canvas.put(why(room: left), row: row, column: columns.text, width: left)
    if height > 1 {
      canvas.put(advice(room: room), row: row + 1, column: columns.text, width: room)
    } else if tail == who {
      canvas.put(tail, row: row, endingAt: columns.text + room, after: columns.text)
    } else {
      let gap = used > 0 ? 2 : 0
      canvas.put(tail, row: row, column: columns.text + used + gap, width: room - used - gap)
    }
  }

  /// The fix and who acts if the meaning's clause still fits, otherwise only who acts; with a short
  /// name, the meaning is not needed.
  private func closing(after head: Int) -> [Phrase] {
    guard words.remedy != nil else { return who }
    let clause = words.shortName == nil ? words.meaning?.clause(in: room / 2) : nil
    let used = head + TextWidth.cells(of: clause ?? "")
    let left = room - used - (used > 0 ? 2 : 0)
    let advice = advice(room: left)
    // A cut remedy would be useless.
    let isWhole = advice.allSatisfy { !$0.text.isEmpty && !$0.text.hasSuffix(marks.ellipsis) }
    return isWhole && advice.cells <= left ? advice : who
  }

  /// The short name, and the code.
  private var headline: [Phrase] {
    let name = words.shortName ?? ""
    let code = words.code.map { name.isEmpty ? $0 : " \($0)" } ?? ""
    return [Phrase(name, .text), Phrase(code, .textMuted)]
  }

  /// Includes the meaning if it is complete, or if there is no short name.
  private func why(room: Int) -> [Phrase] {
    let head = headline
    let isNamed = words.shortName != nil
    let gap = isNamed ? marks.separator : (head.cells > 0 ? " " : "")
    let left = room - head.cells - TextWidth.cells(of: gap)
    let meaning = context.masked(words.meaning ?? "").clause(in: left)
    if meaning.isEmpty || (meaning.hasSuffix("…") && isNamed) { return head }
    return head + [Phrase(gap + meaning, .text)]
  }

  private var who: [Phrase] {
    words.whoActs.map { [Phrase("\(marks.arrow) \($0)", .textMuted)] } ?? []
  }

  /// The fix and who acts.
  private func advice(room: Int) -> [Phrase] {
    guard let remedy = words.remedy else { return who }
    let tail = words.whoActs.map { marks.separator + $0 } ?? ""
    let left = room - TextWidth.cells(of: marks.arrow) - 1 - TextWidth.cells(of: tail)
    return [
      Phrase("\(marks.arrow) ", .accent), Phrase(remedy.clause(in: left), .text),
      Phrase(tail, .textMuted),
    ]
  }
}
