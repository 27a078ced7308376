package import Health

package import struct FoundationEssentials.Date

/// The worst state in each of the last 24 hours, as far as known in this run.
package struct HourStrip: Hashable, Sendable {
  package static let length = 24
  private static let nothing = UInt8.max

  /// A ring, the hour since 1970 modulo 24; a raw `HealthState` each.
  private var ring = SIMD32<UInt8>(repeating: Self.nothing)
  private var lastHour: Int?
  private var lastState = Self.nothing

  package init() {}

  package var isEmpty: Bool { lastHour == nil }

  /// More than one hour is known.
  package var hasHistory: Bool {
    guard let lastHour else { return false }
    return (1..<Self.length).contains { value(at: lastHour - $0, lastHour) != Self.nothing }
  }

  /// Records the state at a moment.
  ///
  /// The hours since the last record count with that record's state.
  mutating func note(_ state: HealthState, at date: Date) {
    let hour = Self.hour(of: date)
    if let lastHour, hour > lastHour {
      for passed in max(lastHour + 1, hour - Self.length + 1)...hour {
        ring[passed % 24] = lastState
      }
    }
    let known = lastHour == nil ? Self.nothing : ring[hour % 24]
    ring[hour % 24] = min(known, state.rawValue)
    lastHour = max(lastHour ?? hour, hour)
    lastState = state.rawValue
  }

  /// The worst states, oldest first, in `cells` parts, which must divide 24.
  ///
  /// Nil if nothing is known.
  package func states(in cells: Int, at now: Date) -> [HealthState?] {
    guard cells > 0, let lastHour else { return Array(repeating: nil, count: max(cells, 0)) }
    let current = max(Self.hour(of: now), lastHour)
    let share = Self.length / cells
    return (0..<cells).map { cell in
      let first = current - Self.length + 1 + cell * share
      let worst = (first..<first + share).map { value(at: $0, lastHour) }.min() ?? Self.nothing
      return HealthState(rawValue: worst)
    }
  }

  private func value(at hour: Int, _ lastHour: Int) -> UInt8 {
    if hour > lastHour { return lastState }
    return hour <= lastHour - Self.length ? Self.nothing : ring[((hour % 24) + 24) % 24]
  }

  private static func hour(of date: Date) -> Int {
    Int(exactly: (date.timeIntervalSince1970 / 3600).rounded(.down)) ?? 0
  }
}
