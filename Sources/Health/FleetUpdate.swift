/// What polling tells the monitor, a batch at a time and in order.
package struct FleetUpdate: Sendable {
  /// Numbers that exist now, before any reading of theirs.
  package var appeared: [PhoneNumber]
  /// Numbers that a whole answer no longer listed.
  package var vanished: [PhoneNumber.ID]
  package var readings: [Reading]
  package var entities: [EntityFacts]
  package var templates: [TemplateList]
  /// The accounts whose condition changed.
  package var accounts: [AccountCondition]
  /// All accounts that there are from now on, in the order of the configuration; nil while they stay.
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

/// Port: where the refresher publishes.
///
/// The caller awaits it, so order is kept and nothing piles up.
package protocol FleetObserver: Sendable {
  func receive(_ update: FleetUpdate) async
}
