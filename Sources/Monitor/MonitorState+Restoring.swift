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
    for (account, numbers) in added.byAccount {
      // From now on another number of the account is a new one.
      _ = journal.note(appeared: numbers, at: account, now, cycle: fleet.cycle(of: account))
    }
    for (list, moment) in remembered.templates where change.templates.contains(list.waba) {
      causes.templates.restore(list, toldAt: remembered.templateChanges, or: moment)
    }
    for condition in fleet.accounts {
      guard let failure = condition.failure else { continue }
      failing[condition.account.name] = PollOutcome(failure.kind)
    }
    causes.reconcilePolling(fleet)
  }
}
