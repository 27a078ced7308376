internal import HashTreeCollections
package import Health

/// The events of this run, oldest first: a value, so that a paused screen can keep its own.
///
/// Changes with one cause within one poll cycle are one event. The number of events is limited: the
/// oldest are dropped first.
package struct EventJournal: Sendable {
  package private(set) var events: [JournalEvent] = []
  /// Whether older events were dropped, so that the first one is not the start of the run.
  package private(set) var hasDropped = false
  /// The journal's own table of numbers, because places in the fleet change.
  private var numbers: [PhoneNumber.ID] = []
  private var places: TreeDictionary<PhoneNumber.ID, Int32> = [:]
  private var victimCount = 0
  private var nextID = 0
  /// Increases with every change.
  package private(set) var revision = 0
  /// For each number, the last event that contains it; -1 if there is none.
  private var latest: [Int32] = []
  /// Since when the numbers of an account are known.
  private var known: [String: Moment] = [:]
  /// The open events, which changes of the same kind and cause join during the cycle.
  private var open: [Group: Int] = [:]
  private var bad: TreeDictionary<Int32, Trouble> = [:]
  private let limits: Limits

  package struct Limits: Hashable, Sendable {
    package var events = 5000
    package var victims = 100_000

    package init() {}
  }

  private struct Group: Hashable {
    let change: Change
    let cause: CauseID?
  }

  /// What the changes of one event have in common; the former state may differ.
  private enum Change: Hashable {
    case to(HealthState)
    case failing
    case answering
    case appeared
    case vanished
  }

  /// A number that isn't fine: since when, and its state before it became unknown.
  private struct Trouble {
    let since: Moment
    let isLowerBound: Bool
    var lostSightAt: HealthState?
  }

  package init(startedAt now: Moment, limits: Limits = Limits()) {
    self.limits = limits
    append(.started, at: now)
  }

  package var count: Int { events.count }

  /// The number at a place of the journal's table.
  package func number(at place: Int32) -> PhoneNumber.ID { numbers[Int(place)] }

  package func numbers(of event: JournalEvent) -> some RandomAccessCollection<PhoneNumber.ID> {
    event.victims.lazy.map { numbers[Int($0)] }
  }

  package func place(of number: PhoneNumber.ID) -> Int32? { places[number] }

  /// The index of an event; nil after it was dropped.
  package func index(of id: Int) -> Int? {
    let index = events.partitioningIndex { $0.id >= id }
    return index < events.count && events[index].id == id ? index : nil
  }

  /// The number of events before a moment.
  package func count(before moment: Moment) -> Int {
    events.partitioningIndex { $0.moment >= moment }
  }
}

// MARK: - What comes in

extension EventJournal {
  /// Records that numbers changed their state; a first answer is no change.
  ///
  /// - Parameters:
  ///   - changes: The numbers and their states.
  ///   - now: When it was noticed.
  ///   - whole: Maps a single account's trouble to the combined one.
  ///   - cycle: How long changes with one cause may join an event, by account.
  mutating func note(
    _ changes: [StateChange],
    at now: Moment,
    whole: (CauseID) -> CauseID,
    cycle: (String) -> Duration
  ) {
    for change in changes {
      guard let from = change.from else { continue }
      note(change, from: from, now, whole, cycle(change.number.account))
    }
  }

  private mutating func note(
    _ change: StateChange,
    from: HealthState,
    _ now: Moment,
    _ whole: (CauseID) -> CauseID,
    _ cycle: Duration
  ) {
    let place = intern(change.number)
    var trouble = bad[place]
    let wasFine = from == .available
    if trouble == nil {
      let since = wasFine ? now : change.since
      trouble = Trouble(since: since, isLowerBound: !wasFine, lostSightAt: nil)
    }
    let losesSight = change.to == .unknown || change.to == .stale
    let hadLostSight = from == .unknown || from == .stale
    let resumes = hadLostSight && trouble?.lostSightAt == change.to
    if losesSight, !hadLostSight { trouble?.lostSightAt = from }
    if !losesSight { trouble?.lostSightAt = nil }
    bad[place] = change.to == .available ? nil : trouble
    if losesSight || resumes {
      // Only failing polls can explain this change, not what WhatsApp reported before.
      let cause = [change.cause, change.former].compactMap(\.self).first(where: \.isPolling)
      return lose(place, change, from: from, resumes: resumes, cause.map(whole), now, cycle)
    }
    let isOver = change.to == .available
    let cause = (isOver ? change.former : change.cause).map(whole)
    let group = Group(change: .to(change.to), cause: cause?.inWords(of: change.words))
    if join(place, group, now, cycle, from: from) { return }
    let kind = JournalEvent.Kind.states(from: from, to: change.to)
    append(kind, cause: cause, words: change.words, victims: [place], group: group, at: now)
    if isOver, let trouble {
      events[events.count - 1].lasted = now - trouble.since
      events[events.count - 1].lastedIsLowerBound = trouble.isLowerBound
    }
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
    if cause != nil, join(place, whole, now, resumes ? cycle : nil) { return }
    let group = resumes ? whole : Group(change: .to(change.to), cause: cause)
    if join(place, group, now, cycle, from: from) { return }
    let kind: JournalEvent.Kind =
      resumes ? .answering : .states(from: from, to: change.to)
    let words = change.words?.kind == .poll ? change.words : nil
    append(kind, cause: cause, words: words, victims: [place], group: group, at: now)
  }

