/// How bad a number is: the worst of its verdict and its signals.
///
/// The order is that of `check`'s exit status: unknown is worse than ok and better than a warning.
package enum Severity: Int, Comparable, Hashable, Sendable, CaseIterable {
  case ok
  case unknown
  case warning
  case critical

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The word of the JSON.
  package var word: String {
    switch self {
    case .ok: "ok"
    case .unknown: "unknown"
    case .warning: "warning"
    case .critical: "critical"
    }
  }
}
