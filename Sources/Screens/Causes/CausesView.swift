import Canvas
import Health
import Monitor

/// The causes of the bad numbers: worst first, then by how many numbers they hit; our own troubles
/// come last.
///
///      CAUSE                              CODE    NUMBERS HIT ▼        SINCE  FLAGS
///     >✘ WABA 102938475610 Acme UK        141006  ██████████ 9/9       2h14m  –
///      ──────────────────────────────────────────────────────────────────────────
///      ? ACCOUNT acme key rejected        401     ██████████ 6/6         27m  ours
struct CausesView {
  let context: DrawContext

  private var state: ScreenState { context.state }
  private var marks: Marks { context.marks }

  func draw(on canvas: inout Canvas) {
    let visible = state.causeWindow
    let lines = visible.map { state.causeLine($0) }
    let shares = lines.compactMap { line in
      if case .cause(let cause, _)? = line { share(cause).count } else { nil }
    }
    let columns = CauseColumns(width: canvas.width, share: shares.max() ?? 0)
    drawHeads(columns, on: &canvas)
    if lines.isEmpty { canvas.put(emptyText, inTheMiddleOf: 1..<max(canvas.height, 1)) }
    for (index, line) in lines.enumerated() {
      switch line {
      case .cause(let cause, let row)?:
        let isSelected = row == min(state.causes.selectedRow, state.causeCount - 1)
        draw(cause, row: index + 1, columns, isSelected: isSelected, on: &canvas)
      case .rule?: drawRule(row: index + 1, on: &canvas)
      case nil: break
      }
    }
  }

  private func drawRule(row: Int, on canvas: inout Canvas) {
    let rect = Rect(row: row, column: 1, width: canvas.width - 2, height: 1)
    canvas.fill(rect, role: .border, with: marks.horizontal.unicodeScalars.first ?? " ")
  }

  // MARK: Heads

