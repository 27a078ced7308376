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
