import FoundationEssentials
import Health

/// When each account was polled without a gap longer than its readings count.
struct PollingCoverage {
  private struct Polling {
    var polledAt: Moment
    var coveredUntil: Moment
    var window: Duration
  }

  /// The wall clock may differ from the monotonic one by this much; by more, it was set.
  private static let tolerance = Duration.seconds(60)

  private var accounts: [String: Polling] = [:]

  /// Notes a poll of an account; a reading of it counts for `window`.
  mutating func notePoll(of account: String, at now: Moment, window: Duration) -> Coverage? {
    let covered = advance(account, to: now)
    accounts[account] = Polling(polledAt: now, coveredUntil: now, window: window)
    return covered
  }

  /// Covers the time since the last polls, as long as their readings count.
  mutating func advance(to now: Moment) -> [Coverage] {
    accounts.keys.sorted().compactMap { advance($0, to: now) }
  }

  private mutating func advance(_ account: String, to now: Moment) -> Coverage? {
    guard let polling = accounts[account] else { return nil }
    accounts[account]?.coveredUntil = now
    let start = polling.coveredUntil
    let wall = Duration.seconds(now.date.timeIntervalSince(start.date))
    let isClockSet = max(wall - (now - start), (now - start) - wall) > Self.tolerance
    guard now - polling.polledAt <= polling.window, wall > .zero, !isClockSet else { return nil }
    return Coverage(account: account, from: start.date, to: now.date)
  }
}
