/// One poll's outcome for one number: who, when, and the report or the failure.
package struct Reading: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let number: PhoneNumber
    let moment: Moment
    let result: Result<HealthReport, ProviderError>
    let httpStatus: Int?
    let latency: Duration?
  }

  /// What is of use on the way to the fleet, and not kept there.
  private struct Luggage: Hashable, Sendable {
    let raw: [UInt8]?
    let assessment: Assessment?
  }

  private let contents: Shared<Contents>
  private let luggage: Shared<Luggage>?

  package init(
    number: PhoneNumber,
    moment: Moment,
    result: Result<HealthReport, ProviderError>,
    httpStatus: Int? = nil,
    latency: Duration? = nil,
    raw: [UInt8]? = nil,
    assessment: Assessment? = nil
  ) {
    contents = Shared(
      Contents(
        number: number,
        moment: moment,
        result: result,
        httpStatus: httpStatus,
        latency: latency
      )
    )
    let isNeeded = raw != nil || assessment != nil
    luggage = isNeeded ? Shared(Luggage(raw: raw, assessment: assessment)) : nil
  }

  private init(_ contents: Shared<Contents>) {
    self.contents = contents
    luggage = nil
  }

  /// Without what would be most of the memory that thousands of readings take.
  package var withoutRaw: Reading { Reading(contents) }

  /// The same poll with a report and a number that are equal, but lie elsewhere, and without the bytes.
  package func keeping(_ report: HealthReport, of known: PhoneNumber) -> Reading {
    Reading(
      number: number == known ? known : number,
      moment: moment,
      result: .success(report),
      httpStatus: httpStatus,
      latency: latency
    )
  }

  /// The same poll with what is known by now of the facts beside it.
  package func noting(unread: String?) -> Reading {
    guard var report, report.unread != unread else { return self }
    report.unread = unread
    return Reading(
      number: number,
      moment: moment,
      result: .success(report),
      httpStatus: httpStatus,
      latency: latency,
      raw: raw,
      assessment: assessment
    )
  }

  /// The body as it came, for the raw view; kept only where it is wanted.
  package var raw: [UInt8]? { luggage?.value.raw }
  /// What the account makes of the report, where the poll has decided it.
  package var assessment: Assessment? { luggage?.value.assessment }

  package var number: PhoneNumber { contents.value.number }
  /// When the answer, or the knowledge that none comes, was there.
  package var moment: Moment { contents.value.moment }
  package var result: Result<HealthReport, ProviderError> { contents.value.result }
  /// Of the request that brought it; nil when no answer came.
  package var httpStatus: Int? { contents.value.httpStatus }
  package var latency: Duration? { contents.value.latency }

  package var report: HealthReport? {
    if case .success(let report) = result { report } else { nil }
  }

  package var failure: ProviderError? {
    if case .failure(let error) = result { error } else { nil }
  }

  package var outcome: PollOutcome {
    switch result {
    case .success(let report): report.incompleteness == nil ? .answered : .answeredPartly
    case .failure(let error): PollOutcome(error.kind)
    }
  }

  /// Null for a clean answer; else one plain sentence.
  package var message: String? {
    switch result {
    case .success(let report): report.incompleteness
    case .failure(let error): error.message
    }
  }
}

extension HealthReport {
  /// Entities belong to it, and none of them says whether it can send.
  ///
  /// A provider that has no list to send, and so leaves nothing out, is not meant.
  var isSummaryOnly: Bool {
    guard root?.value.known != nil, !entities.contains(where: { $0.messaging != nil }) else {
      return false
    }
    return !entities.isEmpty || incomplete != nil
  }

  /// Why nothing is known though nothing is missing.
  var silenceWords: String {
    entities.isEmpty
      ? "The answer holds no health data." : "No entity says a state that is known."
  }

  /// What is missing from it, and what beside it could not be read.
  package var incompleteness: String? {
    guard let unread else { return gap }
    return gap.map { "\($0) \(unread)" } ?? unread
  }

  /// What is missing from it: what the provider could not read, or entities without a state.
  var gap: String? {
    if let incomplete { return incomplete }
    if let besides { return "An error came beside the health: \(besides.words)." }
    let silent = entities.count { $0.canSendMessage == nil }
    guard silent > 0 else { return nil }
    return silent == 1
      ? "1 entity came without a state." : "\(silent) entities came without a state."
  }
}

/// The words of `poll.outcome` in the JSON.
package enum PollOutcome: String, Hashable, Sendable, CaseIterable {
  case answered
  case answeredPartly = "answered_partly"
  case credentialRejected = "credential_rejected"
  case numberRefused = "number_refused"
  case throttled
  case unreachable
  case timedOut = "timed_out"
  case unintelligible
  case providerError = "provider_error"

  package init(_ kind: ProviderError.Kind) {
    self =
      switch kind {
      case .credentialRejected: .credentialRejected
      case .numberRefused: .numberRefused
      case .throttled: .throttled
      case .unreachable: .unreachable
      case .timedOut: .timedOut
      case .unintelligible: .unintelligible
      case .providerError: .providerError
      }
  }
}
