import Canvas
import Health
import Monitor

/// Why an event happened, or what else is to say about it, in so many cells.
struct EventReasons {
  let context: DrawContext
  let row: EventRow
  let width: Int

  private var state: ScreenState { context.state }
  private var marks: Marks { context.marks }
  private var event: JournalEvent { row.event }

  var text: String {
    let parts = row.victim == nil ? reasons : inherited
    let text = context.masked(parts.filter { !$0.isEmpty }.joined(separator: marks.separator))
    return TextWidth.cut(text, to: width)
  }

  private var inherited: [String] {
    guard let cause = event.cause else { return direction }
    if case .answering = event.kind { return ["answers again"] }
    if cause.isOfNumber { return direction }
    if cause.isPolling { return ["its last answer is too old"] }
    return direction + [isRecovery ? "with it" : "inherits \(cause.word.sanitized)"]
  }

  private var isRecovery: Bool {
    if case .states(_, .available) = event.kind { true } else { false }
  }

  private var reasons: [String] {
    switch event.kind {
    case .states(_, let to): direction + (to == .available ? recovery : fault)
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

  /// The states in words where their marks are the same, and which of them is the worse one.
  private var direction: [String] {
    guard let (from, to) = step, context.sign(from) == context.sign(to) else { return [] }
    let words = "\(StateMark(from).word) \(marks.arrow) \(StateMark(to).word)"
    return from == to ? [] : ["\(to < from ? "worse" : "better"): \(words)"]
  }

  /// What the number, or all of the event, went through; nil of numbers that were in several states.
  private var step: (from: HealthState, to: HealthState)? {
    if let victim = row.victim { return event.step(ofVictim: victim).map { ($0.from, $0.to) } }
    guard case .states(let from, let to) = event.kind, !event.isFromSeveral else { return nil }
    return (from, to)
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
    let parts = downs.map { [stillHit, $0].filter { !$0.isEmpty } }
    return parts.first { fits($0) } ?? parts.last ?? []
  }

  /// How long its numbers were in trouble: from the shortest time to the longest, or that alone.
  private var downs: [String] {
    let times = [event.lasted, event.longest].compactMap(\.self).map(time)
    guard let shortest = times.first, let longest = times.last else { return [""] }
    guard shortest != longest else { return ["down \(longest)"] }
    return ["down \(shortest) to \(longest)", "down up to \(longest)", "up to \(longest)"]
  }

  /// A lower bound has a sign.
  private func time(_ lasted: Duration) -> String {
    context.marks.age(lasted, isLowerBound: event.lastedIsLowerBound)
  }

  private func fits(_ parts: [String]) -> Bool {
    TextWidth.cells(of: parts.joined(separator: marks.separator)) <= width
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
    // The entity is the reason, unless it is the number itself, or is named before.
    guard let cause = event.cause, !cause.isOfNumber, !cause.isPolling, event.count == 1 else {
      return [[code, words].compactMap(\.self).joined(separator: " ")]
    }
    if case .signal = cause { return [words] }
    let name = CauseName(context: context, id: cause).phrases(width: width).map(\.text)
    return [why, name.joined(), code].compactMap(\.self)
  }
}

extension CauseID {
  /// Whether it is a fault of a number itself.
  var isOfNumber: Bool {
    if case .entity(let reference) = self { reference.type == .phoneNumber } else { false }
  }
}
