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
    title(record.displayNumber, record.number.label ?? record.name)
  }

  static func title(of number: Change.Number) -> String {
    title(number.number, number.name)
  }

  private static func title(_ number: String, _ name: String?) -> String {
    (name == nil || name == number ? number : "\(number) \(name ?? "")").sanitized
  }

  /// Why a number is in a state, in a few words; nil where it is fine.
  static func cause(of state: HealthState, _ reason: Change.Reason?) -> String? {
    switch state {
    case .available: nil
    case .stale: "no data"
    default: reason.map { $0.summary.sanitized.withoutStop }
    }
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
  static func line(of cause: RankedCause, in fleet: Fleet, at now: Moment) -> String {
    let unit = cause.isOfTemplates ? "template" : "number"
    let bound = cause.sinceIsLowerBound ? "at least " : ""
    let age = cause.since.map { ", for \(bound)\(Age(now - $0).text)" } ?? ""
    let count = "\(cause.hit) \(unit)\(cause.hit == 1 ? "" : "s")"
    return "\(cause.severity.word) \(subject(of: cause, in: fleet)), \(count)\(age)".sanitized
  }

  private static func subject(of cause: RankedCause, in fleet: Fleet) -> String {
    switch cause.id {
    case .entity(let reference):
      let name = fleet.facts(of: reference)?.name.map { " \($0)" } ?? ""
      guard let words = cause.cause else { return "\(reference.type.word) \(reference.id)\(name)" }
      return "\(words.subject)\(name): \(words.text)".withoutStop
    case .signal(let kind, let text):
      return (cause.cause?.line ?? "\(kind.word) \(text)").withoutStop
    case .account(let name, let trouble): return "account \(name): \(trouble.phrase)"
    case .provider(let name, let trouble): return "provider \(name): \(trouble.phrase)"
    case .offline: return "all accounts: unreachable"
    case .templates(let status): return "templates: \(status.word.lowercased())"
    }
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
