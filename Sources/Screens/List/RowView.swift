import Canvas
import Health
import Monitor

/// One number as a row of the list.
struct RowView {
  let context: DrawContext
  let record: NumberRecord
  /// The displayed number, sanitized.
  let number: String
  let columns: ListColumns

  private var fleet: Fleet { context.state.fleet }
  private var marks: Marks { context.marks }

  func draw(row: Int, isSelected: Bool, on canvas: inout Canvas) {
    let mark = StateMark(record.state)
    let progress = context.state.confirmation.progress(of: record.id)
    let role = progress == nil ? mark.rowRole : .textMuted
    drawLead(row: row, isSelected: isSelected, on: &canvas)
    // Drawn in one piece, for themes whose states have a background.
    canvas.put(
      "\(mark.sign(marks)) \(progress?.text ?? mark.word)",
      row: row,
      column: ListColumns.markColumn,
      role: role
    )
    if role != mark.role {
      canvas.recolor(
        Rect(row: row, column: ListColumns.markColumn, width: 1, height: 1),
        role: mark.role
      )
    }
    drawFlag(row: row, on: &canvas)
    for slot in columns.slots { draw(slot, row: row, on: &canvas) }
    drawNote(row: row, on: &canvas)
    if isSelected { canvas.select(row: row) }
  }

  /// The cursor or the operator's mark in column 1; if both are there, the mark comes before the
  /// number.
  private func drawLead(row: Int, isSelected: Bool, on canvas: inout Canvas) {
    if isSelected { canvas.put(">", row: row, column: 0, role: .accent) }
    guard !context.state.shell.marks.ids.isEmpty, context.state.isMarked(record.id) else { return }
    canvas.put("*", row: row, column: isSelected ? ListColumns.lead - 1 : 0, role: .mark)
  }

  /// What operators said, in the blank before SINCE.
  private func drawNote(row: Int, on canvas: inout Canvas) {
    guard let note = NoteMark(record.marks), let since = columns[.since] else { return }
    canvas.put(note.letter, row: row, column: since.start - 1, role: note.role)
  }

  /// The same blank holds the flag of a flapping number of which operators said nothing.
  private func drawFlag(row: Int, on canvas: inout Canvas) {
    guard record.polls.isFlapping, let since = columns[.since] else { return }
    canvas.put("f", row: row, column: since.start - 1, role: .statusFlapping)
  }

  private func draw(_ slot: ListColumns.Slot, row: Int, on canvas: inout Canvas) {
    guard case .text(let text) = slot.column.content else {
      return drawStrip(slot, row: row, on: &canvas)
    }
    let phrase = text(self, slot.width)
    canvas.put(
      phrase.text,
      row: row,
      column: slot.start,
      role: phrase.role,
      width: slot.width,
      align: slot.column.isTrailing ? .trailing : .leading
    )
    if slot.column.isSearched, !context.state.filtering.filter.isEmpty {
      drawMatch(in: phrase.text, slot, row: row, on: &canvas)
    }
  }

  /// Highlights the filter's words.
  private func drawMatch(
    in text: String,
    _ slot: ListColumns.Slot,
    row: Int,
    on canvas: inout Canvas
  ) {
    for range in context.state.filtering.filter.ranges(in: text) {
      let start = TextWidth.cells(of: String(text[..<range.lowerBound]))
      let width = min(TextWidth.cells(of: String(text[range])), slot.width - start)
      guard width > 0 else { continue }
      canvas.recolor(
        Rect(row: row, column: slot.start + start, width: width, height: 1),
        role: .match
      )
    }
  }

  /// The whole row of a stale number is dimmed, because its data is old, and that of a muted one,
  /// because it needs nobody.
  ///
  /// One role for all ordinary text, because each change of role within a row is sent to the
  /// terminal.
  var textRole: Role { isDimmed ? .textMuted : .text }

  private var isDimmed: Bool { record.state == .stale || record.marks.contains(.muted) }

  var name: Phrase {
    let name = context.masked((record.number.label ?? record.name ?? "").sanitized)
    if name.isEmpty { return Phrase(record.report == nil ? "?" : marks.none, .textMuted) }
    return Phrase(name, record.state.isProblem && !isDimmed ? .textStrong : textRole)
  }

  func cause(width: Int) -> String {
    let refresh = fleet.condition(of: record.number.account)?.effectiveRefresh ?? .seconds(60)
    let label = CauseLabel(record: record, refresh: refresh, marks: marks, fleet: fleet)
    let text = FlappingLabel(record).map {
      $0.text(after: label.text(width:), width: width, marks.separator)
    }
    return context.masked(text ?? label.text(width: width))
  }

  private func drawStrip(_ slot: ListColumns.Slot, row: Int, on canvas: inout Canvas) {
    let states = context.state.strip(of: record, cells: slot.width)
    var start = 0
    // Hours in the same state are drawn together, which are usually all of them.
    while start < states.count {
      let end = states[start...].firstIndex { $0 != states[start] } ?? states.count
      let mark = states[start].map { StateMark($0) }
      canvas.fill(
        Rect(row: row, column: slot.start + start, width: end - start, height: 1),
        role: mark?.history ?? .historyNone,
        with: mark?.strip(marks) ?? marks.unseen
      )
      start = end
    }
  }
}

// MARK: - The columns of wide screens

extension RowView {
  /// The sign for a missing value, or for a number without a report.
  private var missing: String { record.report == nil ? "?" : marks.none }

  var quality: Phrase {
    guard let quality = record.report?.facts.quality, quality.value != .unrated else {
      return Phrase(missing, textRole)
    }
    let role: Role =
      switch quality.value {
      case .red, .yellow: .statusLimited
      case .green, .unrated, .unrecognized: textRole
      }
    return Phrase(quality.text.sanitized, role)
  }

  var limit: String {
    guard let limit = record.report?.facts.messagingLimit else { return missing }
    switch limit.value {
    case .recipients(let count) where count >= 1_000_000 && count % 1_000_000 == 0:
      return "\(count / 1_000_000)M"
    case .recipients(let count) where count >= 1000 && count % 1000 == 0:
      return "\(count / 1000)K"
    case .recipients(let count): return "\(count)"
    case .unlimited: return "unlim"
    case .notSet: return marks.none
    case .unrecognized: return limit.text.sanitized
    }
  }

  private var wabaEntity: HealthEntity? {
    record.report?.entities.first { $0.type?.value == .waba && $0.id != nil }
  }

  var waba: String {
    guard let entity = wabaEntity, let id = entity.id else { return missing }
    let name = entity.reference.flatMap { fleet.facts(of: $0)?.name } ?? entity.name
    return name?.sanitized ?? marks.shortened(id.sanitized)
  }

  var templates: Phrase {
    guard let list = wabaEntity?.id.flatMap({ fleet.templates(of: $0) }) else {
      return Phrase(marks.none, textRole)
    }
    guard case .success(let templates) = list.templates else { return Phrase("?", textRole) }
    let bad = templates.count { $0.status.value.state < .available }
    if bad == 0 { return Phrase("\(templates.count)", textRole) }
    return Phrase("\(bad)/\(templates.count)", .statusLimited)
  }

  /// When it was last polled.
  var polled: String { record.latest.map { context.time($0.moment) } ?? marks.none }

  var latency: String {
    guard let latency = record.latest?.latency else { return marks.none }
    let milliseconds = Int(latency / .milliseconds(1))
    return milliseconds < 10_000 ? "\(milliseconds)ms" : "\(milliseconds / 1000)s"
  }
}
