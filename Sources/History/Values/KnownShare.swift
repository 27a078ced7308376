package import Health

/// A share of the time known, and how much of a length of time is known.
package struct KnownShare: Hashable, Sendable {
  /// Below this, how a number was is too uncertain for a figure.
  package static let leastKnown = 0.95

  /// How much is known.
  package let known: Double
  /// Nil where too little is known.
  package let share: Double?

  /// - Parameters:
  ///   - times: How long what was the case.
  ///   - length: All of the time that is meant.
  ///   - states: Those that are counted.
  package init(_ times: StateTimes, of length: Duration, in states: HealthState...) {
    known = times.knownShare(of: length)
    guard times.known > .zero, known >= Self.leastKnown else {
      share = nil
      return
    }
    share = states.map { times[$0] }.reduce(.zero, +) / times.known
  }

  /// `99.2 % of 97 % known`, rounded down: 100 % is never said of less.
  package func text(none: String) -> String {
    guard let share else { return "\(none) (\(Self.words(known: known)) known)" }
    return "\(Self.roundedDown(share)) of \(Self.words(known: known)) known"
  }

  /// Rounded, but never to nothing.
  package static func rounded(_ share: Double) -> String {
    share > 0 && share < 0.0005 ? "<0.1 %" : percent((share * 1000).rounded())
  }

  package static func roundedDown(_ share: Double) -> String {
    percent((share * 1000 + 1e-9).rounded(.down))
  }

  /// Rounded down to whole percent.
  private static func words(known: Double) -> String { "\(Int(known * 100 + 1e-9)) %" }

  private static func percent(_ permille: Double) -> String {
    "\(Int(permille) / 10).\(Int(permille) % 10) %"
  }
}
