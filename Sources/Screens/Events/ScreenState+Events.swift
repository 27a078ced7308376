import Health
package import Monitor

// The events, latest first, and the cursor in their list.
extension ScreenState {
  package var eventSubject: EventSubject? {
    if case .events(let subject) = route { subject } else { nil }
  }

  /// The number of shown events.
  package var eventCount: Int { events.matching?.count ?? timeline.count }

  package var eventRowCount: Int { eventCount + unfoldedEvents.reduce(0) { $0 + $1.count } }

  /// The visible lines, which always contain the cursor.
  package var eventWindow: Range<Int> {
    Scrolling.window(
      events.scroll,
      holding: events.selectedRow,
      of: eventRowCount,
      height: events.visibleRows
    )
  }

  package func eventRow(_ row: Int) -> EventRow? {
    var (rest, ordinal) = (row, 0)
    for unfolded in unfoldedEvents {
      if rest <= unfolded.ordinal - ordinal { break }
      rest -= unfolded.ordinal - ordinal + 1
      ordinal = unfolded.ordinal + 1
      if rest < unfolded.count { return self.row(unfolded.ordinal, victim: rest) }
      rest -= unfolded.count
    }
    return self.row(ordinal + rest, victim: nil)
  }

  package var selectedEvent: EventRow? {
    eventRowCount > 0 ? eventRow(min(events.selectedRow, eventRowCount - 1)) : nil
  }

  /// The number of events in each of so many equal periods: of all in this run, or of those that are
  /// shown, in the last 24 hours at most.
  package func eventDensity(parts: Int) -> EventDensity? {
    guard parts > 0, let first = timeline.first?.moment else { return nil }
    guard events.matching != nil else {
      guard let start = journal.events.first?.moment else { return nil }
      return EventDensity(from: start, to: asOf, parts: parts) { journal.count(before: $0) }
    }
    let start = max(first, asOf + .seconds(-BarsQuestion.length))
    return EventDensity(from: start, to: asOf, parts: parts) { moment in
      events.moments.partitioningIndex { $0 >= moment }
    }
  }

  private func row(_ ordinal: Int, victim: Int?) -> EventRow? {
    guard let event = event(ordinal) else { return nil }
    let number = victim.flatMap { timeline.number($0, of: event) }
    let isUnfolded = events.unfolded.contains(event.id)
    return EventRow(event: event, victim: victim, number: number, isUnfolded: isUnfolded)
  }

  /// The event at an index that counts from the latest.
  private func event(_ ordinal: Int) -> JournalEvent? {
    let timeline = timeline
    guard let matching = events.matching else {
      let index = timeline.count - 1 - ordinal
      return (0..<timeline.count).contains(index) ? timeline[index] : nil
    }
    let index = matching.count - 1 - ordinal
    guard matching.indices.contains(index) else { return nil }
    return timeline.index(of: matching[index]).map { timeline[$0] }
  }

  private func ordinal(of id: Int) -> Int? {
    guard let matching = events.matching else {
      let timeline = timeline
      return timeline.index(of: id).map { timeline.count - 1 - $0 }
    }
    return matching.lastIndex(of: id).map { matching.count - 1 - $0 }
  }

  /// The latest first.
  private var unfoldedEvents: [(ordinal: Int, count: Int)] {
    guard !events.unfolded.isEmpty else { return [] }
    let timeline = timeline
    return events.unfolded
      .compactMap { id in
        guard let ordinal = ordinal(of: id), let index = timeline.index(of: id) else { return nil }
        return (ordinal, timeline[index].count)
      }
      .sorted { $0.ordinal < $1.ordinal }
  }

  func eventRow(of id: EventRow.ID) -> Int? {
    guard let ordinal = ordinal(of: id.event) else { return nil }
    let before = unfoldedEvents.filter { $0.ordinal < ordinal }.reduce(0) { $0 + $1.count }
    return ordinal + before + (id.victim.map { $0 + 1 } ?? 0)
  }
}

