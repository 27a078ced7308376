import Canvas
import Health
import Monitor

/// A line of the causes section, and below it what to do if there is room.
///
///     ✘ payment failed WABA Acme UK 102938475610   ███████░░░  9 numbers   2h14m  141006
///       → Add a valid payment method · you act
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
      case 150...: (subject, bar, word) = (48, 10, true)
      case 130...: (subject, bar, word) = (42, 10, true)
      case 100...: (subject, bar, word) = (40, 10, false)
      case 72...: (subject, bar, word) = (34, 6, false)
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
  private static let adviceColumn = 2

  func draw(row: Int, height: Int, on canvas: inout Canvas) {
    let mark = words.mark
    canvas.put(mark.sign(marks), row: row, column: 0, role: mark.role)
    let headline = words.headline(width: columns.subject)
    canvas.put(headline, row: row, column: 2, width: columns.subject)
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
    let tail = height > 1 ? [] : closing
    let left = room - tail.cells - (tail.isEmpty ? 0 : 2)
    let used = canvas.put(details(room: left), row: row, column: columns.text, width: left)
    if height > 1 {
      // Below the reason, because a remedy needs much room.
      let wide = width - Self.adviceColumn
      canvas.put(advice(room: wide), row: row + 1, column: Self.adviceColumn, width: wide)
    } else if tail == who {
      canvas.put(tail, row: row, endingAt: columns.text + room, after: columns.text)
    } else {
      let gap = used > 0 ? 2 : 0
      canvas.put(tail, row: row, column: columns.text + used + gap, width: room - used - gap)
    }
  }

  /// The fix and who acts if they fit beside the code, or the meaning of an unknown reason;
  /// otherwise only who acts.
  private var closing: [Phrase] {
    guard words.remedy != nil else { return who }
    let clause = words.why == nil ? words.meaning?.clause(in: room / 2) : nil
    let used = code.cells + TextWidth.cells(of: clause ?? "")
    let left = room - used - (used > 0 ? 2 : 0)
    let advice = advice(room: left)
    // A cut remedy would be useless.
    let isWhole = advice.allSatisfy { !$0.text.isEmpty && !$0.text.hasSuffix(marks.ellipsis) }
    return isWhole && advice.cells <= left ? advice : who
  }

  private var code: [Phrase] { words.code.map { [Phrase($0, .textMuted)] } ?? [] }

  /// The code and the meaning; after a reason, only what is complete and says more than the reason.
  private func details(room: Int) -> [Phrase] {
    guard let note = CauseNote(of: cause.cause, in: context) else { return said(room: room) }
    let flag = [Phrase(note.flag, note.role)].cut(to: room)
    let rest = said(room: room - flag.cells - TextWidth.cells(of: marks.separator))
    return rest.isEmpty ? flag : flag + [Phrase(marks.separator, .textMuted)] + rest
  }

  private func said(room: Int) -> [Phrase] {
    let code = code.cells <= room ? code : []
    let gap = code.isEmpty ? "" : words.why == nil ? " " : marks.separator
    let left = room - code.cells - TextWidth.cells(of: gap)
    let meaning = context.masked(words.meaning ?? "").clause(in: left)
    if let why = words.why {
      let isRepeated = meaning.lowercased().contains(why.lowercased())
      if isRepeated || meaning.hasSuffix("…") { return code }
    }
    return meaning.isEmpty ? code : code + [Phrase(gap + meaning, .text)]
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
