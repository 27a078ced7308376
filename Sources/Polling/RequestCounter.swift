import Health

/// Requests of the last minute, counted in steps of some seconds: exact enough to be read, and small enough
/// for thousands of credentials.
struct RequestCounter: Sendable {
  /// By step, each in the place of its number modulo eight.
  private var counts = SIMD8<Int32>()
  /// The step that is being counted.
  private var step: Int64 = 0

  private static let steps: Int64 = 8
  private static let stepLength = Duration.milliseconds(7_500)

  mutating func add(_ count: Int, at now: Moment) {
    advance(to: now)
    let place = Int(step % Self.steps)
    counts[place] += Int32(count)
  }

  /// Takes back the latest request that was counted.
  mutating func takeBack() {
    let place = Int(step % Self.steps)
    counts[place] = max(counts[place] - 1, 0)
  }

  func total(at now: Moment) -> Int {
    var copy = self
    copy.advance(to: now)
    return Int(copy.counts.wrappedSum())
  }

  private mutating func advance(to now: Moment) {
    let current = Int64(now.uptime / Self.stepLength)
    guard current > step else { return }
    if current - step >= Self.steps {
      counts = SIMD8()
    } else {
      for passed in (step + 1)...current { counts[Int(passed % Self.steps)] = 0 }
    }
    step = current
  }
}
