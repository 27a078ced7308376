internal import HashTreeCollections
import Health

/// The numbers that flap, so that each has one event for its start and one for its end.
///
/// In between, events tell only that a number is worse than it ever was meanwhile, or that nothing
/// is known of it.
struct FlappingNumbers: Sendable {
  /// For each, the worst state that an event told; the first one tells the worst so far.
  private var worstTold: TreeDictionary<PhoneNumber.ID, HealthState> = [:]

  /// The numbers of a fleet that flap already.
  init(of fleet: Fleet) {
    for record in fleet.records { worstTold[record.id] = record.polls.worst }
  }

  /// Goes on with numbers that flap by what was known before this run or by what another process polls,
  /// of which an event told then.
  mutating func resume(_ change: FleetChange, of fleet: Fleet) {
    for number in change.removed { worstTold[number] = nil }
    for place in change.places where place < fleet.records.count {
      let (id, worst) = fleet.records.withElement(at: place) {
        ($0.pointee.id, $0.pointee.polls.worst)
      }
      if worst != nil || !worstTold.isEmpty { worstTold[id] = worst }
    }
  }

  /// Numbers that began to flap, and those that stopped.
  struct Change {
    var started: [NumberRecord] = []
    var stopped: [NumberRecord] = []
  }

  /// Follows a change of the fleet.
  mutating func update(_ change: FleetChange, of fleet: Fleet) -> Change {
    for number in change.removed { worstTold[number] = nil }
    var news = Change()
    for place in change.places where place < fleet.records.count {
      let isFlapping = fleet.records.withElement(at: place) { $0.pointee.polls.isFlapping }
      guard isFlapping || !worstTold.isEmpty else { continue }
      let record = fleet.records[place]
      guard isFlapping != (worstTold[record.id] != nil) else { continue }
      worstTold[record.id] = record.polls.worst
      if isFlapping { news.started.append(record) } else { news.stopped.append(record) }
    }
    news.started.sort { $0.id < $1.id }
    news.stopped.sort { $0.id < $1.id }
    return news
  }

  /// Whether an event of a flapping number's change would say nothing new.
  mutating func hides(_ change: StateChange) -> Bool {
    guard !worstTold.isEmpty, let worst = worstTold[change.number] else { return false }
    if change.to.isLost || change.from?.isLost == true { return false }
    guard change.to < worst else { return true }
    worstTold[change.number] = change.to
    return false
  }
}
