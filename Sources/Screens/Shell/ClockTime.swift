import Glibc

import struct FoundationEssentials.Date

/// A moment of the wall's clock as a screen says it: UTC with its suffix, or this machine's time.
struct ClockTime {
  private let parts: tm
  private let isUTC: Bool

  init(_ date: Date, isUTC: Bool) {
    // Far beyond any calendar the seconds would not fit, and a stranger's date may be anything.
    var seconds = time_t(min(max(date.timeIntervalSince1970, -6e10), 2e11).rounded(.down))
    var parts = tm()
    if isUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
    self.parts = parts
    self.isUTC = isUTC
  }

  /// `14:32:07 UTC`, or `14:32:07` where it is local.
  var clock: String { time + (isUTC ? " UTC" : "") }

  /// `14:32:07` on the day itself, `Nov 19` before, where a column says what it is.
  func column(at now: Date) -> String {
    let today = ClockTime(now, isUTC: isUTC).parts
    let isToday = parts.tm_yday == today.tm_yday && parts.tm_year == today.tm_year
    return isToday ? time : short(at: now)
  }

  /// `14:32Z` on the day itself, `Nov 19` before: at most six cells.
  func short(at now: Date) -> String {
    let today = ClockTime(now, isUTC: isUTC).parts
    guard parts.tm_yday == today.tm_yday, parts.tm_year == today.tm_year else {
      return "\(month) \(Self.two(parts.tm_mday))"
    }
    return "\(Self.two(parts.tm_hour)):\(Self.two(parts.tm_min))" + (isUTC ? "Z" : "")
  }

  /// `2026-11-21 14:32:07 UTC`.
  var long: String {
    "\(Int(parts.tm_year) + 1900)-\(Self.two(parts.tm_mon + 1))-\(Self.two(parts.tm_mday)) \(clock)"
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