// MARK: - The cursor

extension ScreenState {
  mutating func showEvents(of subject: EventSubject?) {
    guard let subject else {
      if route != .events(nil) { events.restart() }
      return show(.events(nil))
    }
    shell.routes.append(.events(subject))
    events.restart()
    reconcileEvents()
  }

  /// Shows the events of the chosen item, or all events if its events are already shown.
  mutating func showEventsOfChosen() {
    guard eventSubject == nil else { return leaveView() }
    if let subject = room.eventSubject(in: self) { showEvents(of: subject) }
  }

  mutating func select(eventRow row: Int) {
    guard eventRowCount > 0 else { return }
    events.selectedRow = min(max(row, 0), eventRowCount - 1)
    events.selection = selectedEvent?.id
    events.scroll = eventWindow.lowerBound
  }

  mutating func openTreeOfEvent(_ number: PhoneNumber.ID) {
    guard fleet.index(of: number) != nil else { return say("The number is no longer there.") }
    openTree(of: number)
  }

  mutating func followTail() {
    events.selection = nil
    (events.selectedRow, events.scroll) = (0, 0)
  }

  mutating func seekIncident(_ step: Int) {
    guard let row = incidentRow(step) else {
      return say(step < 0 ? "No earlier incident." : "No later incident.")
    }
    select(eventRow: row)
  }

  /// The nearest incident in a direction; nil if there is none.
  private func incidentRow(_ step: Int) -> Int? {
    guard let current = selectedEvent.flatMap({ ordinal(of: $0.event.id) }) else { return nil }
    let end = step < 0 ? eventCount : -1
    for place in stride(from: current - step, to: end, by: -step) {
      if let event = event(place), event.isIncident {
        return eventRow(of: EventRow.ID(event: event.id, victim: nil))
      }
    }
    return nil
  }

  /// Finds the events of a subject or a kind, or those of numbers that pass the filter.
  private mutating func matchEvents(of subject: EventSubject?) {
    let filter = filtering.filter
    guard subject != nil || !filter.isEmpty || events.kind != nil else {
      events.matching = nil
      return
    }
    let basis = EventsState.Basis(
      revision: journal.revision,
      pages: remembered.journals.count,
      filter: filter,
      kind: events.kind
    )
    guard basis != events.basis || events.matching == nil else { return }
    let kind = events.kind
    let found = timeline.events { event, journal in
      kind?.includes(event) != false
        && (subject?.concerns(event, in: journal) ?? passesFilter(event, in: journal))
    }
    (events.matching, events.moments) = (found.map(\.id), found.map(\.moment))
    events.basis = basis
  }

  /// Whether an event concerns a number that passes the filter.
  func passesFilter(_ event: JournalEvent, in journal: EventJournal) -> Bool {
    guard !filtering.filter.isEmpty else { return true }
    guard case .template(_, let waba, _) = event.kind else {
      return event.victims.contains { victim in
        fleet.index(of: journal.number(at: victim)).map(passesFilter) ?? false
      }
    }
    let reference = EntityReference(type: .waba, id: waba)
    return fleet.numbers(sharing: reference).contains(where: passesFilter)
  }

  /// Keeps the cursor on its event, or on the latest, after events were added or dropped.
  mutating func reconcileEvents() {
    guard case .events(let subject) = route else { return }
    reconcileRemembered(of: subject)
    matchEvents(of: subject)
    guard let selection = events.selection else { return followTail() }
    if let row = eventRow(of: selection) {
      if events.scroll > 0 { events.scroll += row - events.selectedRow }
      events.selectedRow = row
    } else {
      events.selectedRow = max(0, min(events.selectedRow, eventRowCount - 1))
      events.selection = selectedEvent?.id
    }
    events.scroll = eventWindow.lowerBound
  }
}

extension JournalEvent {
  /// Whether it can be unfolded to list its numbers.
  package var isFoldable: Bool { count > 1 }
}
