import Health

/// How long the last answers took.
struct AnswerTimes: Sendable {
  /// In milliseconds, the oldest replaced first.
  private var times: [Int32] = []
  private var next = 0

  private static let most = 64

  mutating func note(_ time: Duration) {
    let (seconds, attoseconds) = time.components
    let milliseconds = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    if times.count < Self.most {
      times.append(milliseconds)
    } else {
      times[next] = milliseconds
      next = (next + 1) % Self.most
    }
  }

  var latency: AnswerLatency? {
    let sorted = times.sorted()
    guard let worst = sorted.last else { return nil }
    return AnswerLatency(
      median: .milliseconds(sorted[sorted.count / 2]),
      worst: .milliseconds(worst),
      count: sorted.count
    )
  }
}
