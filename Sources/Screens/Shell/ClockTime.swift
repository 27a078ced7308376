import Glibc

import struct FoundationEssentials.Date

/// A wall clock time for display: UTC with its suffix, or local time.
struct ClockTime {
  private let parts: tm
  private let isUTC: Bool

  init(_ date: Date, isUTC: Bool) {
    // Limited, because a provider's date may be anything and extreme values would overflow.
    var seconds = time_t(min(max(date.timeIntervalSince1970, -6e10), 2e11).rounded(.down))
    var parts = tm()
    if isUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
    self.parts = parts
    self.isUTC = isUTC
  }

  /// `14:32:07 UTC`, or `14:32:07` for local time.
  var clock: String { time + (isUTC ? " UTC" : "") }

  /// `14:32:07` today, `Nov 19` before, for a column with a heading.
  func column(at now: Date) -> String {
    let today = ClockTime(now, isUTC: isUTC).parts
    let isToday = parts.tm_yday == today.tm_yday && parts.tm_year == today.tm_year
    return isToday ? time : short(at: now)
  }

  /// `14:32Z` today, `Nov 19` before: at most six cells.
  func short(at now: Date) -> String {
    let today = ClockTime(now, isUTC: isUTC).parts
    guard parts.tm_yday == today.tm_yday, parts.tm_year == today.tm_year else {
      return "\(month) \(Self.two(parts.tm_mday))"
    }
    return "\(Self.two(parts.tm_hour)):\(Self.two(parts.tm_min))" + (isUTC ? "Z" : "")
  }

  /// `2026-11-21 14:32:07 UTC`.
  var long: String { "\(day) \(clock)" }

  /// `2026-11-21`.
  var day: String {
    "\(Int(parts.tm_year) + 1900)-\(Self.two(parts.tm_mon + 1))-\(Self.two(parts.tm_mday))"
  }

  /// `14:32:07`.
  var time: String {
    [parts.tm_hour, parts.tm_min, parts.tm_sec].map(Self.two).joined(separator: ":")
  }

  private var month: String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return names[min(max(Int(parts.tm_mon), 0), 11)]
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
