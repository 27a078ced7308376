import Canvas
import Health
import Monitor

/// One event, or one of its numbers.
struct EventRowView {
  let context: DrawContext
  let row: EventRow
  let columns: EventColumns

  private var state: ScreenState { context.state }
  private var marks: Marks { context.marks }
  private var event: JournalEvent { row.event }

  func draw(row line: Int, isSelected: Bool, on canvas: inout Canvas) {
    if isSelected { canvas.put(">", row: line, column: 0, role: .accent) }
    if row.victim == nil {
      drawTimes(row: line, on: &canvas)
    } else {
      put(
        branch,
        columns.change - EventColumns.branchCells,
        EventColumns.branchCells,
        line,
        &canvas
      )
    }
    put(change, columns.change, EventColumns.changeCells, line, &canvas)
    put(who, columns.who, columns.whoWidth, line, &canvas)
    put(why, columns.why, columns.whyWidth, line, &canvas)
    if isSelected { canvas.select(row: line) }
  }

  private func put(
    _ phrases: [Phrase],
    _ column: Int,
    _ width: Int,
    _ line: Int,
    _ canvas: inout Canvas
  ) {
    canvas.put(phrases, row: line, column: column, width: width)
  }

  private func drawTimes(row line: Int, on canvas: inout Canvas) {
    if let time = columns.time {
      let clock = ClockTime(event.moment.date, isUTC: context.saysUTC)
      let text = clock.column(at: context.now.date)
      canvas.put(text, row: line, column: time, role: .textMuted)
    }
    if let age = columns.age {
      let text = Age(context.now - event.moment).text
      canvas.put(text, row: line, column: age, role: .text, width: EventColumns.ageCells)
    }
  }

  // MARK: What changed

  private var change: [Phrase] {
    guard let victim = row.victim else { return changeOfAll }
    return event.step(ofVictim: victim).map { arrow($0.from, $0.to) } ?? []
  }

  private var changeOfAll: [Phrase] {
    switch event.kind {
    case .states(let from, let to): arrow(event.isFromSeveral ? nil : from, to)
    case .template(let template, _, let former):
      arrow(former.value.state.asWarning, template.status.value.state.asWarning)
    // It does not tell the numbers' states.
    case .failing: [Phrase(hasAnswered ? "fault" : "lost", StateMark(lost).role)]
    case .answering: [Phrase("back", .text)]
    case .appeared: [Phrase("new", .text)]
    case .vanished: [Phrase("gone", .text)]
    case .flapping(let worst, _):
      [Phrase("flap ", .statusFlapping), Phrase(context.sign(worst), StateMark(worst).role)]
    case .steady: [Phrase("steady", .text)]
    case .started: [Phrase("start", .textMuted)]
    case .stopped: [Phrase("stop", .textMuted)]
    case .gap: [Phrase("gap", .statusUnknown)]
    case .reloaded: [Phrase("config", .textMuted)]
    case .tookOver: [Phrase("poller", .textMuted)]
    case .acknowledged: [Phrase("ack", .text)]
    case .unacknowledged: [Phrase("unack", .text)]
    case .muted: [Phrase("mute", .text)]
    case .unmuted: [Phrase("unmute", .text)]
    }
  }

  private func arrow(_ from: HealthState?, _ to: HealthState) -> [Phrase] {
    [
      Phrase(from.map(context.sign) ?? marks.none, .textMuted),
      Phrase(" \(marks.arrow)", .textMuted),
      Phrase(marks.isASCII ? "" : " ", .text),
      Phrase((marks.isASCII ? " " : "") + context.sign(to), StateMark(to).role),
    ]
  }

  /// Whether a provider does answer, but not with health.
  private var hasAnswered: Bool { event.failure?.httpStatus != nil }

  /// Stale without answers, unknown without usable ones.
  private var lost: HealthState {
    switch event.cause {
    case .offline?, .account(_, .unreachable)?, .provider(_, .unreachable)?: .stale
    default: .unknown
    }
  }

