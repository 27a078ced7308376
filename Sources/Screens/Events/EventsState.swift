package import Health
package import Monitor

/// The state of the events view.
package struct EventsState: Hashable, Sendable {
  /// Nil follows the latest event.
  package var selection: EventRow.ID?
  package var selectedRow = 0
  package var scroll = 0
  /// The number of lines that fit.
  package internal(set) var visibleRows = 16
  /// Events with their numbers unfolded.
  package var unfolded: Set<Int> = []
  /// The events of the subject, or those that pass the filter, oldest first; nil means all.
  var matching: [Int]?
  /// When these were.
  var moments: [Moment] = []
  /// What `matching` was made for.
  var basis: Basis?
  /// The only kind that is shown; nil is all.
  package internal(set) var kind: EventKind?

  struct Basis: Hashable {
    let revision: Int
    /// Of former runs.
    let pages: Int
    let filter: Filter
    let kind: EventKind?
  }

  package init() {}

  package var followsTail: Bool { selection == nil }

  /// Resets the view when it is opened.
  mutating func restart() {
    let (height, kind) = (visibleRows, kind)
    self = EventsState()
    (visibleRows, self.kind) = (height, kind)
  }
}

/// A line of the view: an event, or one of its numbers.
package struct EventRow: Sendable, Identifiable {
  package struct ID: Hashable, Sendable {
    let event: Int
    /// The index of the number; nil for the event itself.
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
