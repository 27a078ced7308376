import Health

/// The accounts' polling conditions, in the order of the configuration.
struct AccountTable: Sendable {
  private(set) var conditions: [AccountCondition] = []
  private var places: [String: Int] = [:]
  /// Since when accounts answer again that were answered without health before.
  private(set) var recoveries: [String: Moment] = [:]

  subscript(name: String) -> AccountCondition? { places[name].map { conditions[$0] } }

  /// Applies an account's new condition at a moment.
  ///
  /// - Returns: Whether the account's numbers must be assessed again, because their window or the
  ///   account's failure changed.
  mutating func note(_ condition: AccountCondition, at now: Moment) -> Bool {
    guard let index = places[condition.account.name] else {
      places[condition.account.name] = conditions.count
      conditions.append(condition)
      return true
    }
    let former = conditions[index]
    let condition = condition.following(former)
    conditions[index] = condition
    if condition.failure != nil {
      recoveries[condition.account.name] = nil
    } else if former.failure?.wasAnswered == true {
      recoveries[condition.account.name] = now
    }
    return former.effectiveRefresh != condition.effectiveRefresh
      || former.failure?.wasAnswered != condition.failure?.wasAnswered
  }

  /// Sets the order of the accounts; those that are not named are removed.
  ///
  /// - Returns: Whether any was removed.
  mutating func arrange(_ names: [String]) -> Bool {
    let former = conditions.count
    let order = Dictionary(zip(names, names.indices), uniquingKeysWith: min)
    conditions = conditions.compactMap { condition in
      order[condition.account.name].map { (place: $0, condition: condition) }
    }
    .sorted { $0.place < $1.place }
    .map(\.condition)
    places = Dictionary(
      zip(conditions.map(\.account.name), conditions.indices),
      uniquingKeysWith: min
    )
    recoveries = recoveries.filter { order[$0.key] != nil }
    return conditions.count < former
  }
}

extension AccountCondition {
  /// What was known of it by another process, or before a reload, still counts.
  fileprivate func following(_ known: Self) -> Self {
    guard isUnasked, known.account.provider == account.provider else { return self }
    var condition = known
    condition.account = account
    condition.nextPoll = nextPoll
    condition.budget = budget
    if known.account.refresh != account.refresh {
      (condition.effectiveRefresh, condition.refreshLimit) = (effectiveRefresh, refreshLimit)
    }
    return condition
  }
}
