/// How long ago something was, as people say it: coarse on purpose, since a calm screen does not tick.
package struct Age: Hashable, Sendable {
  package let duration: Duration

  /// - Parameter duration: A negative one counts as none.
  package init(_ duration: Duration) {
    self.duration = max(duration, .zero)
  }

  /// At most six characters: `42s`, `3m05s` below 10 min, `47m`, `4h12m` below 10 h, `19h`, `6d4h`
  /// below 10 d, `41d`.
  package var text: String {
    let seconds = duration.components.seconds
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<600: "\(minutes)m\(Self.twoDigits(seconds % 60))s"
    case ..<3600: "\(minutes)m"
    case ..<36_000: "\(hours)h\(Self.twoDigits(minutes % 60))m"
    case ..<86_400: "\(hours)h"
    case ..<864_000: "\(days)d\(hours % 24)h"
    default: "\(days)d"
    }
  }

  /// How long `text` stays as it is while the age grows.
  package var untilNextText: Duration { lastChange + .seconds(step) - duration }

  /// How long `text` stays as it is while this is a time to wait that shrinks.
  package var untilPreviousText: Duration { duration - lastChange + .milliseconds(1) }

  private var lastChange: Duration { .seconds(duration.components.seconds / step * step) }

  private var step: Int64 {
    switch duration.components.seconds {
    case ..<600: 1
    case ..<36_000: 60
    case ..<864_000: 3600
    default: 86_400
    }
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
