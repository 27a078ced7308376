import Health

// What operators said.
extension EventJournal {
  mutating func note(said event: Monitor.Change.Event, _ cause: CauseID?, at moment: Moment) {
    switch event {
    case .acknowledged(let number, let note):
      let kind = JournalEvent.Kind.acknowledged(by: note.author, comment: note.comment)
      self.note(kind, of: [number?.id].compactMap(\.self), cause: cause, at: moment)
    case .unacknowledged(let number, _, let why):
      let kind = JournalEvent.Kind.unacknowledged(why: why)
      note(kind, of: [number?.id].compactMap(\.self), cause: cause, at: moment)
    case .muted(let filter, let note):
      let kind = JournalEvent.Kind.muted(filter: filter, by: note.author, comment: note.comment)
      self.note(kind, at: moment)
    case .unmuted(let filter, _, let why):
      note(.unmuted(filter: filter, why: why), at: moment)
    default: break
    }
  }

  /// Records what was said about a cause or about numbers: what was said at once of several numbers is one
  /// event.
  private mutating func note(
    _ kind: JournalEvent.Kind,
    of numbers: [PhoneNumber.ID] = [],
    cause: CauseID? = nil,
    at now: Moment
  ) {
    let places = numbers.map { intern($0) }
    if cause == nil, !places.isEmpty, let said = events.lastIndex(where: { $0.moment <= now }),
      events[said].kind == kind, events[said].moment == now, events[said].cause == nil
    {
      let new = places.filter { !events[said].victims.contains($0) }
      events[said].victims += new
      victimCount += new.count
      revision += 1
      return
    }
    append(kind, cause: cause, at: now) {
      // They are no change of a number's state, which later changes could join.
      $0.victims = places
    }
    victimCount += places.count
  }
}
