package import Health
package import Monitor

/// What the head of every view says of the whole fleet, as values.
package struct Overview: Hashable, Sendable {
  package let counts: FleetCounts
  /// Of the numbers whose account answers; nil before the first reading.
  package let oldestReading: Moment?
  /// The next poll that is due at an account that answers.
  package let nextPoll: Moment?
  /// The newest answer with health, when every number that had one is old by now.
  package let dataOldSince: Moment?
  /// In the order of the configuration.
  package let failures: [AccountFailure]
  /// Accounts whose budget does not allow the interval that was asked for.
  package let stretched: [AccountCondition]

  /// How many of the numbers have been asked: "0 of 512 polled" until it is all of them.
  package var isFirstSweep: Bool { counts.polled < counts.total }

  /// How many accounts there are that answer, for the wall.
  package let answeringAccounts: Int
  package let totalAccounts: Int
}

/// An account that does not answer as a whole.
package struct AccountFailure: Hashable, Sendable {
  package let account: Account
  package let error: ProviderError
  package let since: Moment?
  package let nextTry: Moment?
}

/// Why the list has no rows.
package enum EmptyList: Hashable, Sendable {
  /// Nothing is configured, or nothing was found at any account.
  case noNumbers
  /// No account has said yet which numbers it has.
  case discovering
  case noMatch(filter: String)
  /// Only problems are asked for, and so many numbers are fine.
  case noProblems(of: Int)
}

extension ScreenState {
  package var overview: Overview {
    let accounts = fleet.accounts
    let answering = accounts.filter { $0.failure == nil }
    return Overview(
      counts: fleet.counts,
      oldestReading: answering.compactMap { ages.oldest(of: $0.account.name) }.min(),
      nextPoll: answering.compactMap(\.nextPoll).min(),
      dataOldSince: isAllOld ? ages.newestGood : nil,
      failures: accounts.compactMap(AccountFailure.init),
      stretched: accounts.filter { $0.effectiveRefresh > $0.account.refresh },
      answeringAccounts: answering.count,
      totalAccounts: accounts.count
    )
  }

  /// Nil while the list has rows.
  package var emptyList: EmptyList? {
    guard list.rows.count == 0 else { return nil }
    if list.rows.total == 0 { return fleet.accounts.isEmpty ? .discovering : .noNumbers }
    let filter = filtering.filter
    return filter.isEmpty ? .noProblems(of: list.rows.total) : .noMatch(filter: filter.text)
  }

  /// No number's last answer counts any more though there were some.
  private var isAllOld: Bool {
    let counts = fleet.counts
    return ages.newestGood != nil && counts[.stale] > 0
      && counts[.stale] + counts[.unknown] == counts.total
  }
}

extension AccountFailure {
  fileprivate init?(_ condition: AccountCondition) {
    guard let failure = condition.failure else { return nil }
    account = condition.account
    error = failure
    since = condition.failingSince
    nextTry = condition.nextPoll
  }
}
