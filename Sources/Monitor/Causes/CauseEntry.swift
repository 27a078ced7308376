import Health

extension CauseIndex {
  /// A cause and the numbers that it explains.
  struct Entry: Sendable {
    let id: CauseID
    var since: Moment { didSet { updateRank() } }
    var sinceIsLowerBound: Bool
    private(set) var crowd = RankedNumbers()
    /// For how many numbers it is critical, a warning or unknown.
    ///
    /// The worst is the cause's severity.
    private var severities = SIMD4<Int32>()
    private var sole = SIMD4<Int32>()
    /// Its sort key.
    var rank: CauseRank

    init(id: CauseID, since: Moment, sinceIsLowerBound: Bool) {
      self.id = id
      self.since = since
      self.sinceIsLowerBound = sinceIsLowerBound
      rank = CauseRank(severity: .ok, count: 0, since: since, tieBreak: id.tieBreak)
    }

    var severity: Severity {
      Severity.allCases.last { severities[$0.rawValue] > 0 } ?? .ok
    }

    /// How many numbers are bad because of this cause alone.
    var relieved: Int { Int(sole[severity.rawValue]) }

    mutating func insert(_ place: Int, _ state: HealthState, _ severity: Severity, isOnly: Bool) {
      crowd.insert(place, state)
      severities[severity.rawValue] += 1
      if isOnly, state.severity <= severity { sole[severity.rawValue] += 1 }
      updateRank()
    }

    mutating func remove(_ place: Int, _ state: HealthState, _ severity: Severity, wasOnly: Bool) {
      crowd.remove(place, state)
      severities[severity.rawValue] -= 1
      if wasOnly, state.severity <= severity { sole[severity.rawValue] -= 1 }
      updateRank()
    }

    private mutating func updateRank() {
      rank.severity = severity
      rank.count = crowd.count
      rank.since = since
    }

    /// The state of the cause, given its worst number: stale if that one is, whatever it said.
    func state(of worst: NumberRecord) -> HealthState {
      if worst.isOld { return worst.state }
      let isEntity = if case .entity = id { true } else { false }
      // A fact of an entity affects its numbers as a signal does: it changes no verdict.
      let verdict = worst.assessment.verdict.word
      return switch severity {
      case .critical: isEntity && verdict == .blocked ? .blocked : .critical
      case .warning:
        isEntity && (verdict == .limited || verdict == .blocked) ? .limited : .warning
      case .unknown, .ok: .unknown
      }
    }
  }
}

/// Worst first, then the one that hits more numbers, then the older one.
struct CauseRank: Hashable, Comparable, Sendable {
  var severity: Severity
  var count: Int
  var since: Moment
  let tieBreak: String

  static func < (left: Self, right: Self) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.count != right.count { return left.count > right.count }
    if left.since != right.since { return left.since < right.since }
    return left.tieBreak < right.tieBreak
  }
}

extension CauseID {
  /// Any order that is the same each time.
  var tieBreak: String {
    switch self {
    case .entity(let reference): "\(reference.type.word) \(reference.id)"
    case .signal(let kind, let text): "~\(kind.word) \(text)"
    case .account(let name, let trouble): "\(name) \(trouble)"
    case .provider(let name, let trouble): "\(name) \(trouble)"
    case .templates(let status): status.word
    case .offline: ""
    }
  }
}