  private var branch: [Phrase] {
    [Phrase((row.isLastVictim ? marks.treeLast : marks.treeBranch), .treeLine)]
  }

  // MARK: To whom

  private var who: [Phrase] {
    if let number = row.number { return self.number(number, role: .text) }
    switch event.kind {
    case .states:
      if event.count == 1 { return only }
      guard let cause = event.cause, !cause.isOfNumber else {
        return [Phrase(numbers(event.count), .textStrong)]
      }
      return counted(cause)
    case .template(let template, _, _):
      return [Phrase("TEMPLATE ", .treeType), Phrase(template.name.sanitized, .textStrong)]
    case .failing, .answering: return polled
    case .appeared, .vanished, .flapping, .steady:
      return event.count == 1 ? only : [Phrase(numbers(event.count), .textStrong)]
    case .started, .stopped, .tookOver: return [Phrase("wabatop", .text)]
    case .gap: return [Phrase("not polled", .text)]
    case .reloaded: return [Phrase("configuration", .text)]
    case .acknowledged, .unacknowledged:
      if event.count == 1 { return only }
      return event.cause.map {
        CauseName(context: context, id: $0).phrases(width: columns.whoWidth)
      } ?? [Phrase(numbers(event.count), .textStrong)]
    case .muted(let filter, _, _), .unmuted(let filter, _):
      return [Phrase(context.masked(filter.sanitized), .textStrong)]
    }
  }

  private var only: [Phrase] {
    state.timeline.numbers(of: event).first.map { number($0, role: .textStrong) } ?? []
  }

  private func number(_ id: PhoneNumber.ID, role: Role) -> [Phrase] {
    guard let record = state.fleet[id] else {
      return [Phrase(context.masked((id.target ?? id.account).sanitized), .textMuted)]
    }
    let name = (record.number.label ?? record.name)?.sanitized ?? ""
    let number = context.number(record)
    let fitting = TextWidth.cut(name, to: columns.whoWidth - TextWidth.cells(of: number) - 1)
    return [Phrase(number, .text), Phrase(fitting.isEmpty ? "" : " \(fitting)", role)]
  }

  /// A cause and how many numbers it hits: where there is not enough room, the name is cut.
  private func counted(_ cause: CauseID) -> [Phrase] {
    let size = size(event.count)
    let name = CauseName(context: context, id: cause)
      .phrases(width: max(columns.whoWidth - size.cells, 1))
    return name + size
  }

  private var polled: [Phrase] {
    guard let cause = event.cause else { return [Phrase(numbers(event.count), .textStrong)] }
    let size = size(state.polledNumbers(of: cause))
    let width = max(columns.whoWidth - size.cells, 1)
    return [Phrase(TextWidth.cut(name(of: cause), to: width), .textStrong)] + size
  }

  /// The count of numbers; on the narrowest screens without the word, so that a name has room.
  private func size(_ count: Int) -> [Phrase] {
    guard count > 0 else { return [] }
    let words = [numbers(count), "\(count)"].map { [Phrase(" \(marks.times)\($0)", .text)] }
    return words.first { columns.whoWidth - $0.cells >= Self.narrowestName } ?? words[1]
  }

  private static let narrowestName = 6

  private func name(of cause: CauseID) -> String {
    switch cause {
    case .account(let name, _):
      let provider = state.fleet.name(of: cause)?.sanitized ?? ""
      return provider.isEmpty || provider == name
        ? name.sanitized : "\(name.sanitized) (\(provider))"
    case .provider(let name, _): return "all of \(name.sanitized)"
    case .offline: return "all providers"
    case .entity, .signal, .templates: return cause.word
    }
  }

  // MARK: Why

  private var why: [Phrase] {
    let reasons = EventReasons(context: context, row: row, width: columns.whyWidth)
    return [Phrase(reasons.text, .text)]
  }

  private func numbers(_ count: Int) -> String { count == 1 ? "1 number" : "\(count) numbers" }
}

extension HealthState {
  /// Templates are at most warnings, because they do not affect numbers.
  fileprivate var asWarning: HealthState { isProblem ? .warning : self }
}
