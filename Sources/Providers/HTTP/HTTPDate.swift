import Health

package import struct FoundationEssentials.Date

/// A date of an HTTP header, in any of the three forms that RFC 9110 asks recipients to read.
///
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`:
/// always UTC and always English, so a formatter with its locale and time zone is not needed.
package struct HTTPDate {
  package let date: Date

  package init?(_ text: String) {
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == "-" }.map(String.init)
    guard words.count >= 5, words[0].first?.isLetter == true else { return nil }
    let monthFirst = words[1].first?.isLetter == true
    let (dayWord, monthWord) = monthFirst ? (words[2], words[1]) : (words[1], words[2])
    let (timeWord, yearWord) = monthFirst ? (words[3], words[4]) : (words[4], words[3])
    guard let day = Int(dayWord), (1...31).contains(day),
      let month = Self.months.firstIndex(of: monthWord.prefix(3).lowercased()),
      let year = Self.year(yearWord),
      let seconds = Self.secondsOfDay(timeWord)
    else { return nil }
    let days = Self.daysSince1970(year: year, month: month + 1, day: day)
    date = Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Two-digit years are in this century: no answer is older.
  private static func year(_ word: String) -> Int? {
    guard let year = Int(word), (0...9_999).contains(year) else { return nil }
    return word.count == 2 ? 2_000 + year : year
  }

  private static func secondsOfDay(_ word: String) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  /// Days of the proleptic Gregorian calendar, with years that begin in March so that a leap day is
  /// the last of its year.
  static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
