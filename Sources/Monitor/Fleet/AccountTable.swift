import Health

/// How each account is polled, in the order of the configuration.
struct AccountTable: Sendable {
  private(set) var conditions: [AccountCondition] = []
  private var places: [String: Int] = [:]

  subscript(name: String) -> AccountCondition? { places[name].map { conditions[$0] } }

  /// Takes in how an account is polled now.
  ///
  /// - Returns: Whether the account's numbers are to be looked at again: how long they count is another
  ///   time now, or what a failure says of them.
  mutating func note(_ condition: AccountCondition) -> Bool {
    guard let index = places[condition.account.name] else {
      places[condition.account.name] = conditions.count
      conditions.append(condition)
      return true
    }
    let former = conditions[index]
    conditions[index] = condition
    return former.effectiveRefresh != condition.effectiveRefresh
      || former.failure?.wasAnswered != condition.failure?.wasAnswered
  }

  /// Puts accounts into an order; those that are not named are gone.
  ///
  /// - Returns: Whether any is gone.
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
    return conditions.count < former
  }
}
