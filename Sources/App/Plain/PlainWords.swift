import Canvas
import Health
import Monitor
import Screens

/// How a number, a cause or a count is said in one line that is read out or logged.
///
/// What strangers wrote is sanitized here; no line holds a sign that a voice would stumble over.
enum PlainWords {
  /// Such as `BLOCKED +61491570006 Umbrella AU, cause APP 55123400087`.
  static func line(of record: NumberRecord) -> String {
    let cause = record.state == .available ? nil : self.cause(of: record).map { "cause \($0)" }
    return ["\(record.state.word) \(title(of: record))", cause].compactMap(\.self)
      .joined(separator: ", ")
  }

  /// The number and what it is called.
  static func title(of record: NumberRecord) -> String {
    let number = record.displayNumber
    let name = record.number.label ?? record.name
    return (name == nil || name == number ? number : "\(number) \(name ?? "")").sanitized
  }

  /// Since when a number is in its state.
  static func since(_ record: NumberRecord, at now: Moment) -> String {
    let bound = record.sinceIsLowerBound ? "at least " : ""
    return "for \(bound)\(Age(now - record.stateSince).text)"
  }

  /// Such as `13 blocked, 21 limited, 470 available, 6 unknown, 2 stale`.
  static func summary(of counts: FleetCounts) -> String {
    HealthState.allCases.sorted { place(of: $0) < place(of: $1) }
      .filter { counts[$0] > 0 || ($0 != .critical && $0 != .warning) }
      .map { "\(counts[$0]) \($0.word.lowercased())" }
      .joined(separator: ", ")
  }

  /// Such as `WABA 102290129340398 (141006): There is an error …, 9 numbers, for 2h14m`.
  static func line(of incident: Incident, in fleet: Fleet, at now: Moment) -> String {
    let count = incident.count == 1 ? "1 number" : "\(incident.count) numbers"
    let age = "for \(Age(now - incident.since).text)"
    let subject: String
    switch incident.id {
    case .entity(let reference):
      let name = fleet.facts(of: reference)?.name.map { " \($0)" } ?? ""
      subject = "\(incident.cause.subject)\(name): \(incident.cause.text)".withoutStop
    case .signal: subject = incident.cause.line.withoutStop
    case .account(let name, let outcome): subject = "account \(name): \(outcome.phrase)"
    }
    return "\(incident.severity.word) \(subject), \(count), \(age)".sanitized
  }

  /// How polling an account goes.
  static func line(of condition: AccountCondition, at now: Moment) -> String {
    let name = "account \(condition.account.name) (\(condition.account.provider))"
    guard let failure = condition.failure else { return "\(name): answers".sanitized }
    let status = failure.httpStatus.map { ", HTTP \($0)" } ?? ""
    let since = condition.failingSince.map { ", for \(Age(now - $0).text)" } ?? ""
    let next = condition.nextPoll.map { ", next try in \(Age($0 - now).text)" } ?? ""
    return "\(name): \(PollOutcome(failure.kind).phrase)\(status)\(since)\(next)".sanitized
  }

  /// The headline's cause: of an entity which it is, of anything else the words for it.
  private static func cause(of record: NumberRecord) -> String? {
    if record.state == .stale { return "no data" }
    guard let cause = record.assessment.causes.first else { return nil }
    if case .entity = cause.kind { return cause.subject.sanitized }
    return cause.line.sanitized.withoutStop
  }

  /// What can't send, what can only just, what can; then what isn't known.
  private static func place(of state: HealthState) -> Int {
    switch state {
    case .blocked: 0
    case .critical: 1
    case .limited: 2
    case .warning: 3
    case .available: 4
    case .unknown: 5
    case .stale: 6
    }
  }
}

extension String {
  /// A sentence that goes on with a comma has no full stop.
  fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
