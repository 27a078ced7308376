package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// A number in `check`'s report, from which all outputs are made.
package struct CheckedNumber: Sendable {
  package let number: PhoneNumber
  package let assessment: Assessment
  /// The identities of `causes`, which are the same as in the views.
  let causeIDs: [CauseID]
  private let reading: Reading?

  /// The result of the request.
  package struct Poll: Hashable, Sendable {
    package let outcome: PollOutcome
    package let httpStatus: Int?
    package let latency: Duration?
    package let message: String?
    /// Nil when no answer came.
    package let receivedAt: Date?
  }

  package init(_ record: NumberRecord) {
    number = record.number
    reading = record.latest
    guard record.latest != nil else {
      assessment = Assessment(of: Poll.unanswered)
      let silence = CauseID.account(number.account, CauseID.Trouble(.timedOut))
      causeIDs = assessment.causes.map { _ in silence }
      return
    }
    assessment = record.assessment
    causeIDs = assessment.causes.map(record.id(of:))
  }

  /// Nil if the poll brought no health.
  package var report: HealthReport? { reading?.report }
  package var poll: Poll { Poll(reading) }
  package var severity: Severity { assessment.severity }
  package var verdict: Verdict { assessment.verdict }
  package var causes: [Cause] { assessment.causes }
}

extension CheckedNumber.Poll {
  /// For a number that had not answered when the sweep's time was over.
  static let unanswered = ProviderError(.timedOut, "No answer came within the sweep's time limit.")

  fileprivate init(_ reading: Reading?) {
    guard let reading else {
      outcome = .timedOut
      httpStatus = nil
      latency = nil
      message = Self.unanswered.message
      receivedAt = nil
      return
    }
    outcome = reading.outcome
    httpStatus = reading.httpStatus ?? reading.failure?.httpStatus
    latency = reading.latency
    message = reading.message
    let wasAnswered = reading.failure.map { $0.wasAnswered || $0.httpStatus != nil } ?? true
    receivedAt = wasAnswered ? reading.moment.date : nil
  }
}
