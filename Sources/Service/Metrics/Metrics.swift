package import Configuration
import Health
package import Monitor
import Screens

/// The metrics of a moment, made from a snapshot: nobody is asked, and nothing is kept.
///
/// So what is gone is gone from the next scrape, and what is still known of an account that does not answer
/// is there with its age.
package struct Metrics: Sendable {
  package let snapshot: MonitorSnapshot
  package let polls: PollCounts
  package let detail: MetricsDetail
  /// Whether to hide the middle of phone numbers.
  package let masksNumbers: Bool
  package let version: String

  package init(
    of snapshot: MonitorSnapshot,
    polls: PollCounts,
    detail: MetricsDetail,
    masksNumbers: Bool = false,
    version: String
  ) {
    self.snapshot = snapshot
    self.polls = polls
    self.detail = detail
    self.masksNumbers = masksNumbers
    self.version = version
  }

  var fleet: Fleet { snapshot.fleet }

  package func text(as format: MetricsFormat) -> ResponseBytes {
    var writer = MetricsWriter(format, capacity: capacity)
    writeBuild(to: &writer)
    writeAccounts(to: &writer)
    writePolls(to: &writer)
    writeCauses(to: &writer)
    if detail >= .waba {
      let figures = numberFigures
      writeWABAs(figures, to: &writer)
      if detail >= .number { writeNumbers(figures, to: &writer) }
      if detail >= .template { writeTemplates(figures, to: &writer) }
    }
    return writer.finish()
  }

  /// Room for most of it, so that the bytes are copied once at most.
  private var capacity: Int {
    64 * 1024 + (detail >= .number ? fleet.records.count * 2600 : 0)
  }

  private func writeBuild(to writer: inout MetricsWriter) {
    var labels = MetricLabels(capacity: 128, count: 1)
    labels.add([("version", version), ("swift", Self.swiftVersion)])
    writer.begin(
      MetricFamily(name: "wabatop_build", kind: .info, help: "The version of wabatop.")
    )
    labels.with(0) { writer.add(1, $0) }
  }

  private static var swiftVersion: String {
    #if compiler(>=6.4)
    "6.4"
    #elseif compiler(>=6.3)
    "6.3"
    #else
    "6"
    #endif
  }

  /// A phone number as it is told.
  func number(_ text: String) -> String { masksNumbers ? Self.mask.number(text) : text }

  /// A text that may contain phone numbers.
  func words(_ text: String) -> String { masksNumbers ? Self.mask.text(text) : text }

  private static let mask = NumberMask(sign: "*")
}

extension HealthState {
  /// The state as a label.
  var label: StaticString {
    switch self {
    case .blocked: "blocked"
    case .critical: "critical"
    case .limited: "limited"
    case .warning: "warning"
    case .unknown: "unknown"
    case .stale: "stale"
    case .available: "available"
    }
  }
}
