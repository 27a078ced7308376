import Health
import Monitor

import struct FoundationEssentials.Date

// Acknowledging and muting.
extension ScreenState {
  /// Asks for a comment and an end, or whether to take it back.
  mutating func startAcknowledging(because comment: String = "") {
    guard let target = noteTarget else { return say("There is nothing to acknowledge here.") }
    shell.overlay = nil
    let open = openTroubles(of: target)
    let known = acknowledgements(of: target)
    guard open.isEmpty, !known.isEmpty else {
      guard !open.isEmpty else { return say("No fault is reported here.") }
      let numbers = open.compactMap(\.subject.number)
      let title = numbers.isEmpty ? title(of: target) : title(of: .numbers(numbers))
      shell.notePrompt = .acknowledging(open, title: title, comment: comment, author: author)
      return
    }
    shell.notePrompt = NotePrompt(
      purpose: .takeBack(Set(known.map(\.id))),
      title: known.count == 1 ? question(about: known[0]) : "\(known.count) acknowledgements"
    )
  }

  /// Asks what to mute and until when, or whether to end a mute.
  mutating func startMuting(_ filter: String? = nil) {
    shell.overlay = nil
    let target = noteTarget
    if filter == nil, let known = target.map(mutes), !known.isEmpty {
      shell.notePrompt = NotePrompt(
        purpose: .takeBack(Set(known.map(\.id))),
        title: known.count == 1 ? question(about: known[0]) : "\(known.count) mutes"
      )
      return
    }
    let active = usesActiveFilter ? filtering.filter.text : nil
    let filters = [filter, active, target.flatMap(filterText)].compactMap(\.self)
    guard !filters.isEmpty else {
      return say("There is no number to mute here; m takes any filter: type :mute EXPR.")
    }
    shell.notePrompt = .muting(filters, author: author)
    countMuted()
  }

  /// Whether the filter in force is what is probably meant.
  private var usesActiveFilter: Bool {
    !filtering.filter.isEmpty && !usesMarkedNumbers && (room.place == .list || room.place == .tiles)
  }

  private var author: String { shell.operatorName }

  private func question(about note: Acknowledgement) -> String {
    "\(title(of: note)): \(NoteWords.byline(note.author, note.comment))"
  }

  private func question(about mute: Mute) -> String {
    "\(mute.filter): \(NoteWords.sentence(of: mute, at: now.date))"
  }

  /// What an acknowledgement is about.
  func title(of note: Acknowledgement) -> String {
    switch note.subject {
    case .number(let id):
      fleet[id] == nil ? id.target ?? id.account : title(of: NoteTarget.numbers([id]))
    case .cause(let key): note.cause.map { title(of: NoteTarget.cause($0)) } ?? key
    case .account(let name): name
    case .entity(let reference): reference.id
    case .template(_, let id): id
    case .program: "wabatop"
    }
  }
}

// Typing.
extension ScreenState {
  mutating func editNote(_ edit: NoteEdit) -> [Effect] {
    guard shell.notePrompt != nil else { return [] }
    switch edit {
    case .insert(let text): shell.notePrompt?.insert(text)
    case .deleteBackward: shell.notePrompt?.change { $0 = String($0.dropLast()) }
    case .deleteWord: shell.notePrompt?.change { $0 = $0.withoutLastWord }
    case .clear: shell.notePrompt?.change { $0 = "" }
    case .nextField: shell.notePrompt?.moveFocus(1)
    case .previousField: shell.notePrompt?.moveFocus(-1)
    case .nextPreset: shell.notePrompt?.choosePreset(1)
    case .previousPreset: shell.notePrompt?.choosePreset(-1)
    case .drop: shell.notePrompt = nil
    case .submit: return submitNote()
    }
    countMuted()
    return []
  }

  /// Counts what would be muted.
  private mutating func countMuted() {
    guard let prompt = shell.notePrompt, prompt.purpose == .mute else { return }
    let filter = try? mutingFilter(prompt)
    shell.notePrompt?.count = filter.map { list.rows.count(passing: $0, fleet, at: now) }
  }

  private func mutingFilter(_ prompt: NotePrompt) throws(FilterError) -> Filter {
    try Filter(muting: filtering.saved.filter(prompt[.filter]).text)
  }

  private mutating func submitNote() -> [Effect] {
    guard let prompt = shell.notePrompt else { return [] }
    let author = prompt[.author].isEmpty ? shell.operatorName : prompt[.author]
    let action: OperatorAction?
    switch prompt.purpose {
    case .takeBack(let ids): action = .end(ids, author: author)
    case .acknowledge(let troubles):
      action = end(of: prompt).map { end in
        .acknowledge(troubles, author: author, comment: prompt[.comment], until: end.date)
      }
    case .mute: action = mute(prompt, by: author)
    }
    guard let action else { return [] }
    shell.notePrompt = nil
    shell.message = Message(
      words(on: action, about: prompt),
      ending: ending(of: action, prompt) + (shell.sharesNotes ? "" : " In this run only."),
      at: now
    )
    return [.note(action)]
  }

  private mutating func mute(_ prompt: NotePrompt, by author: String) -> OperatorAction? {
    let filter: Filter
    do {
      filter = try mutingFilter(prompt)
    } catch {
      shell.notePrompt?.point(at: .filter, error.text)
      return nil
    }
    guard let end = end(of: prompt) else { return nil }
    guard let date = end.date else {
      shell.notePrompt?.point(at: .until, "a mute needs a time, such as 2h")
      return nil
    }
    return .mute(filter: filter.text, author: author, comment: prompt[.comment], until: date)
  }

  /// Until when; nil after a mistake was shown.
  private mutating func end(of prompt: NotePrompt) -> EndTime? {
    do {
      return try EndTime(prompt[.until], now: now.date, isUTC: saysUTC)
    } catch {
      shell.notePrompt?.point(at: .until, error.text)
      return nil
    }
  }

  /// Whether times on the screen are UTC.
  var saysUTC: Bool { shell.wall != nil || shell.timeFormat != .local }

  private func words(on action: OperatorAction, about prompt: NotePrompt) -> String {
    switch action {
    case .acknowledge: "Acknowledged \(prompt.title)"
    case .mute(let filter, _, _, _): "Muted \(filter)"
    case .end: "Taken back: \(prompt.title)"
    }
  }

  /// Until when, which stays visible where the text is too long, and that nothing is muted by it yet.
  private func ending(of action: OperatorAction, _ prompt: NotePrompt) -> String {
    switch action {
    case .acknowledge(_, _, _, let until): until.map { " \(words($0))." } ?? " until it is over."
    case .mute(_, _, _, let until):
      " \(words(until))" + (prompt.count == 0 ? ": no number passes it now." : ".")
    case .end: "."
    }
  }

  /// With the day where it is another one.
  private func words(_ end: Date) -> String {
    let clock = ClockTime(end, isUTC: saysUTC)
    let isToday = clock.day == ClockTime(now.date, isUTC: saysUTC).day
    return "until \(isToday ? clock.clock : clock.long)"
  }
}

extension Subject {
  /// The number, if it is one.
  fileprivate var number: PhoneNumber.ID? { if case .number(let id) = self { id } else { nil } }
}
