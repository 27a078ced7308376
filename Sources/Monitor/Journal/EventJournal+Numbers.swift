internal import HashTreeCollections
import Health

// Numbers that change their state.
extension EventJournal {
  /// Begins with the trouble that a number was in before this run, so that its end says how long it lasted.
  mutating func begin(_ trouble: Trouble, of number: PhoneNumber.ID) {
    let place = intern(number)
    if bad[place] == nil { bad[place] = trouble }
  }

  /// Records that a number changed its state; a first answer is no change.
  ///
  /// - Parameters:
  ///   - change: The number and its states; its causes are the combined ones of outages.
  ///   - cycle: How long changes with one cause may join an event.
  mutating func note(_ change: StateChange, cycle: Duration) {
    guard let from = change.from else { return }
    let now = change.moment
    let place = intern(change.number)
    var trouble = bad[place]
    let wasFine = from == .available
    if trouble == nil {
      let since = wasFine ? now : change.since
      let isLowerBound = !wasFine && change.sinceIsLowerBound
      trouble = Trouble(since: since, isLowerBound: isLowerBound, lostSightAt: nil)
    }
    let losesSight = change.to.isLost
    let hadLostSight = from.isLost
    let resumes = hadLostSight && trouble?.lostSightAt == change.to
    if losesSight, !hadLostSight { trouble?.lostSightAt = from }
    if !losesSight { trouble?.lostSightAt = nil }
    bad[place] = change.to == .available ? nil : trouble
    guard !change.isHidden else { return }
    if losesSight || resumes {
      // Only failing polls can explain this change, not what WhatsApp reported before.
      let cause = [change.cause, change.former].compactMap(\.self).first(where: \.isPolling)
      return lose(place, change, from: from, resumes: resumes, cause, now, cycle)
    }
    let isOver = change.to == .available
    let cause = isOver ? change.former : change.cause
    let direction: Change =
      isOver ? .recovered : from.isProblem && from < change.to ? .better : .worse
    let group = Group(change: direction, cause: cause?.inWords(of: change.words))
    let lasting = isOver ? trouble.map { Lasting($0, until: now) } : nil
    if join(place, group, now, cycle, from: from, to: change.to, lasting: lasting) { return }
    let kind = JournalEvent.Kind.states(from: from, to: change.to)
    append(
      kind,
      cause: cause,
      words: change.words,
      victims: [place],
      group: group,
      at: now
    ) { event in
      if let lasting { event.note(lasting) }
    }
  }

  /// Records that a number began or stopped to flap.
  mutating func note(
    _ kind: JournalEvent.Kind,
    of number: PhoneNumber.ID,
    _ cause: CauseID?,
    _ words: Cause?,
    at now: Moment
  ) {
    append(kind, cause: cause, words: words, victims: [intern(number)], at: now)
  }

  /// Records that a number became unknown, or is as before again.
  ///
  /// An account's failure and its end have their own events, which the numbers join.
  private mutating func lose(
    _ place: Int32,
    _ change: StateChange,
    from: HealthState,
    resumes: Bool,
    _ cause: CauseID?,
    _ now: Moment,
    _ cycle: Duration
  ) {
    let whole = Group(change: resumes ? .answering : .failing, cause: cause)
    // Accounts of one outage answer one after the other.
    let common = max(cycle, Self.oneOutage)
    if cause != nil,
      join(place, whole, now, resumes ? common : nil, from: from, to: change.to)
    {
      return
    }
    let group = resumes ? whole : Group(change: .lost, cause: cause)
    if join(place, group, now, cycle, from: from, to: change.to) { return }
    let kind: JournalEvent.Kind =
      resumes ? .answering : .states(from: from, to: change.to)
    let words = change.words?.kind == .poll ? change.words : nil
    append(kind, cause: cause, words: words, victims: [place], group: group, at: now) { event in
      event.steps = [JournalEvent.Step(from: from, to: change.to)]
    }
  }
}

extension Lasting {
  fileprivate init(_ trouble: EventJournal.Trouble, until now: Moment) {
    duration = now - trouble.since
    isLowerBound = trouble.isLowerBound
  }
}

extension CauseID {
  /// Faults of single numbers with the same text are one event.
  fileprivate func inWords(of cause: Cause?) -> CauseID {
    guard case .entity(let reference) = self, reference.type == .phoneNumber, let cause else {
      return self
    }
    return .signal(.entity(.phoneNumber), text: "\(cause.code?.text ?? "") \(cause.text)")
  }
}
