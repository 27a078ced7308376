package import struct FoundationEssentials.Date

/// Moments as text: ISO 8601, UTC, whole seconds.
///
/// A sweep's answers come within a few seconds, so the last text can often be reused. A formatter
/// would cost more than the rest of a number's output.
package struct ReportClock {
  private var second: Int?
  private var text = ""

  package init() {}

  package mutating func timestamp(_ date: Date) -> String {
    let second = Int(date.timeIntervalSince1970.rounded(.down))
    if second != self.second {
      self.second = second
      text = Self.text(of: second)
    }
    return text
  }

  private static func text(of second: Int) -> String {
    let day = Int((Double(second) / 86_400).rounded(.down))
    let (year, month, dayOfMonth) = civil(day)
    let rest = second - day * 86_400
    return padded(year, 4) + "-" + padded(month) + "-" + padded(dayOfMonth) + "T"
      + padded(rest / 3_600) + ":" + padded(rest / 60 % 60) + ":" + padded(rest % 60) + "Z"
  }

  /// The Gregorian date of a day since 1970, with years that begin in March so that a leap day is the
  /// last of its year.
  private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * ofYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, ofYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
