package import Health

/// How many numbers are in each state.
package struct FleetCounts: Hashable, Sendable {
  private var byState = Array(repeating: 0, count: HealthState.allCases.count)
  /// Numbers that had a reading in this run.
  package var polled = 0
  /// Numbers whose trouble operators have seen.
  package private(set) var acknowledged = 0
  /// Numbers that need nobody for a while.
  package private(set) var muted = 0

  package init() {}

  package subscript(state: HealthState) -> Int {
    get { byState[Int(state.rawValue)] }
    set { byState[Int(state.rawValue)] = newValue }
  }

  package var total: Int { byState.reduce(0, +) }

  mutating func add(_ marks: OperatorMarks, _ change: Int) {
    if marks.contains(.acknowledged) { acknowledged += change }
    if marks.contains(.muted) { muted += change }
  }
}
