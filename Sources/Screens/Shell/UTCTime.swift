internal import Health

package import struct FoundationEssentials.Date

/// A date as `2026-11-21 14:32:07 UTC`, computed without a formatter: it is drawn every second.
package struct UTCTime: Hashable, Sendable {
  package let date: Date

  package init(_ date: Date) { self.date = date }

  package var text: String { "\(day) \(clock) UTC" }

  /// Such as 2026-11-21.
  package var day: String {
    let (year, month, day) = Self.civil(days: seconds.floored(by: 86_400))
    return "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
  }

  /// Such as 14:32:07.
  package var clock: String {
    let second = seconds - seconds.floored(by: 86_400) * 86_400
    let parts = [second / 3600, second / 60 % 60, second % 60]
    return parts.map(Self.twoDigits).joined(separator: ":")
  }

  /// Limited to years with four digits.
  private var seconds: Int {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    return seconds.isNaN ? 0 : Int(min(max(seconds, Self.first), Self.last))
  }

  private static let first = -62_135_596_800.0
  private static let last = 253_402_300_799.0

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// Days since 1970 to year, month and day of the Gregorian calendar, reckoned in years that begin in
  /// March, so that the leap day comes last.
  private static func civil(days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
  }
}

extension StatedTime {
  /// The date in UTC, or the provider's text as sent.
  var text: String {
    switch self {
    case .date(let date): UTCTime(date).text
    case .words(let words): words
    }
  }
}

extension Int {
  fileprivate func floored(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
