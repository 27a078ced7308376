/// What polling tells the monitor, a batch at a time and in order.
package struct FleetUpdate: Sendable {
  /// New numbers, which have no reading yet.
  package var appeared: [PhoneNumber]
  /// Numbers that a complete list no longer contains.
  package var vanished: [PhoneNumber.ID]
  package var readings: [Reading]
  package var entities: [EntityFacts]
  package var templates: [TemplateList]
  /// Accounts whose condition changed.
  package var accounts: [AccountCondition]
  /// All accounts from now on, in the order of the configuration; nil if they did not change.
  package var accountOrder: [String]?

  package init(
    appeared: [PhoneNumber] = [],
    vanished: [PhoneNumber.ID] = [],
    readings: [Reading] = [],
    entities: [EntityFacts] = [],
    templates: [TemplateList] = [],
    accounts: [AccountCondition] = [],
    accountOrder: [String]? = nil
  ) {
    self.appeared = appeared
    self.vanished = vanished
    self.readings = readings
    self.entities = entities
    self.templates = templates
    self.accounts = accounts
    self.accountOrder = accountOrder
  }
}

extension FleetUpdate {
  /// Without what was answered of accounts, each of which is asked about once.
  package func withoutAnswers(where isOmitted: (_ account: String) -> Bool) -> Self {
    let named = Set(
      readings.map(\.number.account) + appeared.map(\.account) + vanished.map(\.account)
        + accounts.map(\.account.name)
    )
    let omitted = named.filter(isOmitted)
    guard !omitted.isEmpty else { return self }
    var update = self
    update.readings.removeAll { omitted.contains($0.number.account) }
    update.appeared.removeAll { omitted.contains($0.account) }
    update.accounts.removeAll { omitted.contains($0.account.name) && !$0.isUnasked }
    // With another configuration numbers vanish whoever polled them.
    if accountOrder == nil { update.vanished.removeAll { omitted.contains($0.account) } }
    return update
  }
}

/// Port: where the refresher publishes.
///
/// The caller awaits it, so updates stay in order and do not queue up.
package protocol FleetObserver: Sendable {
  func receive(_ update: FleetUpdate) async
}
