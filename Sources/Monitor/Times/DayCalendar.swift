import Glibc

import struct FoundationEssentials.Date

/// Days in the machine's zone, or at a fixed distance from UTC.
struct DayCalendar {
  /// The seconds east of UTC; nil is the machine's zone.
  let offset: Int?

  /// A time on the day so many days before a date, or after it, if there are fewer than none.
  func date(daysBefore days: Int, _ date: Date, _ time: TimeWords.DayTime) -> Date {
    var parts = parts(of: date)
    parts.tm_mday -= Int32(days)
    return self.date(parts, time)
  }

  /// Nil where there is no such day.
  func date(year: Int, month: Int, day: Int, _ time: TimeWords.DayTime) -> Date? {
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
      Int32(year - 1900), Int32(month - 1), Int32(day)
    )
    let date = date(parts, time)
    let said = self.parts(of: date)
    // The C library would take the 31st of a shorter month for a day of the next.
    return said.tm_mon == parts.tm_mon && said.tm_mday == parts.tm_mday ? date : nil
  }

  /// Of the day so many days before a date; Sunday is 0.
  func weekday(daysBefore days: Int, _ date: Date) -> Int {
    (Int(parts(of: date).tm_wday) + 7 - days % 7) % 7
  }

  private func parts(of date: Date) -> tm {
    let shifted = date.timeIntervalSince1970 + Double(offset ?? 0)
    var seconds = time_t(shifted.rounded(.down))
    var parts = tm()
    if offset == nil { localtime_r(&seconds, &parts) } else { gmtime_r(&seconds, &parts) }
    return parts
  }

  private func date(_ day: tm, _ time: TimeWords.DayTime) -> Date {
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (day.tm_year, day.tm_mon, day.tm_mday)
    (parts.tm_hour, parts.tm_min) = (Int32(time.hour), Int32(time.minute))
    // Whether summer time holds follows from the date.
    parts.tm_isdst = -1
    let seconds = offset == nil ? mktime(&parts) : timegm(&parts) - (offset ?? 0)
    return Date(timeIntervalSince1970: Double(seconds) + time.second)
  }
}
