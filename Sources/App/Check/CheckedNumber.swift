package import Health

package import struct Foundation.Date

/// A number as `check` tells of it: the one shape that all outputs are made from.
package struct CheckedNumber: Sendable {
  package let number: PhoneNumber
  /// Nil where the poll brought no health.
  package let report: HealthReport?
  package let assessment: Assessment
  package let poll: Poll
  package let entities: [Entity]

  /// What the request brought.
  package struct Poll: Hashable, Sendable {
    package let outcome: PollOutcome
    package let httpStatus: Int?
    package let latency: Duration?
    package let message: String?
    /// Nil when no answer came.
    package let receivedAt: Date?
  }

  /// An entity, with the name that was found for it.
  package struct Entity: Sendable {
    package let health: HealthEntity
    package let name: String?
  }

  package init(_ record: NumberRecord, in fleet: Fleet) {
    number = record.number
    report = record.latest?.report
    poll = Poll(record.latest)
    assessment = record.latest == nil ? Assessment(of: Poll.unanswered) : record.assessment
    entities = (report?.entities ?? []).map { health in
      Entity(health: health, name: health.name ?? health.reference.flatMap(fleet.facts)?.name)
    }
  }

  package var severity: Severity { assessment.severity }
  package var verdict: Verdict { assessment.verdict }
  package var causes: [Cause] { assessment.causes }
}

extension CheckedNumber.Poll {
  /// A number that the sweep ended without: its time was up.
  static let unanswered = ProviderError(.timedOut, "No answer came before the sweep's time was up.")

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
