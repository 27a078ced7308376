/// The state of a number, an entity or a template on the screen: five states, and two for signals.
///
/// The raw value ranks them, worst first, which is the order of lists.
package enum HealthState: UInt8, Comparable, Hashable, Sendable, CaseIterable {
  /// Verdict BLOCKED.
  case blocked
  /// Critical because of a signal, such as status BANNED.
  case critical
  /// Verdict LIMITED.
  case limited
  /// A warning because of a signal, such as quality RED.
  case warning
  /// There is no usable answer.
  case unknown
  /// No answer for three intervals.
  case stale
  /// Fresh answer, no fault reported.
  case available

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Critical or a warning.
  package var isProblem: Bool { self < .unknown }
}

extension HealthState {
  /// The severity of the state.
  package var severity: Severity {
    switch self {
    case .blocked, .critical: .critical
    case .limited, .warning: .warning
    case .unknown, .stale: .unknown
    case .available: .ok
    }
  }

  /// Whether it is anything but available: unknown and stale numbers need attention too.
  package var needsAttention: Bool { self != .available }

  /// The state in one word, for people and logs.
  package var word: String {
    switch self {
    case .blocked: "BLOCKED"
    case .critical: "CRITICAL"
    case .limited: "LIMITED"
    case .warning: "WARNING"
    case .unknown: "UNKNOWN"
    case .stale: "STALE"
    case .available: "AVAILABLE"
    }
  }
}
