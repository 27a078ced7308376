/// Port: one account at one provider, asked for the health of its numbers.
///
/// A conformer only reads. It turns answers into values and never waits, retries or schedules. The
/// refresher does that, and may call `read` for several targets at once.
package protocol HealthProvider: Sendable {
  /// The account's name and all that the refresher needs to know about it.
  var account: Account { get }

  /// Finds what there is to poll.
  ///
  /// Needs no request if the configuration names every number.
  ///
  /// Called at the start and again from time to time, because numbers come and go.
  func discover(through gate: any RequestGate) async -> Discovery

  /// Polls one target: with one request, or a few if there are pages or refused fields.
  ///
  /// Never throws: a failure is part of the answer, so that it reaches the right rows.
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
  /// Whether a calling fault raises a number's severity to warning.
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
    /// Names, states and templates: due much less often.
    case facts
  }

  private struct Contents: Hashable, Sendable {
    let id: String
    let purpose: Purpose
    let credential: String
    let numbers: [PhoneNumber]
    let isOfTemplates: Bool
    let entity: EntityReference?
  }

  /// Shared, because the schedule, the registry and each poll hold it.
  private let contents: Shared<Contents>

  /// Unique in its account and the same after each discovery, such as `number/1065…` or
  /// `waba/1022…`.
  package var id: String { contents.value.id }
  package var purpose: Purpose { contents.value.purpose }
  /// The credential whose request budget is used: a channel's key at 360dialog, else the account's
  /// only one (`""`).
  package var credential: String { contents.value.credential }
  /// The numbers that a poll is known to return; readings may contain more.
  package var numbers: [PhoneNumber] { contents.value.numbers }
  /// Whether it is a list of templates, which never affect a number; everything else does.
  package var isOfTemplates: Bool { contents.value.isOfTemplates }
  /// The entity whose facts it reads; nil for numbers, templates, and the account's own token.
  package var entity: EntityReference? { contents.value.entity }

  package init(
    id: String,
    purpose: Purpose,
    credential: String = "",
    numbers: [PhoneNumber] = [],
    isOfTemplates: Bool = false,
    entity: EntityReference? = nil
  ) {
    contents = Shared(
      Contents(
        id: id,
        purpose: purpose,
        credential: credential,
        numbers: numbers,
        isOfTemplates: isOfTemplates,
        entity: entity
      )
    )
  }
}

/// What discovery found.
package struct Discovery: Sendable {
  /// All targets; any other target is no longer polled.
  package var targets: [PollTarget]
  /// Why parts could not be listed, such as a business whose WABAs were refused.
  ///
  /// What was known about such a part stays.
  package var failures: [ProviderError]
  /// One sentence on why a list may be incomplete; nil for a complete one.
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
  /// One reading per number of the target.
  ///
  /// A target with many numbers may return new ones. If `isWhole`, the target's other numbers are
  /// gone.
  package var readings: [NumberAnswer]
  package var isWhole: Bool
  /// Set if a target with many numbers failed before any of them was known, or failed as a whole.
  ///
  /// It applies to all numbers known for the target.
  package var failure: ProviderError?
  /// One sentence on why numbers may be missing from the target's list.
  ///
  /// It is shown for the account.
  package var gap: String?
  package var entities: [EntityFacts]
  package var templates: [TemplateList]
  /// Facts besides the numbers' health that this poll could not read.
  ///
  /// If a poll of such facts failed as a whole, `failure` is enough, unless there is more to say.
  package var unread: [UnreadFact]
  /// Targets that this answer revealed, such as the templates of a new WABA.
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

/// A reading to which the refresher has yet to add the moment.
package struct NumberAnswer: Sendable {
  package let number: PhoneNumber
  package let result: Result<HealthReport, ProviderError>
  package let httpStatus: Int?
  package let latency: Duration?
  package let raw: [UInt8]?
  /// The assessment of the report for its account; nil until it is made.
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

/// Port: admits each request, and learns what its answer said about limits.
package protocol RequestGate: Sendable {
  /// Waits until the credential's budget allows one more request.
  ///
  /// - Throws: `.throttled` if the budget will not allow it before the poll's deadline, `.timedOut`
  ///   if the task was cancelled.
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
  /// How long the provider asks clients to wait, at most `RateSignal.longestWait`.
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

  /// Longer waits are not accepted: some servers send absurd values.
  package static let longestWait = Duration.seconds(3600)
}
