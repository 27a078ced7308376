import Foundation
import Health
import History
import Monitor

// Events of former runs.
extension ScreenState {
  /// All events that are known: the remembered ones and those of this run.
  package var timeline: Timeline { Timeline(remembered.journals, journal) }

  /// The journal of the latest events; in the past that of the run of then.
  var latestJournal: EventJournal {
    guard isInPast else { return journal }
    return remembered.scope == nil ? remembered.journals.last ?? journal : journal
  }

  /// The page that has to be looked up now; nil while there is enough.
  var wantedEvents: EventsQuestion? {
    guard case .events = route, remembered.asked == nil, !remembered.isWhole,
      let end = remembered.end, eventWindow.upperBound + events.visibleRows >= eventRowCount
    else { return nil }
    return EventsQuestion(
      scope: remembered.scope,
      end: end,
      before: remembered.oldest?.id,
      start: remembered.oldest?.transition.date ?? end,
      page: remembered.journals.count + 1
    )
  }

  /// Notes that a page is looked up.
  mutating func expect(_ question: EventsQuestion) { remembered.asked = question }

  /// Begins with the latest events of a moment of the past.
  mutating func begin(with page: EventsPage) {
    reconcileRemembered(of: nil)
    remembered.add(page)
  }

  /// Adopts a page; one that is too late changes nothing.
  ///
  /// - Parameters:
  ///   - page: Nil where it can't be looked up.
  ///   - question: What was asked.
  /// - Returns: Whether anything changed.
  mutating func add(_ page: EventsPage?, to question: EventsQuestion) -> Bool {
    guard remembered.asked == question else { return false }
    remembered.asked = nil
    guard let page else {
      remembered.isWhole = true
      return true
    }
    remembered.add(page)
    reconcileEvents()
    return true
  }

  /// Begins anew where the events are of something else.
  mutating func reconcileRemembered(of subject: EventSubject?) {
    let end = isInPast ? asOf.date.addingTimeInterval(0.001) : journal.events.first?.moment.date
    guard remembered.scope != subject || remembered.end != end else { return }
    remembered = RememberedEvents(of: subject, before: end)
  }

  /// Shows only one kind of events, or all again.
  mutating func show(only kind: EventKind?) {
    events.kind = kind
    reconcileEvents()
  }
}
