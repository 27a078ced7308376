import Health

/// Exponential back-off with full jitter: a failing thing is asked again after a random part of a
/// window that doubles with each failure, so that what failed together does not return together.
package struct BackOff: Hashable, Sendable {
  /// The window after the first failure.
  package let first: Duration
  package let longest: Duration

  /// However lucky the draw: a failure is never answered with a request at once.
  package static let shortest = Duration.seconds(1)

  package init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = longest
  }

  /// The longest wait after so many failures in a row.
  package func window(afterFailures count: Int) -> Duration {
    let doublings = min(max(count - 1, 0), 20)
    return min(longest, first * (1 << doublings))
  }

  /// How long to stay away after so many refusals in a row that said for how long: what is said is
  /// obeyed, and outgrown where it turns out to be too short again and again.
  static func wait(said: Duration, afterRefusals count: Int, longest: Duration) -> Duration {
    let own = BackOff(first: shortest, longest: longest).window(afterFailures: count)
    return min(max(said, own, shortest), RateSignal.longestWait)
  }

  package func delay(
    afterFailures count: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let window = window(afterFailures: count)
    return max(Self.shortest, window * Double.random(in: 0..<1, using: &generator))
  }
}

extension Duration {
  /// This, a tenth more or less at random.
  func jittered(using generator: inout some RandomNumberGenerator) -> Duration {
    self * Double.random(in: 0.9...1.1, using: &generator)
  }

  var inSeconds: Double { self / .seconds(1) }
}
