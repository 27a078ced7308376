import FoundationEssentials
import Health

/// Computes when the next frame is due without any event.
enum FrameClock {
  /// Rounds up to a full second of the wall clock, so that all ages change in one frame.
  ///
  /// - Parameters:
  ///   - now: When the last frame was drawn.
  ///   - change: When something visible changes next; nil if never.
  ///   - showsClock: Whether a clock with seconds is on the screen.
  ///   - pause: How long to wait at least.
  /// - Returns: Nil if nothing is due.
  static func next(
    after now: Moment,
    change: Moment?,
    showsClock: Bool,
    pause: Duration = .zero
  ) -> Moment? {
    guard let change = showsClock ? now : change else { return nil }
    // An overdue change waits for the next second.
    let due = max(change, now + pause)
    let date = due.date.timeIntervalSinceReferenceDate
    let wait = date.rounded(.down) + 1 - date
    // One millisecond later, so that the second has surely changed.
    return due + .seconds(wait) + .milliseconds(1)
  }

  /// When changes of the model are drawn next: after at most half a second, or right after a full
  /// second's frame, which shows them already.
  static func nextHalfSecond(after now: Moment) -> Moment {
    let date = now.date.timeIntervalSinceReferenceDate * 2
    let wait = (date.rounded(.down) + 1 - date) / 2
    return now + .seconds(wait < 0.1 ? wait + 0.5 : wait) + .milliseconds(2)
  }

  /// Whether a full second of the wall clock has just passed.
  static func isFullSecond(_ now: Moment) -> Bool {
    let date = now.date.timeIntervalSinceReferenceDate
    return date - date.rounded(.down) < 0.25
  }
}
