/// What the screen says of a number, an entity or a template: five states and two "by a signal".
///
/// The raw value ranks them, worst first, as lists are sorted.
package enum HealthState: UInt8, Comparable, Hashable, Sendable, CaseIterable {
  /// Verdict BLOCKED.
  case blocked
  /// Critical by a signal, such as status BANNED.
  case critical
  /// Verdict LIMITED.
  case limited
  /// Warning by a signal, such as quality RED.
  case warning
  /// Asked, and there is no usable answer.
  case unknown
  /// Nothing came for three intervals.
  case stale
  /// Fresh answer, no fault reported.
  case available

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Critical or a warning: somebody has to look.
  package var isProblem: Bool { self < .unknown }
}

extension HealthState {
  /// How bad it is, in the words of severities.
  package var severity: Severity {
    switch self {
    case .blocked, .critical: .critical
    case .limited, .warning: .warning
    case .unknown, .stale: .unknown
    case .available: .ok
    }
  }

  /// Anything that isn't plainly fine: what cannot be told deserves a look as well.
  package var needsAttention: Bool { self != .available }

  /// The state in one word, as people and logs say it.
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
