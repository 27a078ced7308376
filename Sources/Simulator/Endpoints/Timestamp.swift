/// Moments in UTC as text, without a formatter.
enum Timestamp {
  /// ISO 8601: `2026-11-21T14:32:07Z`.
  static func text(of seconds: Int) -> String {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let date = civil(days)
    return "\(date.year)-\(padded(date.month))-\(padded(date.day))T\(clock(rest))Z"
  }

  /// As HTTP has it: `Sat, 21 Nov 2026 14:32:07 GMT`.
  static func httpText(of seconds: Int) -> String {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let date = civil(days)
    // 1970 began on a Thursday.
    let weekday = weekdays[(days + 4) % 7]
    let month = months[date.month - 1]
    return "\(weekday), \(padded(date.day)) \(month) \(date.year) \(clock(rest)) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func clock(_ second: Int) -> String {
    "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// Days since 1970 to a date of the Gregorian calendar, counting years from March.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
