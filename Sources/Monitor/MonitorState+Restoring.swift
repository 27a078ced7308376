package import Health

// What was known before this run polled.
extension MonitorState {
  /// Adopts what a former run knew, silently: it was told then.
  ///
  /// It counts with its own dates, so it is as old as it is. What was polled in this run already
  /// stays.
  package mutating func restore(_ remembered: RememberedFleet, at moment: Moment) {
    now = max(now, moment)
    let change = fleet.restore(remembered, at: now)
    guard !change.isEmpty else { return }
    pending.formUnion(change)
    hasNews = true
    flapping.resume(change, of: fleet)
    _ = causes.update(fleet.accounts)
    let added = causes.restore(change, of: fleet, at: now)
    noteAsTold(of: added)
    beginWithTroubles(of: change.places)
    for place in change.places {
      let id = fleet.records[place].id
      if let trouble = remembered.troubles[id] { journal.begin(trouble, of: id) }
    }
    causes.templates.restore(
      remembered.templates.filter { change.templates.contains($0.list.waba) },
      toldAt: remembered.templateChanges
    )
    resumeCauses()
    causes.reconcilePolling(fleet)
  }
}
