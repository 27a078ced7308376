package import Health
package import Monitor

/// The values about the whole fleet in the head of every view.
package struct Overview: Hashable, Sendable {
  package let counts: FleetCounts
  /// The oldest reading of numbers whose account answers; nil before the first.
  package let oldestReading: Moment?
  /// The next poll of an account that answers.
  package let nextPoll: Moment?
  /// The newest answer with health, if all such answers are old; otherwise nil.
  package let dataOldSince: Moment?
  /// In the order of the configuration.
  package let failures: [AccountFailure]
  /// Accounts whose budget does not allow the configured interval.
  package let stretched: [AccountCondition]

  /// Whether some numbers have not been polled yet.
  package var isFirstSweep: Bool { counts.polled < counts.total }

  /// The number of accounts that answer, for the wall.
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
  /// No number is configured or was found.
  case noNumbers
  /// No account has listed its numbers yet.
  case discovering
  case noMatch(filter: String)
  /// Only problems are shown, and all so many numbers are fine.
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

  /// Whether all answers are too old.
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
