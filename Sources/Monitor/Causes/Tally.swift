package import Health

/// How many are in each state.
package struct Tally: Hashable, Sendable {
  private var counts = SIMD8<Int32>()

  package init() {}

  package init(_ states: some Sequence<HealthState>) {
    for state in states { self[state] += 1 }
  }

  package subscript(state: HealthState) -> Int {
    get { Int(counts[Int(state.rawValue)]) }
    set { counts[Int(state.rawValue)] = Int32(newValue) }
  }

  package var total: Int { Int(counts.wrappedSum()) }

  package static func - (left: Tally, right: Tally) -> Tally {
    var difference = Tally()
    difference.counts = left.counts &- right.counts
    return difference
  }

  package var worst: HealthState? { HealthState.allCases.first { self[$0] > 0 } }

  /// Such as "all blocked" or "2 blocked 1 limited 6 ok"; nil if empty.
  package var summary: String? {
    let present = HealthState.allCases.filter { self[$0] > 0 }
    if present.count == 1, let only = present.first {
      return total == 1 ? only.inACrowd : "all \(only.inACrowd)"
    }
    return present.isEmpty
      ? nil : present.map { "\(self[$0]) \($0.inACrowd)" }.joined(separator: " ")
  }
}

extension HealthState {
  fileprivate var inACrowd: String { self == .available ? "ok" : word.lowercased() }
}
