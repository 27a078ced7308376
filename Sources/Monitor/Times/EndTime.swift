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
    let calendar = DayCalendar(offset: isUTC || isZoned ? 0 : nil)
    let clock = words.count == 2 ? self.clock(words[1]) : nil
    if words.count == 2, clock == nil { return nil }
    if let length = length(first) {
      return clock == nil ? now.addingTimeInterval(length) : nil
    }
    if let time = self.clock(first) {
      guard clock == nil else { return nil }
      return [0, 1].lazy.map { calendar.date(daysBefore: -$0, now, time) }.first { $0 > now }
    }
    if let instant = self.instant(first) { return clock == nil ? instant : nil }
    let time = clock ?? nine
    switch first {
    case "today": return calendar.date(daysBefore: 0, now, time)
    case "tomorrow": return calendar.date(daysBefore: -1, now, time)
    default: break
    }
    if let weekday = weekday(first) {
      return (0...7).lazy
        .filter { calendar.weekday(daysBefore: -$0, now) == weekday }
        .map { calendar.date(daysBefore: -$0, now, time) }
        .first { $0 > now }
    }
    return day(first).flatMap { calendar.date(year: $0, month: $1, day: $2, time) }
  }

  private static let nine = TimeWords.DayTime(hour: 9, minute: 0, second: 0)
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
  private static func clock(_ word: String) -> TimeWords.DayTime? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = number(parts[0], 0...23),
      let minute = number(parts[1], 0...59)
    else { return nil }
    return TimeWords.DayTime(hour: hour, minute: minute, second: 0)
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
    guard let second = figures.count == 3 ? number(figures[2], 0...59) : 0 else { return nil }
    let time = TimeWords.DayTime(hour: hour, minute: minute, second: Double(second))
    return DayCalendar(offset: 0).date(year: year, month: month, day: day, time)
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
