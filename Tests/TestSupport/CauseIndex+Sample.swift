@testable package import Monitor

extension CauseIndex {
  /// Of a fleet, all of which is new to it.
  package static func of(_ fleet: Fleet) -> CauseIndex {
    var index = CauseIndex()
    _ = index.update(fleet.accounts)
    var all = FleetChange()
    all.places = Set(fleet.records.indices)
    all.altered = all.places
    _ = index.update(all, of: fleet, at: .sample)
    index.reconcilePolling(fleet)
    return index
  }
}

extension Fleet {
  /// What explains its bad numbers.
  package var causes: [RankedCause] { CauseIndex.of(self).lines(in: self) }
}
