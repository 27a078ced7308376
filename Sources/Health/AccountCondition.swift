/// The state of polling an account.
package struct AccountCondition: Hashable, Sendable {
  package var account: Account
  /// The refresh interval that the request budget allows; never shorter than `account.refresh`.
  package var effectiveRefresh: Duration
  /// Why the effective refresh is longer than the configured one; nil where it isn't.
  package var refreshLimit: RefreshLimit?
  /// Why the whole account has no answers: its key, its provider, or its discovery failed.
  package var failure: ProviderError?
  package var failingSince: Moment?
  /// When the next poll is due, or the next try while polls fail.
  package var nextPoll: Moment?
  /// The latest poll that brought what it was asked for.
  package var lastSuccess: Moment?
  /// The latest poll that failed, whether or not others succeeded since.
  package var lastError: PollError?
  package var latency: AnswerLatency?
  package var list = NumberListCondition()
  package var budget = AccountBudget()
  /// Whether nothing came back since it was configured: then it only says how it is configured, and what
  /// was known before still counts.
  package var isUnasked = false

  package init(
    account: Account,
    effectiveRefresh: Duration,
    failure: ProviderError? = nil,
    failingSince: Moment? = nil,
    nextPoll: Moment? = nil
  ) {
    self.account = account
    self.effectiveRefresh = effectiveRefresh
    self.failure = failure
    self.failingSince = failingSince
    self.nextPoll = nextPoll
  }
}

/// What a round of polls needs, and what the request budget allows.
package struct RefreshLimit: Hashable, Sendable {
  /// Of the slowest credential.
  package let requestsPerRound: Int
  package let requestsPerMinute: Double
  package let origin: RequestBudgetCondition.Origin

  package init(
    requestsPerRound: Int,
    requestsPerMinute: Double,
    origin: RequestBudgetCondition.Origin
  ) {
    self.requestsPerRound = requestsPerRound
    self.requestsPerMinute = requestsPerMinute
    self.origin = origin
  }
}

/// A poll that failed.
package struct PollError: Hashable, Sendable {
  package let error: ProviderError
  package let moment: Moment
  /// What was asked, such as `number/1065…`; nil for the list of numbers.
  package let target: String?

  package init(_ error: ProviderError, at moment: Moment, of target: String?) {
    self.error = error
    self.moment = moment
    self.target = target
  }
}

/// How long answers took: of the last few, so that a slow minute shows and an old one doesn't.
package struct AnswerLatency: Hashable, Sendable {
  package let median: Duration
  package let worst: Duration
  /// Of how many answers.
  package let count: Int

  package init(median: Duration, worst: Duration, count: Int) {
    self.median = median
    self.worst = worst
    self.count = count
  }
}

/// What is known of the list of an account's numbers.
package struct NumberListCondition: Hashable, Sendable {
  /// When a whole list was last read, or taken from the configuration; nil before the first.
  package var lastRead: Moment?
  /// Why numbers may be missing from it, as one sentence.
  package var gap: String?

  package init(lastRead: Moment? = nil, gap: String? = nil) {
    self.lastRead = lastRead
    self.gap = gap
  }
}
