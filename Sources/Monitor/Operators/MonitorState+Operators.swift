package import Health

import struct FoundationEssentials.Date

// What operators said.
extension MonitorState {
  /// The acknowledgements and mutes in force.
  package var notes: OperatorNotes { operators.notes }

  /// Replaces what is in force.
  ///
  /// - Parameters:
  ///   - notes: All acknowledgements and mutes in force.
  ///   - endings: Why others are not, by id, as far as known.
  ///   - moment: The current moment.
  /// - Returns: What changed.
  package mutating func adopt(
    _ notes: OperatorNotes,
    endings: [String: Ending] = [:],
    at moment: Moment
  ) -> [Change] {
    now = max(now, moment)
    return apply(operators.adopt(notes, endings: endings, in: situation))
  }

  /// Says which accounts are polled here; nil means all.
  package mutating func setAccountsPolledHere(_ accounts: Set<String>?) {
    operators.accountsPolledHere = accounts
  }

  /// Applies the rules after a change of the fleet, or only of the time.
  ///
  /// - Parameters:
  ///   - change: What changed in the fleet.
  ///   - changesCauses: Whether causes changed.
  ///   - changesPolling: Whether accounts stopped or started to answer.
  /// - Returns: What ended.
  mutating func applyRules(
    after change: FleetChange = FleetChange(),
    changesCauses: Bool = false,
    changesPolling: Bool = false
  ) -> [Change] {
    apply(
      operators.follow(
        change,
        changesCauses: changesCauses,
        changesPolling: changesPolling,
        in: situation
      )
    )
  }

  private var situation: OperatorIndex.Situation {
    OperatorIndex.Situation(fleet: fleet, causes: causes, now: now)
  }

  private mutating func apply(_ said: OperatorIndex.Changes) -> [Change] {
    guard !said.isEmpty else { return [] }
    hasNews = true
    for (place, marks) in said.marks { fleet.mark(place, marks) }
    for (place, _) in said.marks { pending.alter(place) }
    // Those that are read at the start are no news.
    let start = operators.start.date.addingTimeInterval(-0.001)
    let new = said.acknowledgements.filter { $0.date >= start }
    let newMutes = said.mutes.filter { $0.date >= start }
    var changes = new.map { note in
      change(
        .acknowledged(number(of: note), Change.Note(note)),
        note.cause.map { Change.Reason($0) },
        at: moment(of: note.date)
      )
    }
    changes += said.endedAcknowledgements.map { ended in
      let event = Change.Event.unacknowledged(
        number(of: ended.note),
        Change.Note(ended.note, isDecidedHere: ended.isDecidedHere),
        why: ended.note.why
      )
      let cause = ended.note.cause.map { Change.Reason($0) }
      return change(event, cause, at: moment(of: ended.note.ending?.date))
    }
    changes += newMutes.map { mute in
      change(.muted(filter: mute.filter, Change.Note(mute)), at: moment(of: mute.date))
    }
    changes += said.endedMutes.map { ended in
      let note = Change.Note(ended.note, isDecidedHere: ended.isDecidedHere)
      let event = Change.Event.unmuted(filter: ended.note.filter, note, why: ended.note.why)
      return change(event, at: moment(of: ended.note.ending?.date))
    }
    enter(changes)
    return changes
  }

  private func number(of note: Acknowledgement) -> Change.Number? {
    guard case .number(let id) = note.subject else { return nil }
    return fleet[id].map(Change.Number.init)
      ?? Change.Number(
        account: id.account,
        target: id.target,
        number: id.target ?? id.account,
        name: nil
      )
  }
}

extension MonitorState {
  /// When something was said or began, on this run's clock: all processes have it at the same time.
  func moment(of date: Date?) -> Moment {
    guard let date, date < now.date else { return now }
    let age = now.date.timeIntervalSince(date)
    return Moment(date: date, uptime: now.uptime - .milliseconds((age * 1000).rounded()))
  }
}

extension Acknowledgement {
  /// Why it is over.
  fileprivate var why: String { ending?.why ?? "" }
}

extension Mute {
  /// Why it is over.
  fileprivate var why: String { ending?.why ?? "" }
}

extension Change.Note {
  init(_ note: Acknowledgement, isDecidedHere: Bool = false) {
    id = note.id
    author = note.author
    comment = note.comment
    self.isDecidedHere = isDecidedHere
  }

  init(_ note: Mute, isDecidedHere: Bool = false) {
    id = note.id
    author = note.author
    comment = note.comment
    self.isDecidedHere = isDecidedHere
  }
}
