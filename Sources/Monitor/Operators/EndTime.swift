import Glibc

package import struct FoundationEssentials.Date

/// Until when something holds, as people type it: `2h`, `18:00`, `tomorrow 9:00`, `mon 9:00`,
/// `2026-11-27 18:00`; `over` is until the trouble is over.
///
/// A day without a time is at nine, when a shift begins.
package enum EndTime: Hashable, Sendable {
  case over
  case at(Date)

  /// Why a text is none, as one sentence.
  package struct Mistake: Error, Hashable, Sendable {
    package let text: String
  }

  /// - Parameters:
  ///   - text: What was typed.
  ///   - now: The current date.
  ///   - isUTC: Whether times are UTC, instead of local.
  /// - Throws: What is wrong with it.
  package init(_ text: String, now: Date, isUTC: Bool) throws(Mistake) {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    let rest = words.first == "until" ? Array(words.dropFirst()) : words
    if ["over", "recovery", "recovered"].contains(rest.first), rest.count == 1 {
      self = .over
      return
    }
    guard let date = Self.date(rest, now, isUTC) else {
      throw Mistake(
        text:
          "\"\(text)\" is no time: type 30m, 2h, 3d, 18:00, tomorrow 9:00, mon 9:00 or 2026-11-27 18:00"
      )
    }
    guard date > now else { throw Mistake(text: "\"\(text)\" is in the past") }
    guard date.timeIntervalSince(now) <= Self.longest else {
      throw Mistake(text: "\"\(text)\" is more than a year away")
    }
    self = .at(date)
  }

  /// Nil until the trouble is over.
  package var date: Date? { if case .at(let date) = self { date } else { nil } }

  private static let longest = 366 * 86_400.0

  private static func date(_ words: [String], _ now: Date, _ isUTC: Bool) -> Date? {
    let isZoned = words.last == "utc" || words.last == "z"
    let words = isZoned ? Array(words.dropLast()) : words
    guard let first = words.first, words.count <= 2 else { return nil }
    let calendar = LocalCalendar(isUTC: isUTC || isZoned)
    let clock = words.count == 2 ? self.clock(words[1]) : nil
    if words.count == 2, clock == nil { return nil }
    if let length = length(first) {
      return clock == nil ? now.addingTimeInterval(length) : nil
    }
    if let time = self.clock(first) {
      guard clock == nil else { return nil }
      return [0, 1].lazy.compactMap { calendar.date(days: $0, time, from: now) }.first { $0 > now }
    }
    if let instant = self.instant(first) { return clock == nil ? instant : nil }
    let time = clock ?? nine
    switch first {
    case "today": return calendar.date(days: 0, time, from: now)
    case "tomorrow": return calendar.date(days: 1, time, from: now)
    default: break
    }
    if let weekday = weekday(first) {
      return (0...7).lazy
        .filter { calendar.weekday(days: $0, from: now) == weekday }
        .compactMap { calendar.date(days: $0, time, from: now) }
        .first { $0 > now }
    }
    return day(first).flatMap { calendar.date(year: $0, month: $1, day: $2, time) }
  }

  private static let nine = Clock(hour: 9, minute: 0)

  fileprivate struct Clock {
    let hour: Int
    let minute: Int
  }
}

// Its words.
extension EndTime {
  private static let units: [Character: Double] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  /// `90m`, `1h30m`.
  private static func length(_ word: String) -> Double? {
    var (seconds, count) = (0.0, "")
    for character in word {
      if character.isASCII, character.isNumber {
        count.append(character)
      } else if let unit = units[character], let number = Int(count), number <= 1_000_000 {
        seconds += Double(number) * unit
        count = ""
      } else {
        return nil
      }
    }
    return count.isEmpty && seconds > 0 ? seconds : nil
  }

  /// `9:00`, `18:30`.
  private static func clock(_ word: String) -> Clock? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = number(parts[0], 0...23),
      let minute = number(parts[1], 0...59)
    else { return nil }
    return Clock(hour: hour, minute: minute)
  }

  /// `2026-11-27`.
  private static func day(_ word: String) -> (Int, Int, Int)? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], 1970...9999),
      let month = number(parts[1], 1...12), let day = number(parts[2], 1...31)
    else { return nil }
    return (year, month, day)
  }

  /// `2026-11-27T18:00:00Z`.
  private static func instant(_ word: String) -> Date? {
    let parts = word.split(separator: "t", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasSuffix("z"), let (year, month, day) = day(String(parts[0]))
    else { return nil }
    let figures = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(figures.count), let hour = number(figures[0], 0...23),
      let minute = number(figures[1], 0...59)
    else { return nil }
    let second = figures.count == 3 ? number(figures[2], 0...59) : 0
    let clock = Clock(hour: hour, minute: minute)
    let date = LocalCalendar(isUTC: true).date(year: year, month: month, day: day, clock)
    return second.flatMap { date?.addingTimeInterval(Double($0)) }
  }

  /// `mon`, `Monday`.
  private static func weekday(_ word: String) -> Int? {
    let names = [
      "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]
    return word.count >= 3 ? names.firstIndex { $0.hasPrefix(word) } : nil
  }

  private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text),
      range.contains(number)
    else { return nil }
    return number
  }
}

/// Days and times of the machine's zone, or of UTC.
private struct LocalCalendar {
  let isUTC: Bool

  /// A time on the day so many days after a date.
  func date(days: Int, _ clock: EndTime.Clock, from now: Date) -> Date? {
    var parts = parts(of: now)
    parts.tm_mday += Int32(days)
    return date(&parts, clock)
  }

  func date(year: Int, month: Int, day: Int, _ clock: EndTime.Clock) -> Date? {
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
      Int32(year - 1900), Int32(month - 1), Int32(day)
    )
    let date = date(&parts, clock)
    // 30 February would be in March.
    return parts.tm_mon == month - 1 ? date : nil
  }

  /// Sunday is 0.
  func weekday(days: Int, from now: Date) -> Int {
    (Int(parts(of: now).tm_wday) + days) % 7
  }

  private func date(_ parts: inout tm, _ clock: EndTime.Clock) -> Date? {
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (Int32(clock.hour), Int32(clock.minute), 0)
    // The zone knows whether that day has summer time.
    parts.tm_isdst = -1
    let seconds = isUTC ? timegm(&parts) : mktime(&parts)
    return seconds == -1 ? nil : Date(timeIntervalSince1970: Double(seconds))
  }

  private func parts(of date: Date) -> tm {
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    if isUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
    return parts
  }
}
