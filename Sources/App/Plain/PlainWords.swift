import Canvas
import Health
import Monitor
import Screens

/// The texts for numbers, causes and counts, as lines for screen readers and logs.
///
/// Providers' text is sanitized here, and lines have no symbols that a voice can't read well.
enum PlainWords {
  /// Such as `BLOCKED +61491570006 Umbrella AU, cause APP 55123400087`.
  static func line(of record: NumberRecord) -> String {
    let cause = record.state == .available ? nil : self.cause(of: record).map { "cause \($0)" }
    return ["\(record.state.word) \(title(of: record))", cause].compactMap(\.self)
      .joined(separator: ", ")
  }

  /// The number and its name.
  static func title(of record: NumberRecord) -> String {
    title(record.displayNumber, record.number.label ?? record.name)
  }

  static func title(of number: Change.Number) -> String {
    title(number.number, number.name)
  }

  private static func title(_ number: String, _ name: String?) -> String {
    (name == nil || name == number ? number : "\(number) \(name ?? "")").sanitized
  }

  /// The reason for a state, in a few words; nil if it is available.
  static func cause(of state: HealthState, _ reason: Change.Reason?) -> String? {
    switch state {
    case .available: nil
    case .stale: "no data"
    default: reason.map { $0.summary.sanitized.withoutStop }
    }
  }

  /// How long a number has been in its state.
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

  /// The state of polling an account.
  static func line(of condition: AccountCondition, at now: Moment) -> String {
    let name = "account \(condition.account.name) (\(condition.account.provider))"
    guard let failure = condition.failure else { return "\(name): answers".sanitized }
    let status = failure.httpStatus.map { ", HTTP \($0)" } ?? ""
    let since = condition.failingSince.map { ", for \(Age(now - $0).text)" } ?? ""
    let next = condition.nextPoll.map { ", next try in \(Age($0 - now).text)" } ?? ""
    return "\(name): \(PollOutcome(failure.kind).phrase)\(status)\(since)\(next)".sanitized
  }

  /// The main cause: an entity's name, or the words for anything else.
  private static func cause(of record: NumberRecord) -> String? {
    if record.state == .stale { return "no data" }
    guard let cause = record.assessment.causes.first else { return nil }
    if case .entity = cause.kind { return cause.subject.sanitized }
    return cause.line.sanitized.withoutStop
  }

  /// The order of states in the summary: blocked, limited, available; then unknown ones.
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
  /// Without the full stop, for continuing with a comma.
  fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
