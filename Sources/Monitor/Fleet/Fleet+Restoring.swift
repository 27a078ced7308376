import Health

// What was known before this run polled.
extension Fleet {
  /// Adopts what was known of accounts that are configured with the same provider.
  ///
  /// Numbers that were polled already stay as they are.
  mutating func restore(_ remembered: RememberedFleet, at now: Moment) -> FleetChange {
    var change = FleetChange()
    for condition in remembered.accounts where restore(condition, at: now) {
      change.touchesAccounts = true
    }
    let numbers = remembered.numbers.filter { isAwaited($0.number) }
    let listed = references(of: numbers)
    let parents = remembered.entities.filter { listed.contains($0.facts.reference) }
      .compactMap(\.facts.parent)
    let wanted = listed.union(parents)
    for (facts, moment) in remembered.entities
    where wanted.contains(facts.reference) && entityTable[facts.reference] == nil {
      _ = entityTable.receive(facts, at: moment)
      change.entities.insert(facts.reference)
    }
    nextForgetting = entityTable.nextAgeing
    for (list, moment) in remembered.templates
    where wanted.contains(EntityReference(type: .waba, id: list.waba))
      && templates(of: list.waba) == nil
    {
      note(list, at: moment)
      change.templates.insert(list.waba)
    }
    for number in numbers { restore(number, at: now, &change) }
    return change
  }

  /// The account as it is configured now, as polling it went then.
  private mutating func restore(_ remembered: AccountCondition, at now: Moment) -> Bool {
    guard var condition = condition(of: remembered.account.name),
      condition.account.provider == remembered.account.provider, condition.lastAnswer == nil,
      condition.failure == nil
    else { return false }
    condition.isUnasked = remembered.isUnasked
    condition.failure = remembered.failure
    condition.failingSince = remembered.failingSince
    condition.lastSuccess = remembered.lastSuccess
    condition.lastError = remembered.lastError
    condition.list = remembered.list
    if condition.account.refresh == remembered.account.refresh {
      condition.effectiveRefresh = remembered.effectiveRefresh
    }
    _ = accountTable.note(condition, at: now)
    return true
  }

  private func isAwaited(_ number: PhoneNumber) -> Bool {
    condition(of: number.account)?.account.provider == number.provider
      && self[number.id]?.latest == nil
  }

  /// The entities that numbers' answers list.
  private func references(of numbers: [RememberedNumber]) -> Set<EntityReference> {
    Set(
      numbers.flatMap { number in
        [number.latest, number.lastGood].compactMap { $0?.report }.flatMap(\.references)
      }
    )
  }

  private mutating func restore(
    _ remembered: RememberedNumber,
    at now: Moment,
    _ change: inout FleetChange
  ) {
    let place = place(of: remembered.number, at: now)
    let account = remembered.number.account
    let before = records[place.index]
    records[place.index].restore(
      remembered,
      callingExpected: condition(of: account)?.account.callingExpected ?? false,
      window: self.window(of: account),
      entityCauses: entityTable.causes
    )
    let window = window(of: account)
    _ = reconcile(place.index, from: before, at: now, window, isRefused(account, at: now), &change)
    counts.polled += 1
    schedule(place.index, after: now, window)
    change.alter(place.index)
    if place.isNew { change.replaced.insert(place.index) }
  }
}
