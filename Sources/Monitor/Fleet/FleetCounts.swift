package import Health

/// How many numbers are in each state.
package struct FleetCounts: Hashable, Sendable {
  private var byState = Array(repeating: 0, count: HealthState.allCases.count)
  /// Numbers that had a reading in this run.
  package var polled = 0

  package init() {}

  package subscript(state: HealthState) -> Int {
    get { byState[Int(state.rawValue)] }
    set { byState[Int(state.rawValue)] = newValue }
  }

  package var total: Int { byState.reduce(0, +) }
}
