import Canvas
import Health
import Monitor
import Screens

/// The texts for numbers, causes and counts, as lines for screen readers and logs.
///
/// Providers' text is sanitized here, and lines have no symbols that a voice can't read well.
enum PlainWords {
  /// Such as `BLOCKED +61491570006 Umbrella AU, cause payment failed (WABA 102290129340398, 141006)`.
  static func line(of record: NumberRecord, in fleet: Fleet) -> String {
    let cause =
      record.state == .available ? nil : self.cause(of: record, in: fleet).map { "cause \($0)" }
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
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - reason: What was reported with the change.
  ///   - record: The number as it is now; nil if it is gone.
  ///   - fleet: Has the names of entities.
  /// - Returns: Such as `payment failed (WABA 102290129340398, 141006)`.
  static func cause(
    of state: HealthState,
    _ reason: Change.Reason?,
    _ record: NumberRecord?,
    in fleet: Fleet
  ) -> String? {
    switch state {
    case .available: return nil
    case .stale: return "no data"
    default:
      // A later reading may have other causes.
      let cause = record?.assessment.causes.first {
        $0.subject == reason?.summary || $0.line == reason?.summary
      }
      return cause.map { words(of: $0, in: fleet) }
        ?? reason.map { $0.summary.sanitized.withoutStop }
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
      .joined(separator: ", ") + notes(of: counts)
  }

  /// Such as `payment failed (WABA 102290129340398, 141006): There is an error …, 9 numbers`.
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
      let head = self.words(of: words, in: fleet, ofOneNumber: false)
      return "\(head): \(words.text)".withoutStop
    case .signal(let kind, let text):
      return cause.cause.map { words(of: $0, in: fleet) } ?? "\(kind.word) \(text)".withoutStop
    case .account(let name, let trouble): return "\(trouble.phrase): account \(name)"
    case .provider(let name, let trouble): return "\(trouble.phrase): provider \(name)"
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

  private static func cause(of record: NumberRecord, in fleet: Fleet) -> String? {
    if record.state == .stale { return "no data" }
    return record.assessment.causes.first.map { words(of: $0, in: fleet) }
  }

  /// The reason, then the entity and its code, such as `payment failed (WABA Acme 1022…, 141006)`.
  ///
  /// Lines about one number have named it already.
  private static func words(
    of cause: Cause,
    in fleet: Fleet,
    ofOneNumber: Bool = true
  ) -> String {
    guard case .entity(let type) = cause.kind else {
      return (cause.shortName ?? cause.line).sanitized.withoutStop
    }
    let name = cause.id.flatMap { fleet.facts(of: EntityReference(type: type, id: $0))?.name }
    let entity = [type.word, name, cause.id].compactMap(\.self).joined(separator: " ")
    guard let why = cause.shortName else {
      return (entity + (cause.code.map { " (\($0.text))" } ?? "")).sanitized
    }
    let isNamed = ofOneNumber && type == .phoneNumber
    let place = [isNamed ? nil : entity, cause.code?.text].compactMap(\.self)
      .joined(separator: ", ")
    return (place.isEmpty ? why : "\(why) (\(place))").sanitized
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
