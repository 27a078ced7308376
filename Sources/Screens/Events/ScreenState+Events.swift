import Health
package import Monitor

// What changed in this run, the latest first, and where the operator is among it.
extension ScreenState {
  package var journal: EventJournal { watch.journal }

  package var eventSubject: EventSubject? {
    if case .events(let subject) = route { subject } else { nil }
  }

  /// How many events there are to look at.
  package var eventCount: Int { eventsView.matching?.count ?? journal.count }

  package var eventRowCount: Int { eventCount + unfoldedEvents.reduce(0) { $0 + $1.count } }

  package func eventWindow(height: Int) -> Range<Int> {
    let count = eventRowCount
    let first = Self.first(
      eventsView.scroll,
      holding: eventsView.selectedRow,
      of: count,
      height: height
    )
    return first..<min(first + max(height, 0), count)
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
    eventRowCount > 0 ? eventRow(min(eventsView.selectedRow, eventRowCount - 1)) : nil
  }

  var chosenEventNumber: PhoneNumber.ID? {
    guard let row = selectedEvent else { return nil }
    if let number = row.number { return number }
    return row.event.count == 1 ? journal.numbers(of: row.event).first : nil
  }

  /// How many events fell into each of so many equal parts of the run.
  package func eventDensity(parts: Int) -> EventDensity? {
    guard parts > 0, let start = journal.events.first?.moment else { return nil }
    return EventDensity(of: journal, from: start, to: now, parts: parts)
  }

  var visibleEventMoments: [Moment] {
    eventWindow(height: viewport.eventRows).compactMap { eventRow($0)?.event.moment }
  }

  private func row(_ ordinal: Int, victim: Int?) -> EventRow? {
    guard let event = event(ordinal) else { return nil }
    let number = victim.map { journal.number(at: event.victims[$0]) }
    let isUnfolded = eventsView.unfolded.contains(event.id)
    return EventRow(event: event, victim: victim, number: number, isUnfolded: isUnfolded)
  }

  /// Counted from the latest.
  private func event(_ ordinal: Int) -> JournalEvent? {
    guard let matching = eventsView.matching else {
      let index = journal.count - 1 - ordinal
      return journal.events.indices.contains(index) ? journal.events[index] : nil
    }
    let index = matching.count - 1 - ordinal
    guard matching.indices.contains(index) else { return nil }
    return journal.index(of: matching[index]).map { journal.events[$0] }
  }

  private func ordinal(of id: Int) -> Int? {
    guard let matching = eventsView.matching else {
      return journal.index(of: id).map { journal.count - 1 - $0 }
    }
    return matching.lastIndex(of: id).map { matching.count - 1 - $0 }
  }

  /// The latest first.
  private var unfoldedEvents: [(ordinal: Int, count: Int)] {
    eventsView.unfolded
      .compactMap { id in
        guard let ordinal = ordinal(of: id), let index = journal.index(of: id) else { return nil }
        return (ordinal, journal.events[index].count)
      }
      .sorted { $0.ordinal < $1.ordinal }
  }

  private func row(of id: EventRow.ID) -> Int? {
    guard let ordinal = ordinal(of: id.event) else { return nil }
    let before = unfoldedEvents.filter { $0.ordinal < ordinal }.reduce(0) { $0 + $1.count }
    return ordinal + before + (id.victim.map { $0 + 1 } ?? 0)
  }
}

// MARK: - Moving and opening

extension ScreenState {
  mutating func showEvents(of subject: EventSubject?) {
    guard let subject else {
      if route != .events(nil) { eventsView = EventsState() }
      return show(.events(nil))
    }
    routes.append(.events(subject))
    eventsView = EventsState()
    reconcileEvents()
  }

  /// The events of what is chosen; where they are shown already, all of them again.
  mutating func showEventsOfChosen() {
    switch route {
    case .events(nil):
      if let row = selectedEvent, let subject = subject(of: row) { showEvents(of: subject) }
    case .events: leaveView()
    case .list, .tiles: if let id = selectedRecord?.id { showEvents(of: .number(id)) }
    case .causes: if let subject = subjectOfCause { showEvents(of: subject) }
    case .tree, .inversion: if let subject = subjectOfNode { showEvents(of: subject) }
    }
  }

  /// Of a number's own fault, the number.
  private var subjectOfCause: EventSubject? {
    guard let cause = selectedCause else { return nil }
    if case .entity(let reference) = cause.id, reference.type == .phoneNumber {
      return chosenCauseNumber.map(EventSubject.number)
    }
    return .cause(cause.id)
  }