  private func drawHeads(_ columns: CauseColumns, on canvas: inout Canvas) {
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: .header)
    for slot in columns.slots {
      // The bar and its figures share one heading.
      if slot.column == .share, columns[.bar] != nil { continue }
      let width = slot.column == .bar ? slot.width + 1 + (columns[.share]?.width ?? 0) : slot.width
      let title = title(slot.column, columns)
      canvas.put(
        TextWidth.cut(title, to: width),
        row: 0,
        column: slot.column == .since
          ? slot.start + max(slot.width - title.count, 0) : slot.start,
        role: slot.column == .bar ? .headerSort : .header
      )
    }
  }

  private func title(_ column: CauseColumns.Column, _ columns: CauseColumns) -> String {
    switch column {
    case .cause: "CAUSE"
    case .why: "WHY"
    case .code: "CODE"
    case .bar: "NUMBERS HIT \(marks.sortedDown)"
    case .share: "HIT"
    case .since: "SINCE"
    case .flags: "FLAGS"
    }
  }

  // MARK: Rows

  private func draw(
    _ cause: RankedCause,
    row: Int,
    _ columns: CauseColumns,
    isSelected: Bool,
    on canvas: inout Canvas
  ) {
    if isSelected { canvas.put(">", row: row, column: 0, role: .accent) }
    let mark = StateMark(cause.state)
    canvas.put(mark.sign(marks), row: row, column: CauseColumns.markColumn, role: mark.role)
    for slot in columns.slots {
      switch slot.column {
      case .bar: drawBar(cause, slot, row: row, on: &canvas)
      // This sentence also takes the columns that are empty for it.
      case .why where cause.id == .offline, .code where cause.id == .offline: break
      case .cause where cause.id == .offline:
        let end =
          [columns[.code], columns[.why], columns[.cause]].compactMap(\.self)
          .map { $0.start + $0.width }.max() ?? 0
        let name = CauseName(context: context, cause: cause).phrases(width: end - slot.start)
        canvas.put(name, row: row, column: slot.start, width: end - slot.start)
      default:
        let phrases = phrases(cause, slot, hasWhy: columns[.why] != nil)
        let indent = slot.column == .since ? max(slot.width - phrases.cells, 0) : 0
        canvas.put(phrases, row: row, column: slot.start + indent, width: slot.width - indent)
      }
    }
    if isSelected { canvas.select(row: row) }
  }

  private func phrases(
    _ cause: RankedCause,
    _ slot: CauseColumns.Slot,
    hasWhy: Bool
  ) -> [Phrase] {
    switch slot.column {
    case .cause: name(cause, width: slot.width, saysWhy: !hasWhy)
    case .why: why(cause, width: slot.width)
    case .code: [Phrase(TextWidth.cut(cause.code?.sanitized ?? marks.none, to: slot.width), .text)]
    case .share: [Phrase(share(cause), .text)]
    case .since: [Phrase(since(cause), .text)]
    case .flags: [flag(cause)].cut(to: slot.width)
    case .bar: []
    }
  }

  /// Without a WHY column, the reason comes before the name.
  private func name(_ cause: RankedCause, width: Int, saysWhy: Bool) -> [Phrase] {
    let name = CauseName(context: context, cause: cause)
    guard let why = cause.cause?.shortName?.sanitized, saysWhy || !isEntity(cause) else {
      return name.phrases(width: width)
    }
    return name.phrases(after: why, width: width)
  }

  /// The short name, then the sentence if there is room.
  private func why(_ cause: RankedCause, width: Int) -> [Phrase] {
    let sentence = (cause.failure?.message ?? cause.cause?.text ?? "").sanitized
    let name = isEntity(cause) ? cause.cause?.shortName?.sanitized : nil
    let words = [name, sentence].compactMap(\.self).filter { !$0.isEmpty }
    let text = context.masked(words.joined(separator: marks.separator))
    return [Phrase(TextWidth.cut(text, to: width), .textMuted)]
  }

  private func isEntity(_ cause: RankedCause) -> Bool {
    if case .entity = cause.id { true } else { false }
  }

  private func drawBar(
    _ cause: RankedCause,
    _ slot: CauseColumns.Slot,
    row: Int,
    on canvas: inout Canvas
  ) {
    // Templates hit no number.
    guard !cause.isOfTemplates else {
      canvas.put("templates", row: row, column: slot.start, role: .textMuted, width: slot.width)
      return
    }
    // The share of a single number is meaningless.
    guard cause.total > 1 else { return }
    let bar = Bar(
      part: cause.hit,
      total: cause.total,
      cells: slot.width,
      role: StateMark(cause.state).history
    )
    canvas.put(
      bar.phrases(marks),
      row: row,
      column: slot.start,
      width: slot.width
    )
  }

  private func share(_ cause: RankedCause) -> String { "\(cause.hit)/\(cause.total)" }

  private func since(_ cause: RankedCause) -> String {
    guard let since = cause.since else { return marks.none }
    return context.time(since: since, isLowerBound: cause.sinceIsLowerBound)
  }

  private func flag(_ cause: RankedCause) -> Phrase {
    if let note = CauseNote(of: cause, in: context) { return Phrase(note.flag, note.role) }
    if let side = PollingSide(of: cause.id) { return Phrase(side.flag, .statusUnknown) }
    if cause.state == .stale || cause.state == .unknown { return Phrase("old", .statusStale) }
    if isFlapping(cause) { return Phrase("flapping", .statusFlapping) }
    if let progress = context.progress(of: cause) { return Phrase(progress.text, .textMuted) }
    if let since = cause.since, !cause.sinceIsLowerBound, context.now - since < Self.newFor {
      return Phrase("new", .textStrong)
    }
    return Phrase(marks.none, .textMuted)
  }

  private func isFlapping(_ cause: RankedCause) -> Bool {
    let places = state.causeIndex.crowd(of: cause.id).places
    return !places.isEmpty && places.allSatisfy { state.fleet.records[$0].polls.isFlapping }
  }

  /// How long a cause counts as new.
  private static let newFor = Duration.seconds(180)

  // MARK: Nothing

  /// The reason for an empty list, which is never left blank.
  private var emptyText: [Phrase] {
    switch state.emptyCauses {
    case .discovering: [Phrase("asking the accounts for their numbers", .textMuted)]
    case .noNumbers:
      [Phrase("no numbers", .text), Phrase("see wabatop config init", .textMuted)]
    case .polling(let polled, let total):
      [
        Phrase("no fault reported so far", .text),
        Phrase("\(polled) of \(total) polled", .textMuted),
      ]
    case .noMatch:
      [Phrase("no cause of the numbers shown\(marks.separator)Esc clears the filter", .text)]
    case .noFault(let total): [Phrase("all \(total): no fault reported", .text)]
    case nil: []
    }
  }
}
