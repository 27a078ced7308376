internal import HashTreeCollections
import Health

// Keeping the events: joining them, combining them, and dropping the oldest.
extension EventJournal {
  mutating func intern(_ number: PhoneNumber.ID) -> Int32 {
    if let place = places[number] { return place }
    let place = Int32(numbers.count)
    numbers.append(number)
    latest.append(.min)
    places[number] = place
    return place
  }

  /// Adds a number to a recent event of the same kind and cause.
  ///
  /// Not if the number is part of that event or has a later one.
  mutating func join(
    _ place: Int32,
    _ group: Group,
    _ now: Moment,
    _ cycle: Duration?,
    from state: HealthState? = nil,
    to next: HealthState? = nil,
    lasting time: Lasting? = nil
  ) -> Bool {
    guard let id = open[group], id > latest[Int(place)], let index = index(of: id) else {
      return false
    }
    if let cycle, now - events[index].moment > cycle { return false }
    if let state, let next {
      if case .states(let from, let to) = events[index].kind {
        if state != from { events[index].isFromSeveral = true }
        if to < from, next < to { events[index].kind = .states(from: from, to: next) }
      }
      events[index].note(JournalEvent.Step(from: state, to: next))
    }
    if let time { events[index].note(time) }
    revision += 1
    events[index].victims.append(place)
    latest[Int(place)] = Int32(id)
    victimCount += 1
    trim()
    return true
  }

  /// Removes recent events of single accounts, whose numbers become the combined one's.
  ///
  /// - Returns: The numbers, and what they went through, as far as that is known.
  mutating func absorb(
    _ parts: [CauseID],
    _ now: Moment
  ) -> (victims: [Int32], steps: [JournalEvent.Step]) {
    var victims: [Int32] = []
    var steps: [JournalEvent.Step] = []
    for part in parts {
      guard let id = open.removeValue(forKey: Group(change: .failing, cause: part)),
        let index = index(of: id), now - events[index].moment <= Self.oneOutage
      else { continue }
      victimCount -= events[index].count
      moments[id] = nil
      let part = events.remove(at: index)
      for (place, victim) in part.victims.enumerated() where latest[Int(victim)] == Int32(id) {
        let step = part.step(ofVictim: place)
        if let step, steps.count == victims.count { steps.append(step) }
        victims.append(victim)
      }
    }
    return (victims, steps)
  }

  /// Accounts that fail within this time are one outage.
  static let oneOutage = Duration.seconds(120)

  /// Adds an event, in the order of when it happened.
  mutating func append(
    _ kind: JournalEvent.Kind,
    cause: CauseID? = nil,
    words: Cause? = nil,
    victims: [Int32] = [],
    group: Group? = nil,
    at moment: Moment,
    _ complete: (inout JournalEvent) -> Void = { _ in }
  ) {
    var event = JournalEvent(id: nextID, moment: moment, kind: kind, cause: cause, words: words)
    event.victims = victims
    if case .states(let from, let to) = kind { event.steps = [.init(from: from, to: to)] }
    complete(&event)
    victimCount += victims.count
    revision += 1
    // What had to be confirmed happened before what was noted meanwhile.
    let isLast = events.last.map { $0.moment <= moment } ?? true
    let index = isLast ? events.count : events.partitioningIndex { $0.moment > moment }
    events.insert(event, at: index)
    moments[nextID] = moment
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
    for event in events.prefix(dropped) { moments[event.id] = nil }
    events.removeFirst(dropped)
    open = open.filter { moments[$0.value] != nil }
    hasDropped = true
  }
}

/// How long a number was in trouble, or longer, where that was there at the first reading of the run.
struct Lasting {
  let duration: Duration
  let isLowerBound: Bool
}

extension JournalEvent {
  /// Notes what the next of its numbers goes through, if that is known of all before it.
  mutating func note(_ step: Step) {
    if steps.count == victims.count { steps.append(step) }
  }

  /// Notes how long one of its numbers was in trouble.
  mutating func note(_ time: Lasting) {
    lasted = min(lasted ?? time.duration, time.duration)
    longest = max(longest ?? time.duration, time.duration)
    lastedIsLowerBound = lastedIsLowerBound || time.isLowerBound
  }
}
