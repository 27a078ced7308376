/// How a request budget stands at a moment.
package struct RequestBudgetCondition: Hashable, Sendable {
  /// Where the rate comes from.
  package enum Origin: Hashable, Sendable {
    case unlimited
    /// `requests_per_minute` of the configuration.
    case configuration
    /// The provider's own word, in the headers of its answers.
    case provider
    /// The provider says that its limit is nearly used up.
    case usage
  }

  /// Requests a minute that are allowed now; nil is unlimited.
  package var perMinute: Double?
  package var origin = Origin.unlimited
  /// Requests of the minute before `moment`.
  package var used = 0
  /// Requests that may go at once; nil is unlimited.
  package var left: Int?
  package var moment: Moment?
  /// The provider asked for a pause that ends then.
  package var throttledUntil: Moment?
  /// Throttled answers in a row.
  package var throttledInARow = 0
  package var lastThrottled: Moment?

  /// What the configuration accepts for requests a minute; a provider's own word counts no further.
  package static let allowedPerMinute = 1...1_000_000

  package init() {}

  package func isThrottled(at now: Moment) -> Bool { throttledUntil.map { $0 > now } ?? false }

  /// The same as if no request had gone since: what was used is a minute old some time, and the budget
  /// fills again.
  package func used(at now: Moment) -> Int {
    guard let moment else { return 0 }
    let share = max(0, 1 - (now - moment) / .seconds(60))
    return Int(saturating: (Double(used) * min(share, 1)).rounded())
  }

  package func left(at now: Moment) -> Int? {
    guard let left, let moment, let perMinute else { return left }
    guard !isThrottled(at: now) else { return 0 }
    let filled = max(0, (now - moment) / .seconds(60)) * perMinute
    return Int(saturating: min(Double(left) + filled, perMinute))
  }
}

/// One key of an account, and its budget.
package struct CredentialCondition: Hashable, Sendable {
  /// What the configuration calls it, such as `channel/support`, never the key itself; empty where there
  /// is only one.
  package let name: String
  package let isRejected: Bool
  package let budget: RequestBudgetCondition

  package init(name: String, isRejected: Bool, budget: RequestBudgetCondition) {
    self.name = name
    self.isRejected = isRejected
    self.budget = budget
  }
}

/// The request budgets of an account: all of them in sum, and those that need a look.
package struct AccountBudget: Hashable, Sendable {
  package var sum = RequestBudgetCondition()
  /// The first few: rejected ones, then throttled ones, then those that are used most.
  package var credentials: [CredentialCondition] = []
  package var credentialCount = 0
  package var rejectedCount = 0
  package var throttledCount = 0

  /// Of thousands of keys nobody reads all.
  package static let mostCredentials = 8

  package init() {}

  /// Of all credentials of an account.
  package init(of all: [CredentialCondition], at now: Moment) {
    credentialCount = all.count
    rejectedCount = all.count(where: \.isRejected)
    throttledCount = all.count { $0.budget.isThrottled(at: now) }
    sum = RequestBudgetCondition(sum: all.map(\.budget), at: now)
    var first: [CredentialCondition] = []
    for credential in all {
      let place = first.firstIndex { credential.precedes($0, at: now) } ?? first.count
      guard place < Self.mostCredentials else { continue }
      first.insert(credential, at: place)
      if first.count > Self.mostCredentials { first.removeLast() }
    }
    credentials = first
  }
}

extension CredentialCondition {
  /// Whether somebody has to look at it before the other.
  fileprivate func precedes(_ other: Self, at now: Moment) -> Bool {
    rank(at: now) < other.rank(at: now)
  }

  private func rank(at now: Moment) -> (Int, Int, String) {
    (isRejected ? 0 : budget.isThrottled(at: now) ? 1 : 2, -budget.used, name)
  }
}

extension RequestBudgetCondition {
  fileprivate init(sum all: [Self], at now: Moment) {
    moment = now
    guard let first = all.first else { return }
    guard all.count > 1 else {
      self = first
      return
    }
    let isLimited = all.allSatisfy { $0.perMinute != nil }
    perMinute = isLimited ? all.reduce(0) { $0 + ($1.perMinute ?? 0) } : nil
    left = isLimited ? Int(saturating: all.reduce(0) { $0 + Double($1.left ?? 0) }) : nil
    origin = isLimited ? first.origin : .unlimited
    used = Int(saturating: all.reduce(0) { $0 + Double($1.used) })
    // While one key may ask, the account as a whole isn't throttled.
    let isThrottled = all.allSatisfy { $0.isThrottled(at: now) }
    throttledUntil = isThrottled ? all.compactMap(\.throttledUntil).min() : nil
    throttledInARow = all.map(\.throttledInARow).max() ?? 0
    lastThrottled = all.compactMap(\.lastThrottled).max()
  }
}
