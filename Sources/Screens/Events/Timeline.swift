package import Health
package import Monitor

/// The events of this run after those of former ones, as one list, oldest first.
package struct Timeline: Sendable {
  /// The last one is of this run.
  private let journals: [EventJournal]
  /// How many events there are before each journal.
  private let starts: [Int]
  package let count: Int

  init(_ older: [EventJournal], _ run: EventJournal) {
    journals = older + [run]
    var starts: [Int] = []
    var count = 0
    for journal in journals {
      starts.append(count)
      count += journal.count
    }
    self.starts = starts
    self.count = count
  }

  package var first: JournalEvent? { count > 0 ? self[0] : nil }

  package subscript(index: Int) -> JournalEvent {
    let place = starts.lastIndex { $0 <= index } ?? 0
    return journals[place].events[index - starts[place]]
  }

  /// The index of an event; nil where it is not there any more.
  package func index(of id: Int) -> Int? {
    for (start, journal) in zip(starts, journals).reversed() {
      if let index = journal.index(of: id) { return start + index }
    }
    return nil
  }

  /// The affected numbers of an event.
  package func numbers(of event: JournalEvent) -> [PhoneNumber.ID] {
    journal(of: event).map { Array($0.numbers(of: event)) } ?? []
  }

  /// One of the affected numbers of an event.
  package func number(_ victim: Int, of event: JournalEvent) -> PhoneNumber.ID? {
    journal(of: event).map { $0.number(at: event.victims[victim]) }
  }

  /// The events that pass a test, oldest first.
  func events(where isMeant: (JournalEvent, EventJournal) -> Bool) -> [JournalEvent] {
    journals.flatMap { journal in journal.events.filter { isMeant($0, journal) } }
  }

  private func journal(of event: JournalEvent) -> EventJournal? {
    journals.last { $0.index(of: event.id) != nil }
  }
}
