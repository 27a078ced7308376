package import struct FoundationEssentials.Date

/// A moment as people and programs write it: `03:12`, `yesterday 18:00`, `mon 9:00`,
/// `2026-11-25 18:00`, `2026-11-25T18:00:00+01:00`, `2h` or `2h ago`, `now`.
///
/// The same words hold for `:at`, for `history` and for the API.
package enum TimeWords: Hashable, Sendable {
  case now
  /// So many seconds ago.
  case ago(Int)
  /// The last such time of the day that is over.
  case last(DayTime)
  /// So many days before today.
  case daysAgo(Int, DayTime)
  /// The last such day and time that is over; Sunday is 0.
  case weekday(Int, DayTime)
  case day(year: Int, month: Int, day: Int, DayTime)

  package struct DayTime: Hashable, Sendable {
    let hour: Int
    let minute: Int
    let second: Double
    /// The seconds east of UTC, if it says so; nil is the zone of the clock.
    var offset: Int?

    static let midnight = DayTime(hour: 0, minute: 0, second: 0)
  }

  /// What may be written, for help and for what is said of anything else.
  package static let forms =
    "a time such as 24h, 03:12, yesterday 18:00, mon 9:00, 2026-11-25 18:00 or 2026-11-25T18:00:00+01:00"

  /// Such as completion offers them.
  package static let examples = ["now", "today ", "yesterday "]

  /// Nil where it is none of these.
  package init?(_ text: String) {
    var words = text.lowercased().split(separator: " ").map(String.init)
    // As clocks show it.
    let isUTC = words.count > 1 && words.last == "utc"
    if isUTC { words.removeLast() }
    guard let first = words.first, words.count <= 2 else { return nil }
    let read = words.count == 2 ? Self(first, words[1]) : Self(alone: first)
    guard let read, !isUTC || read.isOfDay else { return nil }
    self = isUTC ? read.at(offset: 0) : read
  }

  private init?(_ first: String, _ second: String) {
    if second == "ago" {
      guard let seconds = Self.seconds(first) else { return nil }
      self = .ago(seconds)
      return
    }
    guard let time = DayTime(second), let day = Self(day: first, time) else { return nil }
    self = day
  }

  private init?(alone word: String) {
    if word == "now" {
      self = .now
    } else if let seconds = Self.seconds(word) {
      self = .ago(seconds)
    } else if let time = DayTime(word) {
      self = .last(time)
    } else if let separator = word.firstIndex(of: "t"), word.first?.isNumber == true {
      // ISO 8601, as files and logs have it.
      guard let time = DayTime(String(word[word.index(after: separator)...])),
        let day = Self(day: String(word[..<separator]), time)
      else { return nil }
      self = day
    } else if let day = Self(day: word, .midnight) {
      self = day
    } else {
      return nil
    }
  }

  private init?(day word: String, _ time: DayTime) {
    switch word {
    case "today": self = .daysAgo(0, time)
    case "yesterday": self = .daysAgo(1, time)
    default:
      if let weekday = Self.weekdays.firstIndex(where: { word.count >= 3 && $0.hasPrefix(word) }) {
        self = .weekday(weekday, time)
        return
      }
      guard let match = word.wholeMatch(of: /(\d{4})-(\d{1,2})-(\d{1,2})/),
        let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
      else { return nil }
      self = .day(year: year, month: month, day: day, time)
    }
  }

  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  private static let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  private static func seconds(_ word: String) -> Int? {
    guard let match = word.wholeMatch(of: /(\d{1,6})([smhdw])/), let count = Int(match.1),
      let unit = units[String(match.2)], count > 0
    else { return nil }
    return count * unit
  }

  /// Whether it names a time of a day, rather than how long ago it was.
  private var isOfDay: Bool {
    switch self {
    case .now, .ago: false
    case .last, .daysAgo, .weekday, .day: true
    }
  }

  private func at(offset: Int) -> Self {
    func moved(_ time: DayTime) -> DayTime {
      var time = time
      time.offset = time.offset ?? offset
      return time
    }
    return switch self {
    case .now, .ago: self
    case .last(let time): .last(moved(time))
    case .daysAgo(let days, let time): .daysAgo(days, moved(time))
    case .weekday(let weekday, let time): .weekday(weekday, moved(time))
    case .day(let year, let month, let day, let time):
      .day(year: year, month: month, day: day, moved(time))
    }
  }
}

extension TimeWords.DayTime {
  /// `3:12`, `03:12:30`, `03:12:30.250Z`, `03:12+01:00`.
  init?(_ word: String) {
    let form = /(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?(z|[+-]\d{2}:?\d{2})?/
    guard let match = word.wholeMatch(of: form), let hour = Int(match.1),
      let minute = Int(match.2), hour < 24, minute < 60
    else { return nil }
    let second = match.3.flatMap { Double($0) } ?? 0
    guard second < 60 else { return nil }
    self.init(hour: hour, minute: minute, second: second)
    guard let zone = match.4 else { return }
    guard let offset = Self.offset(zone) else { return nil }
    self.offset = offset
  }

  /// `z`, `+01:00`, `-0330`.
  private static func offset(_ zone: Substring) -> Int? {
    if zone == "z" { return 0 }
    let digits = zone.filter(\.isNumber)
    guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours < 24,
      minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (zone.first == "-" ? -1 : 1)
  }
}

// On the calendar.
extension TimeWords {
  /// - Parameters:
  ///   - now: The present.
  ///   - isUTC: Whether times that don't say their zone are UTC, else they are local.
  /// - Returns: Nil where there is no such day.
  package func date(at now: Date, isUTC: Bool) -> Date? {
    func calendar(_ time: DayTime) -> DayCalendar {
      DayCalendar(offset: time.offset ?? (isUTC ? 0 : nil))
    }
    switch self {
    case .now: return now
    case .ago(let seconds): return now.addingTimeInterval(-Double(seconds))
    case .last(let time):
      return [0, 1].lazy.map { calendar(time).date(daysBefore: $0, now, time) }
        .first { $0 <= now }
    case .daysAgo(let days, let time): return calendar(time).date(daysBefore: days, now, time)
    case .weekday(let weekday, let time):
      return (0...7).lazy.filter { calendar(time).weekday(daysBefore: $0, now) == weekday }
        .map { calendar(time).date(daysBefore: $0, now, time) }
        .first { $0 <= now }
    case .day(let year, let month, let day, let time):
      return calendar(time).date(year: year, month: month, day: day, time)
    }
  }
}