  /// Records that accounts stopped answering, or answer again.
  mutating func note(_ change: PollingChange, at now: Moment) {
    for failing in change.failing {
      let absorbed = absorb(failing.parts, now)
      let group = Group(change: .failing, cause: failing.cause)
      append(.failing, cause: failing.cause, victims: absorbed, group: group, at: now)
      events[events.count - 1].failure = failing.error
    }
    for over in change.answering {
      open[Group(change: .failing, cause: over.cause)] = nil
      append(.answering, cause: over.cause, at: now)
      events[events.count - 1].lasted = over.since.map { now - $0 }
      // The numbers' events name the single accounts' troubles.
      for cause in [over.cause] + over.parts {
        open[Group(change: .answering, cause: cause)] = nextID - 1
      }
    }
  }

  mutating func note(
    _ template: MessageTemplate,
    of waba: String,
    from former: AsSent<TemplateStatus>,
    at now: Moment
  ) {
    let cause = [former.value, template.status.value].first(where: \.isTrouble)
    append(
      .template(template, waba: waba, from: former),
      cause: cause.map(CauseID.templates),
      at: now
    )
  }

  /// Records an account's new numbers; its first known numbers are no change.
  ///
  /// - Returns: The numbers that are a change.
  mutating func note(
    appeared numbers: [PhoneNumber.ID],
    at account: String,
    _ now: Moment,
    cycle: Duration
  ) -> [PhoneNumber.ID] {
    let since = known[account, default: now]
    known[account] = since
    // Discovery may take a while. An account's own entry is not a number.
    guard now - since > max(cycle, .seconds(60)) else { return [] }
    let found = numbers.filter { $0.target != nil }
    noteMembers(.appeared, found, now, cycle)
    return found
  }

  mutating func note(vanished numbers: [PhoneNumber.ID], at now: Moment, cycle: Duration) {
    noteMembers(.vanished, numbers.filter { $0.target != nil }, now, cycle)
    for number in numbers { places[number].map { bad[$0] = nil } }
  }

  /// Forgets accounts that are gone.
  mutating func forgetAccounts(where isGone: (String) -> Bool) {
    known = known.filter { !isGone($0.key) }
  }

  mutating func note(reload text: String, at now: Moment) { append(.reloaded(text), at: now) }

  private mutating func noteMembers(
    _ kind: JournalEvent.Kind,
    _ numbers: [PhoneNumber.ID],
    _ now: Moment,
    _ cycle: Duration
  ) {
    for number in numbers {
      let place = intern(number)
      let group = Group(change: kind == .appeared ? .appeared : .vanished, cause: nil)
      if !join(place, group, now, cycle) {
        append(kind, victims: [place], group: group, at: now)
      }
    }
  }
}

// MARK: - Keeping them

extension EventJournal {
  private mutating func intern(_ number: PhoneNumber.ID) -> Int32 {
    if let place = places[number] { return place }
    let place = Int32(numbers.count)
    numbers.append(number)
    latest.append(-1)
    places[number] = place
    return place
  }

  /// Adds a number to a recent event of the same kind and cause.
  ///
  /// Not if the number is part of that event or has a later one.
  private mutating func join(
    _ place: Int32,
    _ group: Group,
    _ now: Moment,
    _ cycle: Duration?,
    from state: HealthState? = nil
  ) -> Bool {
    guard let id = open[group], id > latest[Int(place)], let index = index(of: id) else {
      return false
    }
    if let cycle, now - events[index].moment > cycle { return false }
    if case .states(let from, _) = events[index].kind, let state, state != from {
      events[index].isFromSeveral = true
    }
    revision += 1
    events[index].victims.append(place)
    latest[Int(place)] = Int32(id)
    victimCount += 1
    trim()
    return true
  }

  /// Moves recent events of single accounts into the combined one.
  private mutating func absorb(_ parts: [CauseID], _ now: Moment) -> [Int32] {
    var victims: [Int32] = []
    for part in parts {
      guard let id = open.removeValue(forKey: Group(change: .failing, cause: part)),
        let index = index(of: id), now - events[index].moment <= Self.oneOutage
      else { continue }
      victimCount -= events[index].count
      victims += events.remove(at: index).victims.filter { latest[Int($0)] == Int32(id) }
    }
    return victims
  }

  /// Accounts that fail within this time are one outage.
  private static let oneOutage = Duration.seconds(120)

  private mutating func append(
    _ kind: JournalEvent.Kind,
    cause: CauseID? = nil,
    words: Cause? = nil,
    victims: [Int32] = [],
    group: Group? = nil,
    at now: Moment
  ) {
    var event = JournalEvent(id: nextID, moment: now, kind: kind, cause: cause, words: words)
    event.victims = victims
    victimCount += victims.count
    revision += 1
    events.append(event)
    for place in victims { latest[Int(place)] = Int32(nextID) }
    if let group { open[group] = nextID }
    nextID += 1
    trim()
  }

  /// Drops the oldest tenth at once, so that it happens rarely; the newest event always stays.
  private mutating func trim() {
    guard events.count > limits.events || victimCount > limits.victims else { return }
    var dropped = 0
    while dropped < events.count - 1,
      events.count - dropped > limits.events * 9 / 10 || victimCount > limits.victims * 9 / 10
    {
      victimCount -= events[dropped].count
      dropped += 1
    }
    events.removeFirst(dropped)
    let oldest = events[0].id
    open = open.filter { $0.value >= oldest }
    hasDropped = true
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

extension Array {
  /// The first index from which a condition is true; it must be true for all later elements.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
