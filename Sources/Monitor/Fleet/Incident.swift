package import Health

/// One cause with all the numbers that it takes down.
package struct Incident: Hashable, Sendable, Identifiable {
  /// What numbers have in common.
  package enum Key: Hashable, Sendable {
    case entity(EntityReference)
    /// A signal that several numbers show in the same words.
    case signal(Cause.Kind, text: String)
    /// Polls of an account that bring no health: our problem, not WhatsApp's.
    case account(String, PollOutcome)
  }

  package let id: Key
  /// The latest number's cause among the worst, for its code and words.
  package fileprivate(set) var cause: Cause
  /// How many numbers it is a cause of.
  package fileprivate(set) var count: Int
  package let since: Moment

  package var severity: Severity { cause.severity }

  /// Ours, not WhatsApp's.
  package var isOurs: Bool { if case .account = id { true } else { false } }

  /// Worst first, then by how many numbers it hits, then the older one.
  package static func precedes(_ left: Self, _ right: Self) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.count != right.count { return left.count > right.count }
    if left.since != right.since { return left.since < right.since }
    // Any order will do, as long as it is the same each time.
    return (left.cause.id ?? "", left.cause.text) < (right.cause.id ?? "", right.cause.text)
  }
}

extension Incident {
  /// A number's causes by what they have in common with those of others, the headline first.
  ///
  /// One per key: a number counts once for each.
  package static func causes(of record: NumberRecord) -> [(key: Key, cause: Cause)] {
    var keyed: [(key: Key, cause: Cause)] = []
    for cause in record.assessment.causes {
      let key = record.incidentKey(of: cause)
      if !keyed.contains(where: { $0.key == key }) { keyed.append((key, cause)) }
    }
    return keyed
  }
}

/// Keeps the incidents while numbers change, at the cost of the numbers that change.
struct IncidentLedger: Sendable {
  private var incidents: [Incident.Key: Incident] = [:]
  /// Where an entity is worse for some numbers than for others: the worst counts.
  private var causes: [Incident.Key: SeverityCauses] = [:]

  var worstFirst: [Incident] { incidents.values.sorted(by: Incident.precedes) }

  /// The worst few, found without sorting all: in a large fleet there can be thousands.
  func worst(_ limit: Int) -> [Incident] {
    var worst: [Incident] = []
    for incident in incidents.values {
      if worst.count == limit, let last = worst.last, Incident.precedes(last, incident) { continue }
      let place = worst.firstIndex { Incident.precedes(incident, $0) } ?? worst.count
      worst.insert(incident, at: place)
      if worst.count > limit { worst.removeLast() }
    }
    return worst
  }

  func count(of severity: Severity) -> Int { incidents.values.count { $0.severity == severity } }

  subscript(key: Incident.Key) -> Incident? { incidents[key] }

  mutating func add(
    _ record: NumberRecord,
    at now: Moment,
    keepingSinceOf former: IncidentLedger? = nil
  ) {
    for (key, cause) in Incident.causes(of: record) {
      let since = former?[key]?.since ?? now
      causes[key, default: SeverityCauses()].add(cause)
      incidents[key, default: Incident(id: key, cause: cause, count: 0, since: since)].count += 1
      incidents[key]?.cause = causes[key]?.worst ?? cause
    }
  }

  /// In this order, so that a cause that stays keeps the moment since which it is one.
  mutating func replace(_ old: NumberRecord, with new: NumberRecord, at now: Moment) {
    add(new, at: now)
    remove(old)
  }

  private mutating func remove(_ record: NumberRecord) {
    for (key, cause) in Incident.causes(of: record) {
      guard var incident = incidents[key] else { continue }
      incident.count -= 1
      causes[key]?.remove(cause)
      incident.cause = causes[key]?.worst ?? incident.cause
      incidents[key] = incident.count > 0 ? incident : nil
      if incident.count == 0 { causes[key] = nil }
    }
  }
}

/// For how many numbers a cause is of each severity, and in which words it was told last.
private struct SeverityCauses: Sendable {
  private var counts = SIMD4<Int32>()
  private var latest: [Severity: Cause] = [:]

  var worst: Cause? {
    Severity.allCases.last { counts[$0.rawValue] > 0 }.flatMap { latest[$0] }
  }

  mutating func add(_ cause: Cause) {
    counts[cause.severity.rawValue] += 1
    latest[cause.severity] = cause
  }

  mutating func remove(_ cause: Cause) { counts[cause.severity.rawValue] -= 1 }
}

extension NumberRecord {
  /// The incidents that this number is part of, the headline's first, each once.
  package var incidentKeys: [Incident.Key] {
    var keys: [Incident.Key] = []
    for cause in assessment.causes {
      let key = incidentKey(of: cause)
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  /// The incident that one of its causes belongs to.
  package func incidentKey(of cause: Cause) -> Incident.Key {
    switch cause.kind {
    case .entity(let type):
      if let id = cause.id { return .entity(EntityReference(type: type, id: id)) }
      // Of an entity without an id there is one for each number, under a name that stays.
      return .entity(EntityReference(type: type, id: number.target ?? number.account))
    case .poll: return .account(number.account, assessedOutcome ?? .answered)
    default: return .signal(cause.kind, text: cause.text)
    }
  }
}
