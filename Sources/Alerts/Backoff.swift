import Health

/// How long to wait after so many failures: twice as long each time, and not the same for everybody.
struct Backoff: Sendable {
  let first: Duration
  let longest: Duration
  /// From 0 to 1, evenly.
  let random: @Sendable () -> Double

  func delay(after failures: Int, asked: Duration?) -> Duration {
    let doubled = first * (1 << min(max(failures - 1, 0), 16))
    let jittered = min(doubled, longest) * (0.8 + 0.4 * random())
    // What the receiver asks for counts, but not for days.
    return asked.map { min(max($0, .seconds(1)), .seconds(3600)) } ?? jittered
  }
}