  private var subjectOfNode: EventSubject? {
    switch selectedNode?.subject {
    case .sibling(let id)?: .number(id)
    case .root(let cause)?: .cause(cause)
    case .otherWABA(let id, _)?, .template(_, let id)?:
      .cause(.entity(EntityReference(type: .waba, id: id)))
    case .entity(let entity)?: entity.reference.map { .cause(.entity($0)) }
    case .poll?: treeNumber.map { .account($0.account) }
    default: treeNumber.map(EventSubject.number) ?? inversionRoot.map(EventSubject.cause)
    }
  }

  private func subject(of row: EventRow) -> EventSubject? {
    if let number = row.number { return .number(number) }
    if row.event.count == 1 { return journal.numbers(of: row.event).first.map { .number($0) } }
    return row.event.cause.map(EventSubject.cause)
  }

  mutating func moveInEvents(_ movement: Movement) {
    let height = viewport.eventRows
    let count = eventRowCount
    select(
      eventRow: Self.target(
        of: movement,
        from: eventsView.selectedRow,
        count: count,
        height: height
      )
    )
  }

  mutating func selectEvent(visibleLine: Int) {
    select(eventRow: eventWindow(height: viewport.eventRows).lowerBound + visibleLine)
  }

  mutating func select(eventRow row: Int) {
    guard eventRowCount > 0 else { return }
    eventsView.selectedRow = min(max(row, 0), eventRowCount - 1)
    eventsView.selection = selectedEvent?.id
    eventsView.scroll = eventWindow(height: viewport.eventRows).lowerBound
  }

  mutating func followTail() {
    eventsView.selection = nil
    (eventsView.selectedRow, eventsView.scroll) = (0, 0)
  }

  mutating func seekIncident(_ step: Int) {
    guard let row = incidentRow(step) else {
      message = Message(step < 0 ? "No earlier incident." : "No later incident.", at: now)
      return
    }
    select(eventRow: row)
  }

  /// The nearest event that is an incident, in a direction; nil where there is none.
  private func incidentRow(_ step: Int) -> Int? {
    guard let current = selectedEvent.flatMap({ ordinal(of: $0.event.id) }) else { return nil }
    let end = step < 0 ? eventCount : -1
    for place in stride(from: current - step, to: end, by: -step) {
      if let event = event(place), event.isIncident {
        return row(of: EventRow.ID(event: event.id, victim: nil))
      }
    }
    return nil
  }

  /// Finds the cursor again after events have come or gone: it stays on its event, or at the tail.
  mutating func reconcileEvents() {
    guard case .events(let subject) = route else { return }
    if let subject {
      if eventsView.revision != journal.revision || eventsView.matching == nil {
        eventsView.matching = journal.events.filter { subject.concerns($0, in: journal) }.map(\.id)
        eventsView.revision = journal.revision
      }
    } else {
      eventsView.matching = nil
    }
    guard let selection = eventsView.selection else { return followTail() }
    if let row = row(of: selection) {
      if eventsView.scroll > 0 { eventsView.scroll += row - eventsView.selectedRow }
      eventsView.selectedRow = row
    } else {
      eventsView.selectedRow = max(0, min(eventsView.selectedRow, eventRowCount - 1))
      eventsView.selection = selectedEvent?.id
    }
    eventsView.scroll = eventWindow(height: viewport.eventRows).lowerBound
  }

  mutating func foldEvent(open: Bool) {
    guard let row = selectedEvent, row.event.isFoldable else { return }
    if open {
      eventsView.unfolded.insert(row.event.id)
    } else {
      eventsView.unfolded.remove(row.event.id)
    }
    let header = EventRow.ID(event: row.event.id, victim: nil)
    if let place = self.row(of: open ? row.id : header) { select(eventRow: place) }
  }

  /// Many numbers unfold; one has its tree, an account or a template the tree of what hangs on it.
  mutating func openEvent() {
    guard let row = selectedEvent else { return }
    if let number = row.number { return openNumber(number) }
    if row.event.isFoldable { return foldEvent(open: !row.isUnfolded) }
    if let number = journal.numbers(of: row.event).first { return openNumber(number) }
    if case .template(_, let waba, _) = row.event.kind {
      openInversion(of: .entity(EntityReference(type: .waba, id: waba)))
    } else if let cause = row.event.cause {
      openInversion(of: cause)
    }
  }

  private mutating func openNumber(_ id: PhoneNumber.ID) {
    guard fleet.index(of: id) != nil else {
      message = Message("The number is no longer there.", at: now)
      return
    }
    openTree(of: id)
  }
}

extension JournalEvent {
  /// Its numbers are listed under it when asked for.
  package var isFoldable: Bool { count > 1 }
}
