package import Health

/// How much happened in a share of a window.
package struct Density: Hashable, Sendable {
  /// Transitions of lines: what became another.
  package private(set) var count = 0
  /// The worst state that a number came to.
  package private(set) var worst: HealthState?

  package init() {}

  package mutating func add(_ state: HealthState?, times: Int = 1) {
    count += times
    guard let state else { return }
    worst = min(worst ?? state, state)
  }
}
