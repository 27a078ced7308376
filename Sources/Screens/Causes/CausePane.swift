import Canvas
import Health
import Monitor

/// The chosen cause: what it means, what to do and who does it, whom it hits, what mending it brings.
///
///      WABA 102938475610 · Acme UK · BLOCKED for 2h14m
///      The payment method has a fault.   Fix: add a valid payment method in Billing.
///      Hits  +447700900131 Acme Orders UK    +447700900132 Acme Support UK
///      If fixed: 13 blocked → 4. Largest single fix available.
struct CausePane {
  let context: DrawContext

  private var marks: Marks { context.marks }

  /// A paragraph that takes as many lines as it is given.
  private struct Block {
    var lines: [[Phrase]]
    static let hits = 3

    /// What goes last where there is little room.
    let weight: Int
    let least: Int

    /// Paragraphs that are cut say so.
    let endsInWords: Bool
    /// Half of a link leads astray.
    let isWhole: Bool

    init(
      _ lines: [[Phrase]],
      weight: Int,
      least: Int = 0,
      endsInWords: Bool = false,
      isWhole: Bool = false
    ) {
      self.lines = lines
      self.isWhole = isWhole
      self.weight = weight
      self.least = min(least, lines.count)
      self.endsInWords = endsInWords
    }
  }

  func draw(on canvas: inout Canvas) {
    guard canvas.height > 0, canvas.width > 10 else { return }
    let most = canvas.height * 3
    guard let report = context.state.causeReport(hits: most) else { return }
    let isTall = canvas.height > 16
    var blocks = fitted(blocks(report, width: canvas.width, isTall: isTall), canvas.height)
    // With fewer lines for them, the last says how many numbers there are besides.
    if let place = blocks.firstIndex(where: { $0.weight == Block.hits }) {
      let rows = blocks[place].lines.count
      blocks[place].lines = hits(report, width: canvas.width, isTall: isTall, rows: rows)
    }
    for (row, line) in blocks.flatMap(\.lines).prefix(canvas.height).enumerated() {
      canvas.put(line, row: row, column: 0, width: canvas.width)
    }
  }

  private func blocks(_ report: CauseReport, width: Int, isTall: Bool) -> [Block] {
    let advice = report.advice
    let fix = advice.remedy.map { "Fix: \($0)" }
    let words = report.words.flatMap { $0.isEmpty ? nil : "\(speaker(report)): \($0)" }
    let gap = isTall ? [Block([[]], weight: 0)] : []
    return [
      Block(paragraph(title(report), width), weight: 9, least: 1),
      Block(text(advice.meaning, .text, width), weight: 5, least: 1, endsInWords: true),
      Block(text(fix, .textStrong, width), weight: 8, least: 1, endsInWords: true),
      Block(who(advice), weight: 6),
      Block(text(advice.link, .accent, width, link: advice.link), weight: 4, isWhole: true),
    ] + gap + [
      Block(text(words, .textMuted, width), weight: 2, endsInWords: true)
    ] + gap + [
      Block(
        hits(report, width: width, isTall: isTall, rows: isTall ? 12 : 3),
        weight: Block.hits,
        least: 1
      )
    ] + gap + [
      Block(prognosis(report, width), weight: 7, least: 1)
    ]
  }

  /// Takes lines away where they matter least, until all fit.
  private func fitted(_ blocks: [Block], _ height: Int) -> [Block] {
    var blocks = blocks
    var excess = blocks.reduce(0) { $0 + $1.lines.count } - height
    for keepsLeast in [true, false] {
      for index in blocks.indices.sorted(by: { blocks[$0].weight < blocks[$1].weight }) {
        guard excess > 0 else { return blocks }
        let least = keepsLeast ? blocks[index].least : 0
        let most = max(blocks[index].lines.count - least, 0)
        let drop = blocks[index].isWhole ? most : min(excess, most)
        guard drop > 0 else { continue }
        blocks[index].lines.removeLast(drop)
        if let last = blocks[index].lines.indices.last, blocks[index].endsInWords {
          blocks[index].lines[last] = Self.cut(blocks[index].lines[last], marks)
        }
        excess -= drop
      }
    }
    return blocks
  }

  /// The last word gives way to the sign that there was more.
  private static func cut(_ line: [Phrase], _ marks: Marks) -> [Phrase] {
    guard let last = line.last else { return line }
    let words = last.text.split(separator: " ").dropLast().joined(separator: " ")
    return line.dropLast() + [Phrase("\(words) \(marks.ellipsis)", last.role)]
  }

  // MARK: The parts

  private func title(_ report: CauseReport) -> [Phrase] {
    let cause = report.cause
    let name = report.name.map { "\(marks.separator)\(context.masked($0.sanitized))" } ?? ""
    return [
      Phrase(context.masked(report.title.sanitized), .textStrong), Phrase(name, .text),
    ] + state(cause) + [Phrase(since(cause), .text)]
  }

