package import FoundationEssentials

/// A moment as an option or a query names it: `24h` ago, or `2026-11-01`, in UTC.
package enum TimeArgument: Hashable, Sendable {
  case ago(Duration)
  case at(Date)

  package init?(argument: String) {
    if let duration = Self.duration(argument) {
      self = .ago(duration)
    } else if let date = Self.date(argument) {
      self = .at(date)
    } else {
      return nil
    }
  }

  package func date(at now: Date) -> Date {
    switch self {
    case .ago(let duration): now.addingTimeInterval(-(duration / .seconds(1)))
    case .at(let date): date
    }
  }

  private static let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  private static func duration(_ text: String) -> Duration? {
    guard let unit = units[String(text.suffix(1))], let count = Int(text.dropLast()),
      (1...1_000_000).contains(count)
    else { return nil }
    return .seconds(count * unit)
  }

  /// A day, or a day with a time such as `2026-11-01T08:30:00Z`.
  private static func date(_ text: String) -> Date? {
    let day = Date.ISO8601FormatStyle().year().month().day()
    return (try? Date(text, strategy: Date.ISO8601FormatStyle()))
      ?? (try? Date(text, strategy: day))
  }
}
