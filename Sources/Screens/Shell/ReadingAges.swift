import Health
import Monitor

/// Finds the oldest reading of each account without a pass over all numbers.
///
/// Readings arrive nearly in order, so each account has a queue. Replaced readings are dropped when
/// they reach the front.
struct ReadingAges: Equatable, Sendable {
  /// The moment of the newest good reading.
  private(set) var newestGood: Moment?
  private var queues: [String: ReadingQueue] = [:]
  /// The queued reading of each place.
  private var queued: [Moment?] = []

  /// Adds the latest readings of these numbers, without duplicates.
  mutating func note(_ places: some Collection<Int>, of fleet: Fleet) {
    let fresh = places.compactMap { place in
      fleet.records[place].latest.map { ReadingQueue.Entry(moment: $0.moment, place: place) }
    }
    for entry in fresh.sorted(by: { $0.moment < $1.moment }) {
      fleet.records.withElement(at: entry.place) { note(entry, $0.pointee) }
    }
  }

  /// Forgets the readings of numbers that were removed or moved.
  mutating func follow(_ replaced: Set<Int>, to count: Int) {
    for place in replaced where place < queued.count { queued[place] = nil }
    queued.removeLast(max(queued.count - count, 0))
    let queued = queued
    for account in queues.keys {
      queues[account]?.dropOutdated {
        queued.indices.contains($0.place) && queued[$0.place] == $0.moment
      }
    }
  }

  /// The moment of the oldest reading of an account's numbers; nil before the first.
  func oldest(of account: String) -> Moment? { queues[account]?.front?.moment }

  private mutating func note(_ entry: ReadingQueue.Entry, _ record: NumberRecord) {
    if let good = record.lastGood?.moment { newestGood = max(newestGood ?? good, good) }
    while queued.count <= entry.place { queued.append(nil) }
    guard queued[entry.place] != entry.moment else { return }
    let isNew = queued[entry.place] == nil
    queued[entry.place] = entry.moment
    let queued = queued
    queues[record.number.account, default: ReadingQueue()]
      .append(entry, isNew: isNew) {
        queued.indices.contains($0.place) && queued[$0.place] == $0.moment
      }
  }
}

/// The readings of one account, with the oldest valid one in front.
private struct ReadingQueue: Equatable, Sendable {
  struct Entry: Equatable, Sendable {
    let moment: Moment
    let place: Int
  }

  private var entries: [Entry] = []
  private var head = 0
  private var numbers = 0

  var front: Entry? { head < entries.count ? entries[head] : nil }

  mutating func dropOutdated(counts: (Entry) -> Bool) {
    while head < entries.count, !counts(entries[head]) { head += 1 }
  }

  mutating func append(_ entry: Entry, isNew: Bool, counts: (Entry) -> Bool) {
    // Nearly always at the end; a moved number has an older reading.
    var place = entries.count
    while place > head, entries[place - 1].moment > entry.moment { place -= 1 }
    entries.insert(entry, at: place)
    numbers += isNew ? 1 : 0
    while head < entries.count, !counts(entries[head]) { head += 1 }
    // A number that is never read again would keep all later entries in the queue.
    guard entries.count > 2 * numbers + 64 else { return }
    entries = entries[head...].filter(counts)
    head = 0
  }
}
