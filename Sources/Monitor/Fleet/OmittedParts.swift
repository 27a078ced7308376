import Health

/// What earlier answers reported and the last good one omitted.
///
/// Each part stays valid for three intervals and then becomes unknown. An omitted fault is never a
/// recovery.
struct OmittedParts: Hashable, Sendable {
  /// The last good report with its omitted parts.
  private(set) var report: HealthReport
  /// When each omitted part was last reported.
  private(set) var reportedAt: [ReportPart: Moment] = [:]
  /// Parts that were omitted for too long, with their faults.
  private(set) var lost: [ReportPart: [Cause]] = [:]

  init(of report: HealthReport) { self.report = report }

  /// Whether nothing was omitted.
  var isEmpty: Bool { reportedAt.isEmpty && lost.isEmpty }

  /// Applies the next answer.
  ///
  /// - Parameters:
  ///   - told: The answer.
  ///   - last: When the answer before it came, which reported all parts that are not in `reportedAt`.
  mutating func receive(_ told: HealthReport, after last: Moment) {
    lost = lost.filter { !told.tells($0.key) }
    let (filled, parts) = told.filled(from: report, without: Set(lost.keys))
    reportedAt = Dictionary(parts.map { ($0, reportedAt[$0] ?? last) }, uniquingKeysWith: min)
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
    let expired = reportedAt.filter { now - $0.value > window }.keys
      // Inner parts come before the parts that contain them, since each has its own faults.
      .sorted { $0.breadth < $1.breadth }
    guard !expired.isEmpty else { return false }
    for part in expired {
      let before = assess(report)
      reportedAt[part] = nil
      report = told.filled(from: report, without: [part]).report
      let after = assess(report).causes
      let missing = before.causes.filter { $0.severity > .unknown && !after.contains($0) }
      // A part without faults may stay missing, and "not rated" is finally accepted as an answer.
      let isUnrated = part == .quality && told.facts.quality != nil
      if !missing.isEmpty, !isUnrated { lost[part] = missing.map(\.noLongerReported) }
    }
    return true
  }

  /// When `advance` would next find something to do.
  func nextAgeing(_ window: Duration) -> Moment? { reportedAt.values.min().map { $0 + window } }

  /// The faults that became unknown, in a stable order.
  var lostCauses: [Cause] {
    lost.values.flatMap(\.self).sorted { ($0.text, $0.id ?? "") < ($1.text, $1.id ?? "") }
  }
}

extension ReportPart {
  /// Calling is part of the entities, and entities are part of the health.
  fileprivate var breadth: Int {
    switch self {
    case .calling: 0
    case .entity: 1
    default: 2
    }
  }
}
