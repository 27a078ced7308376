internal import HashTreeCollections
import Health

// What was known before this run polled.
extension CauseIndex {
  /// Adopts restored numbers: their causes began when the first of them got its state.
  ///
  /// - Returns: The numbers that are new to this run.
  mutating func restore(
    _ change: FleetChange,
    of fleet: Fleet,
    at now: Moment
  ) -> [PhoneNumber.ID] {
    let changes = update(change, of: fleet, at: now)
    for place in change.places.sorted() where place < shares.count {
      guard let told = shares[place].told else { continue }
      for tie in shares[place].ties { continueCause(tie.id, since: told) }
    }
    return changes.added
  }

  /// A cause began with the incident that was told of it, whatever the numbers that it still hits were
  /// before.
  mutating func resume(_ id: CauseID, since start: Moment) {
    guard let slot = slots[id], !id.isPolling else { return }
    let distance = start - entries[slot].since
    guard abs(distance / .seconds(1)) > Self.tolerance else { return }
    rerank(slot) { entry in
      entry.since = start
      entry.sinceIsLowerBound = false
    }
  }

  /// What is remembered is dated by another clock.
  private static let tolerance = 1.0

  private mutating func continueCause(_ id: CauseID, since told: ToldState) {
    guard let slot = slots[id], told.since <= entries[slot].since else { return }
    rerank(slot) { entry in
      entry.since = told.since
      entry.sinceIsLowerBound = told.sinceIsLowerBound
    }
  }
}
