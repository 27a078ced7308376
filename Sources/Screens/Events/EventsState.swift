package import Health
package import Monitor

/// Where the operator is among the events.
package struct EventsState: Hashable, Sendable {
  /// Nil follows the tail: the latest event, whichever that is.
  package var selection: EventRow.ID?
  package var selectedRow = 0
  package var scroll = 0
  /// The lines that there is room for.
  package internal(set) var visibleRows = 16
  /// Events whose numbers are listed under them.
  package var unfolded: Set<Int> = []
  /// The events of the subject that was asked for, or those that the filter lets through, oldest first;
  /// nil is all.
  var matching: [Int]?
  /// What `matching` was made with.
  var filter: Filter?
  /// Of the journal that `matching` was made from.
  var revision = -1

  package init() {}

  package var followsTail: Bool { selection == nil }

  /// As it is when the view is opened.
  mutating func restart() {
    let height = visibleRows
    self = EventsState()
    visibleRows = height
  }
}

/// A line of the events: an event, or one of its numbers under it.
package struct EventRow: Sendable, Identifiable {
  package struct ID: Hashable, Sendable {
    let event: Int
    /// Which of its numbers; nil is the event itself.
    let victim: Int?
  }

  package let event: JournalEvent
  package let victim: Int?
  /// The number of a line under an event.
  package let number: PhoneNumber.ID?
  package let isUnfolded: Bool

  package var id: ID { ID(event: event.id, victim: victim) }

  package var isLastVictim: Bool { victim == event.count - 1 }
}
