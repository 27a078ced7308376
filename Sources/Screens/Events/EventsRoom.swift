import Canvas
import Health
import Monitor

extension KeyBinding.Place {
  package static let events = Self(
    "events",
    .showEvents,
    "view: what changed, as far as it is remembered"
  )
}

/// The changes, latest first, of this run and before: all, or those of a subject.
struct EventsRoom: ViewRoom {
  let subject: EventSubject?
  let place = KeyBinding.Place.events

  var isTab: Bool { subject == nil }
  var isFiltered: Bool { subject == nil }

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout { EventsLayout(area: area) }

  func title(_ context: DrawContext) -> String {
    subject.map { "\(place.title) of \(context.name(of: $0))" } ?? place.title
  }

  func standing(_ context: DrawContext) -> [[Phrase]] {
    let state = context.state
    let following = following(in: state)
    let times = state.shell.timeFormat == .local ? "times local" : "times UTC"
    let all = subject == nil ? [] : ["e all events"]
    let kind = state.events.kind.map { ["only \($0.rawValue)"] } ?? []
    let further = state.remembered.asked == nil ? [] : ["looking further back"]
    let standing = [
      kind + further + [following] + all + [times], kind + [following] + all, kind + [following],
    ].map { parts in
      [Phrase(parts.joined(separator: context.marks.separator), .textMuted)]
    }
    return isFiltered ? context.narrowed(standing) : standing
  }

  /// In the past nothing follows.
  private func following(in state: ScreenState) -> String {
    switch (state.isInPast, state.events.followsTail) {
    case (true, true): "the latest of then"
    case (true, false): "f selects the latest of then"
    case (false, true): "following the latest"
    case (false, false): "f follows the latest"
    }
  }

  func visiblePart(of state: ScreenState) -> VisiblePart {
    VisiblePart(range: state.eventWindow, count: state.eventRowCount)
  }

  func pages(in state: ScreenState) -> (count: Int, current: Int) {
    (state.latestEvents.isEmpty ? 0 : 1, 0)
  }

  func visibleAges(in state: ScreenState) -> [Age] {
    state.ages(of: state.eventWindow.compactMap { state.eventRow($0)?.event.moment })
  }

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState) {
    let (row, count) = (state.events.selectedRow, state.eventRowCount)
    let height = state.events.visibleRows
    state.select(
      eventRow: Scrolling.target(of: movement, from: row, count: count, height: height)
    )
  }

  func select(visibleRow: Int, in state: inout ScreenState) {
    state.select(eventRow: state.eventWindow.lowerBound + visibleRow)
  }

  func goLeft(in state: inout ScreenState) { fold(open: false, in: &state) }

  func goRight(in state: inout ScreenState) { fold(open: true, in: &state) }

  private func fold(open: Bool, in state: inout ScreenState) {
    guard let row = state.selectedEvent, row.event.isFoldable else { return }
    if open {
      state.events.unfolded.insert(row.event.id)
    } else {
      state.events.unfolded.remove(row.event.id)
    }
    let header = EventRow.ID(event: row.event.id, victim: nil)
    if let place = state.eventRow(of: open ? row.id : header) { state.select(eventRow: place) }
  }

  /// Unfolds an event of many numbers; opens what the answers about a number say otherwise, else its
  /// tree, or the inverted tree of an account or template.
  func open(in state: inout ScreenState) {
    guard let row = state.selectedEvent else { return }
    if row.number == nil, row.event.isFoldable {
      return fold(open: !row.isUnfolded, in: &state)
    }
    if state.showDifference(of: row) { return }
    if let number = chosenNumber(in: state) { return state.openTreeOfEvent(number) }
    if case .template(_, let waba, _) = row.event.kind {
      state.openInversion(of: .entity(EntityReference(type: .waba, id: waba)))
    } else if let cause = row.event.cause {
      state.openInversion(of: cause)
    }
  }

  func reconcile(in state: inout ScreenState) { state.reconcileEvents() }

  // MARK: What is chosen

  func hasLine(in state: ScreenState) -> Bool { state.selectedEvent != nil }

  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID? {
    guard let row = state.selectedEvent else { return nil }
    if let number = row.number { return number }
    return row.event.count == 1 ? state.timeline.numbers(of: row.event).first : nil
  }

  func eventSubject(in state: ScreenState) -> EventSubject? {
    if let number = chosenNumber(in: state) { return .number(number) }
    guard let event = state.selectedEvent?.event, event.count != 1 else { return nil }
    return event.cause.map(EventSubject.cause)
  }
}
