/// How long ago something was, in a short text that is coarse on purpose, so that the screen
/// changes rarely.
package struct Age: Hashable, Sendable {
  /// How the text is rounded if seconds would be too precise.
  package enum Rounding: Hashable, Sendable {
    case none
    /// For lower bounds: down, to 10 s below a minute and to minutes below an hour.
    case down
    /// For ages that must not look younger than they are: up, to 5 s from 10 s on, to 15 s from a
    /// minute on.
    case up
  }

  package let duration: Duration
  package let rounding: Rounding

  /// - Parameters:
  ///   - duration: The age; a negative one counts as zero.
  ///   - rounding: Affects only the text.
  package init(_ duration: Duration, rounding: Rounding = .none) {
    self.duration = max(duration, .zero)
    self.rounding = rounding
  }

  /// At most six characters: `42s`, `3m05s` below 10 min, `47m`, `4h12m` below 10 h, `19h`, `6d4h`
  /// below 10 d, `41d`.
  package var text: String {
    let seconds = rounded
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<600 where rounding != .down: "\(minutes)m\(Self.twoDigits(seconds % 60))s"
    case ..<3600: "\(minutes)m"
    case ..<36_000: "\(hours)h\(Self.twoDigits(minutes % 60))m"
    case ..<86_400: "\(hours)h"
    case ..<864_000: "\(days)d\(hours % 24)h"
    default: "\(days)d"
    }
  }

  /// How long `text` stays the same while the age grows.
  package var untilNextText: Duration { lastChange + .seconds(step) - duration }

  /// How long `text` stays the same while this is a remaining time that shrinks.
  package var untilPreviousText: Duration { duration - lastChange + .milliseconds(1) }

  private var seconds: Int64 { duration.components.seconds }

  private var rounded: Int64 {
    switch rounding {
    case .none: seconds
    case .down: seconds < 60 ? seconds / step * step : seconds
    case .up: step > 1 && step < 60 ? (seconds + step - 1) / step * step : seconds
    }
  }

  private var lastChange: Duration {
    // A text that is rounded up changes one second after a full step.
    let shift: Int64 = rounding == .up && (2..<60).contains(step) ? 1 : 0
    return .seconds((seconds - shift) / step * step + shift)
  }

  private var step: Int64 {
    switch seconds {
    case ..<60 where rounding == .down: 10
    case 11...60 where rounding == .up: 5
    case 61..<600 where rounding == .up: 15
    case ..<600: rounding == .down ? 60 : 1
    case ..<36_000: 60
    case ..<864_000: 3600
    default: 86_400
    }
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
