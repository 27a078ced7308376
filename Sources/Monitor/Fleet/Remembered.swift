import Health

/// What the last good answer left out and earlier ones told.
///
/// Each part stays with its age for three intervals, then is unknown; a fault that is left out never
/// becomes a recovery by that.
struct Remembered: Hashable, Sendable {
  /// The last good report with what it left out.
  private(set) var report: HealthReport
  /// When each part that was left out was last told.
  private(set) var toldAt: [ReportPart: Moment] = [:]
  /// Parts that were left out for too long, with the faults that they told of.
  private(set) var lost: [ReportPart: [Cause]] = [:]

  init(of report: HealthReport) { self.report = report }

  /// Nothing was left out.
  var isEmpty: Bool { toldAt.isEmpty && lost.isEmpty }

  /// Takes in the next answer.
  ///
  /// - Parameters:
  ///   - told: The answer.
  ///   - last: When the answer before it came, which told all that is not in `toldAt`.
  mutating func receive(_ told: HealthReport, after last: Moment) {
    lost = lost.filter { !told.tells($0.key) }
    let (filled, parts) = told.filled(from: report, without: Set(lost.keys))
    toldAt = Dictionary(parts.map { ($0, toldAt[$0] ?? last) }, uniquingKeysWith: min)
    report = filled
  }

  /// Lets time pass.
  ///
  /// - Returns: Whether anything has become unknown.
  mutating func advance(
    to now: Moment,
    _ window: Duration,
    told: HealthReport,
    assess: (HealthReport) -> Assessment
  ) -> Bool {
    let expired = toldAt.filter { now - $0.value > window }.keys
      // What lies within another part goes before it, since each has its own faults.
      .sorted { $0.breadth < $1.breadth }
    guard !expired.isEmpty else { return false }
    for part in expired {
      let before = assess(report)
      toldAt[part] = nil
      report = told.filled(from: report, without: [part]).report
      let after = assess(report).causes
      let missing = before.causes.filter { $0.severity > .unknown && !after.contains($0) }
      // A part that was no fault may be missing for good, and "not rated" is an answer in the end.
      let isUnrated = part == .quality && told.facts.quality != nil
      if !missing.isEmpty, !isUnrated { lost[part] = missing.map(\.notToldAnyMore) }
    }
    return true
  }

  /// When `advance` would next find something to do.
  func nextAgeing(_ window: Duration) -> Moment? { toldAt.values.min().map { $0 + window } }

  /// What nobody knows any more, in an order that stays.
  var lostCauses: [Cause] {
    lost.values.flatMap(\.self).sorted { ($0.text, $0.id ?? "") < ($1.text, $1.id ?? "") }
  }
}

extension ReportPart {
  /// Calls are said of entities, and entities are the health.
  fileprivate var breadth: Int {
    switch self {
    case .calling: 0
    case .entity: 1
    default: 2
    }
  }
}
