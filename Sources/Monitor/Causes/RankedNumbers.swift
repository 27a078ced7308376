package import Health

/// Numbers sorted by state, worst first, which stay sorted while they change.
///
/// Reading the first few of thousands costs only those few.
package struct RankedNumbers: Equatable, Sendable {
  /// State and place combined in one integer, ascending.
  private var codes: [UInt64] = []
  package private(set) var tally = Tally()

  package init() {}

  package init(_ members: some Sequence<(place: Int, state: HealthState)>) {
    codes = members.map { Self.code($0.place, $0.state) }.sorted()
    for code in codes { tally[Self.state(of: code)] += 1 }
  }

  package var count: Int { codes.count }
  var isEmpty: Bool { codes.isEmpty }

  /// Places in the fleet's records; those of one state in the order of the fleet.
  package var places: some RandomAccessCollection<Int> {
    codes.lazy.map { Int($0 & 0xFFFF_FFFF) }
  }

  package mutating func insert(_ place: Int, _ state: HealthState) {
    let code = Self.code(place, state)
    let index = lowerBound(of: code)
    guard index == codes.count || codes[index] != code else { return }
    codes.insert(code, at: index)
    tally[state] += 1
  }

  package mutating func remove(_ place: Int, _ state: HealthState) {
    let code = Self.code(place, state)
    let index = lowerBound(of: code)
    guard index < codes.count, codes[index] == code else { return }
    codes.remove(at: index)
    tally[state] -= 1
  }

  init(union parts: [Self]) {
    guard parts.count != 1 else {
      self = parts[0]
      return
    }
    codes = parts.flatMap(\.codes).sorted()
    for code in codes { tally[Self.state(of: code)] += 1 }
  }

  /// The first few as a collection of their own.
  func prefix(_ count: Int) -> Self {
    var first = Self()
    first.codes = Array(codes.prefix(count))
    for code in first.codes { first.tally[Self.state(of: code)] += 1 }
    return first
  }

  private static func code(_ place: Int, _ state: HealthState) -> UInt64 {
    UInt64(state.rawValue) << 32 | UInt64(UInt32(truncatingIfNeeded: place))
  }

  private static func state(of code: UInt64) -> HealthState {
    HealthState(rawValue: UInt8(truncatingIfNeeded: code >> 32)) ?? .unknown
  }

  private func lowerBound(of code: UInt64) -> Int {
    var (low, high) = (0, codes.count)
    while low < high {
      let middle = (low + high) / 2
      if codes[middle] < code { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
