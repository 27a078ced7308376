import Health
import Monitor

extension FleetUpdate {
  /// What is another way in a store than in a fleet.
  ///
  /// - Parameters:
  ///   - current: What is in the store, all of it or what changed.
  ///   - accounts: The accounts of which it counts.
  ///   - whole: Those of which it has all numbers.
  ///   - fleet: What is known.
  init(
    following current: Current,
    of accounts: Set<String>,
    wholeFor whole: Set<String>,
    in fleet: Fleet
  ) {
    // What is not configured any more is not shown again.
    let accounts = accounts.filter { fleet.condition(of: $0) != nil }
    let numbers = current.numbers.filter { accounts.contains($0.number.account) }
    let gone = current.gone.filter { accounts.contains($0.account) }
    let there = Set(numbers.map(\.number.id))
    let missing =
      whole.isEmpty
      ? []
      : fleet.records.lazy.map(\.id).filter { whole.contains($0.account) && !there.contains($0) }
    let listed = Set(numbers.flatMap(\.references))
    func isListed(_ entity: EntityReference) -> Bool {
      listed.contains(entity)
        || fleet.numbers(sharing: entity, first: 4)
          .contains { accounts.contains(fleet.records[$0].number.account) }
    }
    let parents = Set(
      current.entities.map(\.facts).filter { isListed($0.reference) }.compactMap(\.parent)
    )
    self.init(
      appeared: numbers.map(\.number).filter { fleet[$0.id]?.number != $0 },
      vanished: gone + missing,
      readings: numbers.flatMap { $0.readings(newFor: fleet[$0.number.id]) },
      entities: current.entities.map(\.facts).filter {
        isListed($0.reference) || parents.contains($0.reference)
      },
      templates: current.templates.map(\.list).filter {
        isListed(EntityReference(type: .waba, id: $0.waba))
      },
      accounts: current.accounts.filter { accounts.contains($0.account.name) }
        .map { $0.configured(as: fleet.condition(of: $0.account.name)?.account) }
    )
  }

  var isEmpty: Bool {
    appeared.isEmpty && vanished.isEmpty && readings.isEmpty && entities.isEmpty
      && templates.isEmpty && accounts.isEmpty
  }
}

extension NumberReadings {
  fileprivate var references: [EntityReference] {
    [latest, lastGood].compactMap { $0?.report }.flatMap(\.references)
  }

  /// The readings that are others than those that are known of the number.
  fileprivate func readings(newFor record: NumberRecord?) -> [Reading] {
    guard let latest, latest.isAnother(than: record?.latest) else { return [] }
    // What this process polled itself and could not tell is newer.
    if let record, !record.isRestored, let own = record.latest, own.moment > latest.moment {
      return []
    }
    guard let lastGood, lastGood != latest, lastGood.isAnother(than: record?.lastGood) else {
      return [latest]
    }
    return [lastGood, latest]
  }
}

extension Reading {
  /// What is remembered is dated to the millisecond.
  fileprivate func isAnother(than known: Reading?) -> Bool {
    moment.date.milliseconds != known?.moment.date.milliseconds
  }
}

extension AccountCondition {
  /// The same with the settings that this process has for it.
  fileprivate func configured(as account: Account?) -> Self {
    guard let account else { return self }
    var condition = self
    condition.account = account
    return condition
  }
}
