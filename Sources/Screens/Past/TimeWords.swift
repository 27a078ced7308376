import Glibc

package import struct FoundationEssentials.Date

/// A moment as it is typed: `03:12`, `yesterday 18:00`, `2026-11-25 18:00`, `2h` or `2h ago`, `now`.
package enum TimeWords: Hashable, Sendable {
  case now
  /// So many seconds ago.
  case ago(Int)
  /// The last such time of the day that is over.
  case last(DayTime)
  /// So many days before today.
  case daysAgo(Int, DayTime)
  case day(year: Int, month: Int, day: Int, DayTime)

  package struct DayTime: Hashable, Sendable {
    let hour: Int
    let minute: Int
    let second: Int

    static let midnight = DayTime(hour: 0, minute: 0, second: 0)
  }

  /// Such as completion offers them.
  static let examples = ["now", "today ", "yesterday "]

  /// Nil where it is none of these.
  package init?(_ text: String) {
    let words = text.lowercased().split(separator: " ").map(String.init)
    guard let first = words.first, words.count <= 2 else { return nil }
    guard words.count == 2 else {
      self.init(alone: first)
      return
    }
    if words[1] == "ago" {
      guard let seconds = Self.seconds(first) else { return nil }
      self = .ago(seconds)
      return
    }
    guard let time = DayTime(words[1]), let day = Self(day: first, time) else { return nil }
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
      guard let match = word.wholeMatch(of: /(\d{4})-(\d{1,2})-(\d{1,2})/),
        let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
      else { return nil }
      self = .day(year: year, month: month, day: day, time)
    }
  }

  private static let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

  private static func seconds(_ word: String) -> Int? {
    guard let match = word.wholeMatch(of: /(\d{1,6})([smhdw])/), let count = Int(match.1),
      let unit = units[String(match.2)], count > 0
    else { return nil }
    return count * unit
  }
}

extension TimeWords.DayTime {
  /// `3:12`, `03:12:30`.
  init?(_ word: String) {
    guard let match = word.wholeMatch(of: /(\d{1,2}):(\d{2})(?::(\d{2}))?z?/),
      let hour = Int(match.1), let minute = Int(match.2), hour < 24, minute < 60
    else { return nil }
    let second = match.3.flatMap { Int($0) } ?? 0
    guard second < 60 else { return nil }
    self.init(hour: hour, minute: minute, second: second)
  }
}

// On the calendar.
extension TimeWords {
  /// - Parameters:
  ///   - now: The present.
  ///   - isUTC: Whether times are UTC, else they are local.
  /// - Returns: Nil where there is no such day.
  package func date(at now: Date, isUTC: Bool) -> Date? {
    let calendar = DayCalendar(isUTC: isUTC)
    let today = calendar.parts(of: now)
    switch self {
    case .now: return now
    case .ago(let seconds): return now.addingTimeInterval(-Double(seconds))
    case .last(let time):
      let date = calendar.date(today, daysLater: 0, time)
      return date <= now ? date : calendar.date(today, daysLater: -1, time)
    case .daysAgo(let days, let time): return calendar.date(today, daysLater: -days, time)
    case .day(let year, let month, let day, let time):
      var parts = tm()
      (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
        Int32(year - 1900), Int32(month - 1), Int32(day)
      )
      let date = calendar.date(parts, daysLater: 0, time)
      let said = calendar.parts(of: date)
      // The C library would take the 31st of a shorter month for a day of the next.
      let isSame = said.tm_mon == parts.tm_mon && said.tm_mday == parts.tm_mday
      return isSame ? date : nil
    }
  }
}

/// Days in UTC or in the machine's zone.
private struct DayCalendar {
  let isUTC: Bool

  func parts(of date: Date) -> tm {
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    if isUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
    return parts
  }

  func date(_ day: tm, daysLater: Int, _ time: TimeWords.DayTime) -> Date {
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
      day.tm_year, day.tm_mon, day.tm_mday + Int32(daysLater)
    )
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (
      Int32(time.hour), Int32(time.minute), Int32(time.second)
    )
    // Whether summer time holds follows from the date.
    parts.tm_isdst = -1
    return Date(timeIntervalSince1970: Double(isUTC ? timegm(&parts) : mktime(&parts)))
  }
}
