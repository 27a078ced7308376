internal import HashTreeCollections
import Health

// One number's part in its causes, and the order of the causes.
extension CauseIndex {
  static func share(of record: NumberRecord) -> Share {
    Share(
      isPolled: record.latest != nil,
      state: record.state,
      ties: record.assessment.causes.isEmpty
        ? []
        : record.causes.map { Tie(id: $0.id, severity: $0.cause.severity) },
      since: record.stateSince,
      told: record.told
    )
  }

  /// - Parameters:
  ///   - place: The number's place in the fleet.
  ///   - old: The number's former contribution.
  ///   - new: Its contribution now.
  ///   - since: The start of its state, which is also the start of its causes at the first answer.
  ///   - now: The start of new causes.
  mutating func replace(
    _ place: Int,
    _ old: Share,
    with new: Share,
    _ since: Moment,
    _ now: Moment
  ) {
    // Adding comes first, so that a cause that stays keeps its start.
    let isFirst = !old.isPolled
    for tie in new.ties {
      let slot = slot(of: tie.id, since: isFirst ? since : now, isFirst)
      let isOnly = tie == Self.sole(new.ties)
      let staysIn =
        old.state == new.state && old.ties.contains(tie)
        && (tie == Self.sole(old.ties)) == isOnly
      if !staysIn {
        rerank(slot) { entry in
          if let former = old.ties.first(where: { $0.id == tie.id }) {
            entry.remove(place, old.state, former.severity, wasOnly: former == Self.sole(old.ties))
          }
          entry.insert(place, new.state, tie.severity, isOnly: isOnly)
        }
      }
    }
    for tie in old.ties where !new.ties.contains(where: { $0.id == tie.id }) {
      guard let slot = slots[tie.id] else { continue }
      rerank(slot) {
        $0.remove(place, old.state, tie.severity, wasOnly: tie == Self.sole(old.ties))
      }
    }
    shares[place] = new
    headlines[place] = new.ties.first.flatMap { slots[$0.id] }.map(Int32.init) ?? Self.none
  }

  /// The only cause that makes the number so bad; nil if there are several.
  static func sole(_ ties: [Tie]) -> Tie? {
    guard let worst = ties.map(\.severity).max() else { return nil }
    let decisive = ties.filter { $0.severity == worst }
    return decisive.count == 1 ? decisive[0] : nil
  }

  private mutating func slot(of id: CauseID, since: Moment, _ isFirst: Bool) -> Int {
    if let slot = slots[id] { return slot }
    let entry = Entry(id: id, since: since, sinceIsLowerBound: isFirst)
    if let slot = free.popLast() {
      entries[slot] = entry
      slots[id] = slot
      return slot
    }
    entries.append(entry)
    slots[id] = entries.count - 1
    return entries.count - 1
  }

  /// Changes an entry and sorts it in again; an entry that hits nothing is removed.
  mutating func rerank(_ slot: Int, _ change: (inout Entry) -> Void) {
    let former = entries[slot].rank
    let wasThere = !entries[slot].crowd.isEmpty
    change(&entries[slot])
    let isThere = !entries[slot].crowd.isEmpty
    if entries[slot].id.isPolling {
      pollingIsCurrent = false
      if isThere { pollingSlots.insert(slot) } else { pollingSlots.remove(slot) }
    } else if former != entries[slot].rank || wasThere != isThere {
      let rank = entries[slot].rank
      if wasThere { take(slot, former) }
      if isThere { put(slot, rank) }
    }
    if !isThere {
      slots[entries[slot].id] = nil
      free.append(slot)
    }
  }

  private mutating func take(_ slot: Int, _ rank: CauseRank) {
    let current = entries[slot].rank
    entries[slot].rank = rank
    sorted.remove(at: lowerBound(of: rank))
    entries[slot].rank = current
    if rank.severity == .critical { criticalCount -= 1 }
  }

  private mutating func put(_ slot: Int, _ rank: CauseRank) {
    sorted.insert(Int32(slot), at: lowerBound(of: rank))
    if rank.severity == .critical { criticalCount += 1 }
  }

  func lowerBound(of rank: CauseRank) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[Int(sorted[middle])].rank < rank { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
