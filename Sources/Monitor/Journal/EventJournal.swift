internal import HashTreeCollections
package import Health

/// The events of this run, in the order in which they happened: a value, so that a paused screen can keep its own.
///
/// Changes with one cause within one poll cycle are one event. The number of events is limited: the
/// oldest are dropped first.
package struct EventJournal: Sendable {
  package internal(set) var events: [JournalEvent] = []
  /// Whether older events were dropped, so that the first one is not the start of the run.
  package internal(set) var hasDropped = false
  /// The journal's own table of numbers, because places in the fleet change.
  var numbers: [PhoneNumber.ID] = []
  var places: TreeDictionary<PhoneNumber.ID, Int32> = [:]
  var victimCount = 0
  var nextID = 0
  /// When each event happened, by its id.
  var moments: [Int: Moment] = [:]
  /// Increases with every change.
  package internal(set) var revision = 0
  /// For each number, the last event that contains it; the least value if there is none.
  var latest: [Int32] = []
  /// The open events, which changes of the same kind and cause join during the cycle.
  var open: [Group: Int] = [:]
  var bad: TreeDictionary<Int32, Trouble> = [:]
  var ending: Ending?
  let limits: Limits

  package struct Limits: Hashable, Sendable {
    package var events = 5000
    package var victims = 100_000

    package init() {}
  }

  struct Group: Hashable {
    let change: Change
    let cause: CauseID?
  }

  /// What the changes of one event have in common; the former state may differ.
  enum Change: Hashable {
    /// To any state that is bad; the worst one is the event's.
    case worse
    /// From a bad state to one that is less bad.
    case better
    case recovered
    /// To none of which anything is known.
    case lost
    case failing
    case answering
    case appeared
    case vanished
  }

  /// A number that isn't fine: since when, and its state before it became unknown.
  package struct Trouble: Hashable, Sendable {
    let since: Moment
    let isLowerBound: Bool
    var lostSightAt: HealthState?

    package init(since: Moment, isLowerBound: Bool, lostSightAt: HealthState?) {
      self.since = since
      self.isLowerBound = isLowerBound
      self.lostSightAt = lostSightAt
    }
  }

  /// The end of an outage of several accounts, which answer one after the other.
  struct Ending {
    let event: Int
    let moment: Moment
    /// Those that don't answer yet.
    var rest: [PollingChange.Failing] = []
  }

  /// A journal without the start of a run.
  ///
  /// - Parameter firstID: Of the first event; those of a later journal must be greater.
  package init(firstID: Int = 0) {
    limits = Limits()
    nextID = firstID
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
    guard let moment = moments[id] else { return nil }
    return events[events.partitioningIndex { $0.moment >= moment }...].firstIndex { $0.id == id }
  }

  /// The number of events before a moment.
  package func count(before moment: Moment) -> Int {
    events.partitioningIndex { $0.moment >= moment }
  }
}

extension Array {
  /// The first index from which a condition is true; it must be true for all later elements.
  package func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
