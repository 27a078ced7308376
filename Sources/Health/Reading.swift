/// One poll's outcome for one number: the number, the moment, and the report or the failure.
package struct Reading: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let number: PhoneNumber
    let moment: Moment
    let result: Result<HealthReport, ProviderError>
    let httpStatus: Int?
    let latency: Duration?
  }

  /// What is needed on the way to the fleet, but not kept there.
  private struct Transient: Hashable, Sendable {
    let raw: [UInt8]?
    let assessment: Assessment?
  }

  private let contents: Shared<Contents>
  private let transient: Shared<Transient>?

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
    transient = isNeeded ? Shared(Transient(raw: raw, assessment: assessment)) : nil
  }

  private init(_ contents: Shared<Contents>) {
    self.contents = contents
    transient = nil
  }

  /// The reading without its bytes, which would take most of the memory of thousands of readings.
  package var withoutRaw: Reading { Reading(contents) }

  /// The same poll without its bytes, with an equal report and number that are in memory already.
  package func keeping(_ report: HealthReport, of known: PhoneNumber) -> Reading {
    Reading(
      number: number == known ? known : number,
      moment: moment,
      result: .success(report),
      httpStatus: httpStatus,
      latency: latency
    )
  }

  /// The same poll with what is known now about unread facts.
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

  /// The body as sent, for the raw view; kept only for some numbers.
  package var raw: [UInt8]? { transient?.value.raw }
  /// The assessment of the report, if the poll has made it.
  package var assessment: Assessment? { transient?.value.assessment }

  package var number: PhoneNumber { contents.value.number }
  /// When the answer came, or the request failed.
  package var moment: Moment { contents.value.moment }
  package var result: Result<HealthReport, ProviderError> { contents.value.result }
  /// The status of the answer; nil if none came.
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

  /// Nil for a complete answer; otherwise one plain sentence.
  package var message: String? {
    switch result {
    case .success(let report): report.incompleteness
    case .failure(let error): error.message
    }
  }
}

extension HealthReport {
  /// Whether the report should have entities, and none of them says whether it can send.
  ///
  /// False for providers that never send a list of entities.
  var isSummaryOnly: Bool {
    guard root?.value.known != nil, !entities.contains(where: { $0.messaging != nil }) else {
      return false
    }
    return !entities.isEmpty || incomplete != nil
  }

  /// Why nothing is known, although the answer is complete.
  var silenceWords: String {
    entities.isEmpty
      ? Knowledge.noHealthData.meaning : "No entity says a state that is known."
  }

  /// What is missing from the report, and which other facts could not be read.
  package var incompleteness: String? {
    guard let unread else { return gap }
    return gap.map { "\($0) \(unread)" } ?? unread
  }

  /// What is missing from the report: parts that the provider could not read, or entities without a
  /// state.
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
