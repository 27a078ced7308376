package import Health
package import Monitor

extension Batch {
  /// What polling said, with the numbers as the fleet knows them after it.
  package init(_ update: FleetUpdate, in fleet: Fleet, at now: Moment) {
    self.init()
    let touched = Set(update.appeared.map(\.id)).union(update.readings.map(\.number.id))
    numbers = touched.compactMap { fleet[$0] }.map { NumberReadings($0) }
    gone = update.vanished
    accounts = update.accounts.compactMap { fleet.condition(of: $0.account.name) }
      .filter { !$0.isUnasked }
    accountOrder = update.accountOrder
    entities = update.entities.map { DatedEntity($0, at: now.date) }
    // As in the monitor: where one can't be read the last good one stays, and the incidents of its templates
    // begin at its moment, to the millisecond.
    templates = Set(update.templates.map(\.waba)).compactMap { fleet.templates(of: $0) }
      .map { DatedTemplates($0, at: (fleet.momentOfTemplates(of: $0.waba) ?? now).date) }
  }

  /// What the first answers said of an account's numbers that are not known yet.
  package init(
    of account: String,
    in snapshot: MonitorSnapshot,
    without known: Set<PhoneNumber.ID>
  ) {
    self.init()
    for record in snapshot.fleet.records where record.number.account == account {
      guard let latest = record.latest, !known.contains(record.id) else { continue }
      numbers.append(NumberReadings(record))
      // What is not confirmed yet is told later.
      let state = snapshot.confirmation.progress(of: record.id)?.told ?? record.state
      transitions.append(
        Transition(
          date: latest.moment.date,
          subject: .number(record.id),
          names: Names(record.displayNumber, detail: record.number.label ?? record.name),
          event: .state(from: nil, to: state)
        )
      )
    }
  }
}

extension FleetUpdate {
  /// The accounts that were polled, with or without success.
  package var polledAccounts: Set<String> {
    Set(readings.map(\.number.account))
      .union(accounts.filter { $0.failure != nil }.map(\.account.name))
  }
}
