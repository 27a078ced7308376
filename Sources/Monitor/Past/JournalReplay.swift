package import Health

/// Makes a journal of what is remembered, in the way in which a run makes its own.
package struct JournalReplay {
  package private(set) var journal: EventJournal
  private let cycle: (String) -> Duration
  private var told = ToldChanges()

  /// - Parameters:
  ///   - firstID: The id of the first event; ids of later journals must be greater.
  ///   - cycle: How long changes with one cause may join an event, by account.
  package init(firstID: Int, cycle: @escaping (String) -> Duration) {
    journal = EventJournal(firstID: firstID)
    self.cycle = cycle
  }

  package mutating func add(_ event: Change.Event, _ reason: Change.Reason?, at moment: Moment) {
    told.add(event, reason, at: moment, to: &journal, cycle: cycle)
  }

  package mutating func addStart(at moment: Moment) { journal.append(.started, at: moment) }

  package mutating func addEnd(at moment: Moment) { journal.append(.stopped, at: moment) }

  package mutating func addTakeOver(_ text: String, at moment: Moment) {
    journal.note(takeOver: text, at: moment)
  }

  /// Time in which nobody polled, which ends at a moment.
  package mutating func addGap(of length: Duration, at moment: Moment) {
    journal.append(.gap(length), at: moment)
  }
}