  private func state(_ cause: RankedCause) -> [Phrase] {
    let gap = Phrase(marks.separator, .text)
    if cause.isOfTemplates { return [] }
    if let trouble = cause.trouble { return [gap, Phrase(trouble, .statusUnknown)] }
    if cause.id.isPolling { return [] }
    let mark = StateMark(cause.state)
    guard cause.state.isProblem else { return [gap, Phrase("not confirmed any more", mark.role)] }
    return [gap, Phrase(mark.phrase, mark.role)]
  }

  private func since(_ cause: RankedCause) -> String {
    guard let since = cause.since else { return "" }
    let time = context.time(since: since, isLowerBound: cause.sinceIsLowerBound)
    let isOld = !cause.state.isProblem && !cause.id.isPolling
    let preposition = context.state.shell.timeFormat == .age && !isOld ? "for" : "since"
    return isOld
      ? "\(marks.separator)a cause since \(time)"
      : " \(preposition) \(time)"
  }

  private func speaker(_ report: CauseReport) -> String {
    report.cause.id.isPolling ? "Last answer" : "The provider"
  }

  private func who(_ advice: Advice) -> [[Phrase]] {
    advice.whoActs.map { [[Phrase("Who acts: \($0.phrase)", .text)]] } ?? []
  }

  private func hits(
    _ report: CauseReport,
    width: Int,
    isTall: Bool,
    rows: Int
  ) -> [[Phrase]] {
    guard !report.hits.isEmpty else {
      let text =
        report.cause.hit == 0 && report.cause.id.isPolling
        ? "Hits no number yet: their last answers still count." : ""
      return text.isEmpty ? [] : [[Phrase(text, .textMuted)]]
    }
    let head = "Hits  "
    let indent = String(repeating: " ", count: head.count)
    let columns = width >= 66 ? 2 : 1
    let cells = min((width - head.count) / columns - 2, 44)
    let shown = report.hits.prefix(rows * columns)
    let more = report.cause.hit - shown.count
    return stride(from: 0, to: shown.count, by: columns).map { first in
      var line = [Phrase(first == 0 ? head : indent, .textMuted)]
      for place in first..<min(first + columns, shown.count) {
        let isLast = place == shown.count - 1 && more > 0
        let tail = isLast ? [Phrase(" \(marks.ellipsis) \(more) more", .textMuted)] : []
        let endsLine = place == first + columns - 1 || place == shown.count - 1
        line +=
          entry(report.hits[place], of: report, cells: cells - tail.cells, endsLine: endsLine)
          + tail
      }
      return line
    }
  }

  private func entry(
    _ hit: CauseReport.Hit,
    of report: CauseReport,
    cells: Int,
    endsLine: Bool
  ) -> [Phrase] {
    let number = TextWidth.cut(
      report.cause.isOfTemplates ? hit.number.sanitized : context.number(hit.number.sanitized),
      to: cells
    )
    let left = max(cells - TextWidth.cells(of: number) - 1, 0)
    let name = TextWidth.cut(hit.name?.sanitized ?? "", to: left)
    let used = TextWidth.cells(of: number) + 1 + TextWidth.cells(of: name)
    let pad = endsLine ? "" : String(repeating: " ", count: max(cells + 2 - used, 0))
    return [Phrase(number, .text), Phrase(" \(name)", .textStrong), Phrase(pad, .text)]
  }

  private func prognosis(_ report: CauseReport, _ width: Int) -> [[Phrase]] {
    guard let prognosis = report.prognosis else { return [] }
    let word =
      switch prognosis.severity {
      case .critical: "blocked"
      case .warning: "limited"
      case .unknown, .ok: "unknown"
      }
    let line = [
      Phrase("If fixed: ", .textMuted),
      Phrase("\(prognosis.before) \(word) \(marks.arrow) \(prognosis.after)", .textStrong),
      Phrase(".", .textMuted),
      Phrase(prognosis.isLargest ? " Largest single fix available." : "", .text),
      Phrase(stays(report, prognosis), .textMuted),
    ]
    return paragraph(line, width)
  }

  /// Numbers with another cause as bad stay as they are.
  private func stays(_ report: CauseReport, _ prognosis: CauseReport.Prognosis) -> String {
    let left = report.cause.hit - report.cause.relieved
    guard left > 0 else { return "" }
    return left == 1 ? " 1 has another cause." : " \(left) have another cause."
  }

  // MARK: Lines

  private func text(
    _ text: String?,
    _ role: Role,
    _ width: Int,
    link: String? = nil
  ) -> [[Phrase]] {
    guard let text else { return [] }
    return TextWrap.lines(context.masked(text.sanitized), width: width)
      .map { [Phrase($0, role, link: link)] }
  }

  /// Phrases on one line, or broken where they are longer.
  private func paragraph(_ phrases: [Phrase], _ width: Int) -> [[Phrase]] {
    guard phrases.cells > width else { return [phrases] }
    var lines: [[Phrase]] = [[]]
    for phrase in phrases where !phrase.text.isEmpty {
      let used = (lines.last ?? []).cells
      if used + TextWidth.cells(of: phrase.text) <= width {
        lines[lines.count - 1].append(phrase)
      } else {
        let text = phrase.text.trimmingWhitespace()
        lines += TextWrap.lines(text, width: width).map { [Phrase($0, phrase.role)] }
      }
    }
    return lines.filter { !$0.isEmpty }
  }
}
