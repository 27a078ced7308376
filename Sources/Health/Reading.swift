/// One poll's outcome for one number: who, when, and the report or the failure.
package struct Reading: Hashable, Sendable {
  private struct Contents: Hashable, Sendable {
    let number: PhoneNumber
    let moment: Moment
    let result: Result<HealthReport, ProviderError>
    let httpStatus: Int?
    let latency: Duration?
  }

  private let contents: Shared<Contents>
  /// The body as it came, for the raw view; kept only where it is wanted.
  package let raw: [UInt8]?

  package init(
    number: PhoneNumber,
    moment: Moment,
    result: Result<HealthReport, ProviderError>,
    httpStatus: Int? = nil,
    latency: Duration? = nil,
    raw: [UInt8]? = nil
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
    self.raw = raw
  }

  private init(_ contents: Shared<Contents>, raw: [UInt8]?) {
    self.contents = contents
    self.raw = raw
  }

  package var withoutRaw: Reading { Reading(contents, raw: nil) }

  /// The same poll with a report that is equal, but lies elsewhere.
  func replacing(_ report: HealthReport) -> Reading {
    Reading(
      number: number,
      moment: moment,
      result: .success(report),
      httpStatus: httpStatus,
      latency: latency,
      raw: raw
    )
  }

  package var number: PhoneNumber { contents.value.number }
  /// When the answer, or the knowledge that none comes, was there.
  package var moment: Moment { contents.value.moment }
  package var result: Result<HealthReport, ProviderError> { contents.value.result }
  /// Of the request that brought it; nil when no answer came.
  package var httpStatus: Int? { contents.value.httpStatus }
  package var latency: Duration? { contents.value.latency }

  package var report: HealthReport? { try? result.get() }

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
  /// What is missing from it: what the provider could not read, or entities without a state.
  package var incompleteness: String? {
    if let incomplete { return incomplete }
    let silent = entities.count { $0.canSendMessage == nil }
    guard silent > 0, silent < entities.count || root != nil else { return nil }
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
