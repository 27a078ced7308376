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
    if row.victim == nil { drawTimes(row: line, on: &canvas) }
    put(
      row.victim == nil ? change : branch,
      columns.change,
      EventColumns.changeCells,
      line,
      &canvas
    )
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
    [Phrase("  " + (row.isLastVictim ? marks.treeLast : marks.treeBranch), .treeLine)]
  }

  // MARK: To whom

  private var who: [Phrase] {
    if let number = row.number { return self.number(number, role: .text) }
    switch event.kind {
    case .states:
      if event.count == 1 { return only }
      if let cause = event.cause, isNumber(cause) {
        return [Phrase(numbers(event.count), .textStrong)]
      }
      return event.cause.map {
        CauseName(context: context, id: $0).phrases(width: columns.whoWidth)
      }
        ?? [Phrase(numbers(event.count), .textStrong)]
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

  private var polled: [Phrase] {
    guard let cause = event.cause else { return [Phrase(numbers(event.count), .textStrong)] }
    let count = state.polledNumbers(of: cause)
    let size = " \(marks.times)\(count) \(count == 1 ? "number" : "numbers")"
    return [Phrase(name(of: cause), .textStrong), Phrase(size, .text)]
  }

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
    let parts = row.victim == nil ? reasons : inherited
    let text = context.masked(parts.filter { !$0.isEmpty }.joined(separator: marks.separator))
    return [Phrase(TextWidth.cut(text, to: columns.whyWidth), .text)]
  }

  private var inherited: [String] {
    guard let cause = event.cause else { return [] }
    if case .answering = event.kind { return ["answers again"] }
    if isNumber(cause) { return [] }
    if cause.isPolling { return ["its last answer is too old"] }
    return [isRecovery ? "with it" : "inherits \(cause.word.sanitized)"]
  }

  private var isRecovery: Bool {
    if case .states(_, .available) = event.kind { true } else { false }
  }

  private var reasons: [String] {
    switch event.kind {
    case .states(let from, let to): states(from, to) + (to == .available ? recovery : fault)
    case .template(let template, let waba, _):
      [template.status.text.sanitized, name(ofWABA: waba)]
    case .failing where event.cause == .offline: ["probably this machine's network"]
    case .failing:
      [
        event.failure.map { PollOutcome($0.kind).phrase } ?? "no answers",
        event.failure?.httpStatus.map { "HTTP \($0)" } ?? "",
      ]
    case .answering: ["answers again", event.lasted.map { "down \(Age($0).text)" } ?? ""]
    case .appeared: ["at \(account)"]
    case .vanished: ["no longer at \(account)"]
    case .flapping(_, let percent): [percent > 0 ? "flapping \(percent)%" : "flapping"] + fault
    case .steady(let state): ["stopped flapping", "now \(state.word)"]
    case .started: [event.isOfThisRun ? "this run started" : "a run started"]
    case .stopped: ["a run ended"]
    case .gap(let length): [clocks(of: length), Age(length).text]
    case .reloaded(let text), .tookOver(let text): [text.sanitized]
    case .acknowledged(let author, let comment), .muted(_, let author, let comment):
      [NoteWords.byline(author, comment)]
    case .unacknowledged(let why), .unmuted(_, let why): [why.sanitized]
    }
  }

  /// Such as `03:00Z to 03:12Z`.
  private func clocks(of length: Duration) -> String {
    let clocks = [event.moment + (.zero - length), event.moment].map { moment in
      ClockTime(moment.date, isUTC: context.saysUTC).short(at: context.now.date)
    }
    return "\(clocks[0]) to \(clocks[1])"
  }

  /// The states in words, where their marks are the same.
  private func states(_ from: HealthState, _ to: HealthState) -> [String] {
    guard !event.isFromSeveral, context.sign(from) == context.sign(to) else { return [] }
    return ["\(StateMark(from).word) \(marks.arrow) \(StateMark(to).word)"]
  }

  private var account: String {
    state.timeline.numbers(of: event).first?.account.sanitized ?? ""
  }

  private func name(ofWABA id: String) -> String {
    let reference = EntityReference(type: .waba, id: id)
    return state.fleet.facts(of: reference)?.name?.sanitized
      ?? "WABA \(marks.shortened(id.sanitized))"
  }

  private var recovery: [String] {
    let bound = event.lastedIsLowerBound ? marks.atLeast : ""
    let rounding: Age.Rounding = event.lastedIsLowerBound ? .down : .none
    let down = event.lasted.map { "down \(bound)\(Age($0, rounding: rounding).text)" } ?? ""
    return [event.count > 1 ? numbers(event.count) : "", stillHit, down]
  }

  /// The recovery may concern only some numbers, while the cause still hits others.
  private var stillHit: String {
    guard case .entity(let reference)? = event.cause,
      let cause = state.causeIndex.cause(.entity(reference), in: state.fleet),
      let since = cause.since, since <= event.moment
    else { return "" }
    return "\(cause.hit) still bad"
  }

  private var fault: [String] {
    let why = event.words?.shortName?.sanitized
    let code = why == nil ? event.words?.code?.text.sanitized : nil
    let words = why ?? event.words?.text.sanitized ?? ""
    if case .states(_, .stale) = event.kind, words.isEmpty {
      return ["no answer for 3 intervals"]
    }
    if let cause = event.cause, isNumber(cause) {
      return [[code, words].compactMap(\.self).joined(separator: " ")]
    }
    if event.count > 1 {
      let sizes = [numbers(event.count), "\(event.count)"]
      let texts = sizes.map { size in
        [why ?? code, "\(marks.arrow) \(size)"].compactMap(\.self).joined(separator: " ")
      }
      return [texts.first { TextWidth.cells(of: $0) <= columns.whyWidth } ?? texts[1]]
    }
    // The entity is the reason, unless it is the number itself.
    guard let cause = event.cause, !cause.isPolling else {
      return [[code, words].compactMap(\.self).joined(separator: " ")]
    }
    if case .signal = cause { return [words] }
    let name = CauseName(context: context, id: cause).phrases(width: columns.whyWidth).map(\.text)
    return [why, name.joined(), code].compactMap(\.self)
  }

  private func isNumber(_ cause: CauseID) -> Bool {
    if case .entity(let reference) = cause { reference.type == .phoneNumber } else { false }
  }

  private func numbers(_ count: Int) -> String { count == 1 ? "1 number" : "\(count) numbers" }
}

extension HealthState {
  /// Templates are at most warnings, because they do not affect numbers.
  fileprivate var asWarning: HealthState { isProblem ? .warning : self }
}
