import Canvas
import Health
import Monitor

/// The chosen cause: its meaning, the fix, who acts, which numbers it hits, and what fixing it
/// restores.
///
///      WABA 102938475610 · Acme UK · BLOCKED for 2h14m
///      The payment method has a fault.   Fix: add a valid payment method in Billing.
///      Hits  +447700900131 Acme Orders UK    +447700900132 Acme Support UK
///      If fixed: 13 blocked → 4. Largest single fix available.
struct CausePane {
  let context: DrawContext

  private var marks: Marks { context.marks }

  /// The weight of the numbers that it hits.
  private static let hitsWeight = 3
  private static let linkWeight = 8

  func draw(on canvas: inout Canvas) {
    guard canvas.height > 0, canvas.width > 10 else { return }
    let most = canvas.height * 3
    guard let report = context.state.causeReport(hits: most) else { return }
    let isTall = canvas.height > 16
    var blocks = fittedBlocks(report, canvas, isTall: isTall)
    // If there are fewer lines for numbers, the last line has the count of hidden ones.
    if let place = blocks.firstIndex(where: { $0.weight == Self.hitsWeight }) {
      let rows = blocks[place].lines.count
      blocks[place].lines = hits(report, width: canvas.width, isTall: isTall, rows: rows)
    }
    for (row, line) in blocks.flatMap(\.lines).prefix(canvas.height).enumerated() {
      canvas.put(line, row: row, column: 0, width: canvas.width)
    }
  }

  /// A link that has no room is named by the key that copies it.
  private func fittedBlocks(
    _ report: CauseReport,
    _ canvas: Canvas,
    isTall: Bool
  ) -> [PaneBlock] {
    let blocks = blocks(report, width: canvas.width, isTall: isTall).fitted(canvas.height, marks)
    let hasLink = blocks.contains { $0.weight == Self.linkWeight && !$0.lines.isEmpty }
    guard report.advice.link != nil, !hasLink else { return blocks }
    return self.blocks(report, width: canvas.width, isTall: isTall, showsLink: false)
      .fitted(canvas.height, marks)
  }

  private func blocks(
    _ report: CauseReport,
    width: Int,
    isTall: Bool,
    showsLink: Bool = true
  ) -> [PaneBlock] {
    let advice = report.advice
    let fix = advice.remedy.map { "Fix: \($0)" }
    let words = report.words.flatMap { words in
      // Our own sentence is said once.
      words.isEmpty || words == advice.meaning ? nil : "\(speaker(report)): \(words)"
    }
    let gap = isTall ? [PaneBlock([[]], weight: 0)] : []
    return [
      PaneBlock(title(report).wrapped(width), weight: 10, least: 1),
      PaneBlock(note(report, width), weight: 9, least: 1, endsInWords: true),
      PaneBlock(
        context.paneLines(advice.meaning, .text, width),
        weight: 5,
        least: 1,
        endsInWords: true
      ),
      // What to do is read to its end before anything else is said.
      PaneBlock(
        context.paneLines(fix, .textStrong, width),
        weight: 11,
        least: .max,
        endsInWords: true
      ),
      PaneBlock(who(advice, showsLink: showsLink), weight: 9, least: 1),
      PaneBlock(
        showsLink ? context.paneLines(advice.link, .accent, width, link: advice.link) : [],
        weight: Self.linkWeight,
        isWhole: true
      ),
      PaneBlock(side(report, width), weight: 4, isWhole: true),
    ] + gap + [
      PaneBlock(context.paneLines(words, .textMuted, width), weight: 2, endsInWords: true)
    ] + gap + [
      PaneBlock(
        hits(report, width: width, isTall: isTall, rows: isTall ? 12 : 3),
        weight: Self.hitsWeight,
        least: 1
      )
    ] + gap + [
      PaneBlock(prognosis(report, width), weight: 6, least: 1)
    ]
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

  private func who(_ advice: Advice, showsLink: Bool) -> [[Phrase]] {
    let actor = advice.whoActs.map { [Phrase("Who acts: \($0.phrase)", .text)] } ?? []
    guard let link = advice.link, !showsLink else { return actor.isEmpty ? [] : [actor] }
    let gap = actor.isEmpty ? [] : [Phrase(marks.separator, .text)]
    let key = context.chrome.hasKeys ? "Y copies the link" : "the link"
    return [actor + gap + [Phrase(key, .accent, link: link)]]
  }

  /// What the flag of failing polls means.
  private func side(_ report: CauseReport, _ width: Int) -> [[Phrase]] {
    guard let side = PollingSide(of: report.cause.id) else { return [] }
    let words = "\(side.flag): \(side.meaning), which is nothing that WhatsApp reports"
    return context.paneLines(words, .textMuted, width)
  }

  private func note(_ report: CauseReport, _ width: Int) -> [[Phrase]] {
    guard let note = CauseNote(of: report.cause, in: context) else { return [] }
    return context.paneLines(note.sentence, note.role, width)
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
    return line.wrapped(width)
  }

  /// The note for numbers that stay as they are because of another cause.
  private func stays(_ report: CauseReport, _ prognosis: CauseReport.Prognosis) -> String {
    let left = report.cause.hit - report.cause.relieved
    guard left > 0 else { return "" }
    return left == 1 ? " 1 has another cause." : " \(left) have another cause."
  }
}
