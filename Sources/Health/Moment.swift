package import struct FoundationEssentials.Date

/// One instant on two clocks: the wall clock, for display, and a monotonic one, for ages.
package struct Moment: Hashable, Sendable, Comparable {
  package let date: Date
  /// Since an arbitrary origin in this run; only differences are meaningful.
  package let uptime: Duration

  package init(date: Date, uptime: Duration) {
    self.date = date
    self.uptime = uptime
  }

  package static func < (left: Self, right: Self) -> Bool { left.uptime < right.uptime }

  package static func - (left: Self, right: Self) -> Duration { left.uptime - right.uptime }

  package static func + (moment: Self, duration: Duration) -> Self {
    Moment(
      date: moment.date.addingTimeInterval(duration / .seconds(1)),
      uptime: moment.uptime + duration
    )
  }
}

/// A source of time: the system's clocks, or a test's clock that is advanced by hand.
package protocol TimeSource: Sendable {
  var now: Moment { get }
  /// Returns once `moment` has passed; throws `CancellationError` if the task is cancelled.
  func sleep(until moment: Moment) async throws
}

extension TimeSource {
  /// Sleeps until the wall clock has counted a whole number of intervals, or a while after that:
  /// whatever is done regularly wakes the process together, and the screen's clock with it.
  package func sleep(
    untilNext interval: Duration,
    after offset: Duration = .zero
  ) async throws {
    let now = now
    let length = interval / .seconds(1)
    let date = now.date.timeIntervalSinceReferenceDate - offset / .seconds(1)
    let wait = length - date.truncatingRemainder(dividingBy: length)
    // One that is nearly over counts as over.
    try await sleep(until: now + .seconds(wait < length / 10 ? wait + length : wait))
  }
}

/// The machine's clocks.
package struct SystemTime: TimeSource {
  private let origin = ContinuousClock.now

  package init() {}

  package var now: Moment { Moment(date: Date(), uptime: ContinuousClock.now - origin) }

  package func sleep(until moment: Moment) async throws {
    try await ContinuousClock().sleep(until: origin + moment.uptime)
  }
}
