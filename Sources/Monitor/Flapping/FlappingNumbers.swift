internal import HashTreeCollections
import Health

/// The numbers that flap, so that each has one event for its start and one for its end.
struct FlappingNumbers: Sendable {
  private var numbers: TreeSet<PhoneNumber.ID> = []

  /// The numbers of a fleet that flap already.
  init(of fleet: Fleet) {
    for record in fleet.records where record.polls.isFlapping { numbers.insert(record.id) }
  }

  /// Goes on with numbers that flap by what was known before this run or by what another process polls,
  /// of which an event told then.
  mutating func resume(_ change: FleetChange, of fleet: Fleet) {
    for number in change.removed { numbers.remove(number) }
    for place in change.places where place < fleet.records.count {
      let (id, isFlapping) = fleet.records.withElement(at: place) {
        ($0.pointee.id, $0.pointee.polls.isFlapping)
      }
      if isFlapping { numbers.insert(id) } else if !numbers.isEmpty { numbers.remove(id) }
    }
  }

  /// Numbers that began to flap, and those that stopped.
  struct Change {
    var started: [NumberRecord] = []
    var stopped: [NumberRecord] = []
  }

  /// Follows a change of the fleet.
  mutating func update(_ change: FleetChange, of fleet: Fleet) -> Change {
    for number in change.removed { numbers.remove(number) }
    var news = Change()
    for place in change.places where place < fleet.records.count {
      let isFlapping = fleet.records.withElement(at: place) { $0.pointee.polls.isFlapping }
      guard isFlapping || !numbers.isEmpty else { continue }
      let record = fleet.records[place]
      guard isFlapping != numbers.contains(record.id) else { continue }
      if isFlapping {
        numbers.insert(record.id)
        news.started.append(record)
      } else {
        numbers.remove(record.id)
        news.stopped.append(record)
      }
    }
    news.started.sort { $0.id < $1.id }
    news.stopped.sort { $0.id < $1.id }
    return news
  }
}
