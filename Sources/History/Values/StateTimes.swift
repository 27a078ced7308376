package import Health

/// How long a number was in each state, as far as somebody looked.
package struct StateTimes: Hashable, Sendable {
  /// By the states' raw values.
  private var milliseconds = SIMD8<Int64>()

  package init() {}

  package subscript(state: HealthState) -> Duration {
    get { .milliseconds(milliseconds[Int(state.rawValue)]) }
    set { milliseconds[Int(state.rawValue)] = newValue.wholeMilliseconds }
  }

  /// How long anybody looked, whatever came of it.
  package var covered: Duration { .milliseconds(milliseconds.wrappedSum()) }

  /// How long it was known how the number is: an answer without health, and none, tell nothing.
  package var known: Duration {
    covered - self[.unknown] - self[.stale]
  }

  /// The share of the time known that it was available; nil where nothing is known.
  package var availability: Double? { known > .zero ? self[.available] / known : nil }

  /// The share of a length of time that is known.
  package func knownShare(of length: Duration) -> Double {
    length > .zero ? known / length : 0
  }

  package static func += (left: inout Self, right: Self) {
    left.milliseconds &+= right.milliseconds
  }

  package subscript(milliseconds state: HealthState) -> Int {
    Int(milliseconds[Int(state.rawValue)])
  }

  package mutating func add(milliseconds more: Int, in state: HealthState) {
    milliseconds[Int(state.rawValue)] += Int64(more)
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
