/// Port: one account at one provider, asked for the health of its numbers.
///
/// A conformer only reads. It turns answers into values and never waits, retries or schedules: that is
/// the refresher's, which may call `read` for several targets at once.
package protocol HealthProvider: Sendable {
  /// The account's name and everything about it that the refresher has to know.
  var account: Account { get }

  /// What there is to poll.
  ///
  /// Costs no request where the configuration names every number.
  ///
  /// Called at the start and again now and then, since numbers come and go.
  func discover(through gate: any RequestGate) async -> Discovery

  /// One poll of one target: one request, or a few where pages or refused fields make it more.
  ///
  /// Never throws: a failure is part of the answer, so that it reaches the rows it belongs to.
  func read(_ target: PollTarget, through gate: any RequestGate) async -> PollAnswer
}

/// One credential at one provider, as configured.
package struct Account: Hashable, Sendable {
  package let name: String
  /// The provider's name in the configuration, such as `360dialog`.
  package let provider: String
  /// How old a reading may get before the number is polled again.
  package let refresh: Duration
  /// Per minute and credential; nil is unlimited.
  package let requestsPerMinute: Int?
  /// Requests under way at once, over all credentials of the account.
  package let concurrency: Int
  /// A calling fault raises a number's severity to warning.
  package let callingExpected: Bool

  package init(
    name: String,
    provider: String,
    refresh: Duration = .seconds(60),
    requestsPerMinute: Int?,
    concurrency: Int,
    callingExpected: Bool = false
  ) {
    self.name = name
    self.provider = provider
    self.refresh = refresh
    self.requestsPerMinute = requestsPerMinute
    self.concurrency = concurrency
    self.callingExpected = callingExpected
  }
}

/// One thing to ask: a number, all numbers of a WABA, a WABA's templates, a WABA's own facts.
package struct PollTarget: Hashable, Sendable, Identifiable {
  package enum Purpose: Hashable, Sendable {
    /// Numbers' health: due every `refresh`.
    case health
    /// Names, states and templates: due far more rarely.
    case facts
  }

  /// Unique in its account and stable over discoveries, such as `number/1065…` or `waba/1022…`.
  package let id: String
  package let purpose: Purpose
  /// Whose request budget pays: a channel's key at 360dialog, else the account's only one (`""`).
  package let credential: String
  /// The numbers that a poll of it brings, as far as known; readings may bring more.
  package let numbers: [PhoneNumber]
  /// It brings templates, which never count for a number: everything else does.
  package let isOfTemplates: Bool
  /// The entity whose facts it brings; nil for numbers, templates, and the account's own token.
  package let entity: EntityReference?

  package init(
    id: String,
    purpose: Purpose,
    credential: String = "",
    numbers: [PhoneNumber] = [],
    isOfTemplates: Bool = false,
    entity: EntityReference? = nil
  ) {
    self.id = id
    self.purpose = purpose
    self.credential = credential
    self.numbers = numbers
    self.isOfTemplates = isOfTemplates
    self.entity = entity
  }
}

/// What discovery found.
package struct Discovery: Sendable {
  /// All there is to poll now; a target that is no longer among them is polled no more.
  package var targets: [PollTarget]
  /// Parts that could not be listed (a business whose WABAs were refused), each with its reason.
  ///
  /// What was known of such a part stays.
  package var failures: [ProviderError]
  /// Why targets may be missing from a list that could be read, as one sentence; nil for a whole one.
  ///
  /// What was known stays.
  package var gap: String?

  package init(targets: [PollTarget], failures: [ProviderError] = [], gap: String? = nil) {
    self.targets = targets
    self.failures = failures
    self.gap = gap
  }
}

/// What one poll brought.
package struct PollAnswer: Sendable {
  /// One per number of the target.
  ///
  /// A target that brings many numbers may bring new ones; when `isWhole`, numbers of the target
  /// that are not among them are gone.
  package var readings: [NumberAnswer]
  package var isWhole: Bool
  /// Set when a target that brings many numbers failed before any number of it was known, or failed
  /// as a whole: applies to all numbers known for the target.
  package var failure: ProviderError?
  /// Why numbers may be missing from the target's list, as one sentence: the account says so, beside
  /// what its numbers say.
  package var gap: String?
  package var entities: [EntityFacts]
  package var templates: [TemplateList]
  /// Facts beside the numbers' health that this poll could not read.
  ///
  /// A poll of such facts that failed says so by `failure` alone, unless it has finer words.
  package var unread: [UnreadFact]
  /// Targets that this answer revealed, such as the templates of a WABA seen for the first time.
  package var revealed: [PollTarget]

  package init(
    readings: [NumberAnswer] = [],
    isWhole: Bool = false,
    failure: ProviderError? = nil,
    gap: String? = nil,
    entities: [EntityFacts] = [],
    templates: [TemplateList] = [],
    unread: [UnreadFact] = [],
    revealed: [PollTarget] = []
  ) {
    self.readings = readings
    self.isWhole = isWhole
    self.failure = failure
    self.gap = gap
    self.entities = entities
    self.templates = templates
    self.unread = unread
    self.revealed = revealed
  }
}

/// A reading before the refresher has added the moment.
package struct NumberAnswer: Sendable {
  package let number: PhoneNumber
  package let result: Result<HealthReport, ProviderError>
  package let httpStatus: Int?
  package let latency: Duration?
  package let raw: [UInt8]?
  /// What a report amounts to for its account; nil while nobody has decided it.
  package var assessment: Assessment?

  package init(
    number: PhoneNumber,
    result: Result<HealthReport, ProviderError>,
    httpStatus: Int? = nil,
    latency: Duration? = nil,
    raw: [UInt8]? = nil
  ) {
    self.number = number
    self.result = result
    self.httpStatus = httpStatus
    self.latency = latency
    self.raw = raw
  }
}

/// Port: asked before each single request, told of what its answer said about limits.
package protocol RequestGate: Sendable {
  /// Waits until the credential's budget allows one more request.
  ///
  /// - Throws: `.throttled` when the budget will not allow it before the poll's deadline, and
  ///   `.timedOut` when the task was cancelled.
  func admit(_ credential: String) async throws(ProviderError)

  /// What an answer's headers said about the provider's own limits.
  func observe(_ signal: RateSignal, of credential: String) async
}

/// What an answer's headers said about the provider's own limits.
package struct RateSignal: Hashable, Sendable {
  /// Requests left in the provider's current window (`X-RateLimit-Remaining`).
  package var remaining: Int?
  /// Requests a minute that the provider grants (`X-RateLimit-Limit`).
  package var limitPerMinute: Int?
  /// The highest percentage of Meta's usage headers; 100 is throttled.
  package var usagePercent: Double?
  /// How long the provider asks us to stay away, at most `RateSignal.longestWait`.
  package var retryAfter: Duration?

  package init(
    remaining: Int? = nil,
    limitPerMinute: Int? = nil,
    usagePercent: Double? = nil,
    retryAfter: Duration? = nil
  ) {
    self.remaining = remaining
    self.limitPerMinute = limitPerMinute
    self.usagePercent = usagePercent
    self.retryAfter = retryAfter
  }

  package var isEmpty: Bool { self == RateSignal() }

  /// No header keeps us away longer than this: absurd values exist.
  package static let longestWait = Duration.seconds(3600)
}
