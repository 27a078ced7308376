import FoundationEssentials
import Health

/// When the next frame is due though nothing happens.
enum FrameClock {
  /// Rounds up to the full second of the wall's clock, so that everything that ticks, however many
  /// ages there are and whenever each began, ticks in one frame.
  ///
  /// - Parameters:
  ///   - now: When the last frame was drawn.
  ///   - change: When something visible changes next; nil when never.
  ///   - showsClock: Whether a clock with seconds is on the screen.
  ///   - pause: How long nothing needs to move.
  /// - Returns: Nil when there is nothing to wait for.
  static func next(
    after now: Moment,
    change: Moment?,
    showsClock: Bool,
    pause: Duration = .zero
  ) -> Moment? {
    guard let change = showsClock ? now : change else { return nil }
    // What should have changed already changes with the next second.
    let due = max(change, now + pause)
    let date = due.date.timeIntervalSinceReferenceDate
    let wait = date.rounded(.down) + 1 - date
    // A little later rather than too early, when the second would not have changed yet.
    return due + .seconds(wait) + .milliseconds(1)
  }

  /// When changes of the model are drawn next: half a second later at most, and where that is near a
  /// full second of the clock, right after its frame, which shows them already.
  static func nextHalfSecond(after now: Moment) -> Moment {
    let date = now.date.timeIntervalSinceReferenceDate * 2
    let wait = (date.rounded(.down) + 1 - date) / 2
    return now + .seconds(wait < 0.1 ? wait + 0.5 : wait) + .milliseconds(2)
  }

  /// Whether a full second of the wall's clock has just passed.
  static func isFullSecond(_ now: Moment) -> Bool {
    let date = now.date.timeIntervalSinceReferenceDate
    return date - date.rounded(.down) < 0.25
  }
}
