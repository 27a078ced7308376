import Canvas
import Monitor

import struct FoundationEssentials.Date

/// Acknowledgements and mutes in words, sanitized.
enum NoteWords {
  /// `ops, "ticket 8841"`.
  static func byline(_ author: String, _ comment: String) -> String {
    let why = comment.isEmpty ? "" : ", \"\(comment.sanitized)\""
    return author.sanitized + why
  }

  /// `ack ops`.
  static func flag(_ note: Acknowledgement) -> String { "ack \(note.author.sanitized)" }

  /// `muted 3d`: for how long yet.
  static func flag(_ mute: Mute, at now: Date) -> String {
    "muted \(about(until: mute.until, now))"
  }

  /// `ops, "ticket 8841", 2h ago, until it is over`.
  static func sentence(of note: Acknowledgement, at now: Date) -> String {
    let end = note.until.map { "for \(left(until: $0, now)) more" } ?? "until it is over"
    return "\(byline(note.author, note.comment)), \(ago(note.date, now)), \(end)"
  }

  /// `ops, "maintenance", 2h ago, for 3d more`.
  static func sentence(of mute: Mute, at now: Date) -> String {
    "\(byline(mute.author, mute.comment)), \(ago(mute.date, now)),"
      + " for \(left(until: mute.until, now)) more"
  }

  /// How long ago, in a text that changes rarely.
  static func ago(_ date: Date, _ now: Date) -> String {
    let seconds = max(now.timeIntervalSince(date), 0)
    return seconds < 60 ? "just now" : "\(Age(.seconds(seconds), rounding: .down).text) ago"
  }

  /// The time that is left, in one unit and rounded, where there is no room for more.
  private static func about(until end: Date, _ now: Date) -> String {
    let seconds = max(end.timeIntervalSince(now), 0)
    return switch seconds {
    case ..<60: "\(Int(seconds.rounded(.up)))s"
    case ..<5400: "\(Int((seconds / 60).rounded()))m"
    case ..<129_600: "\(Int((seconds / 3600).rounded()))h"
    default: "\(Int((seconds / 86_400).rounded()))d"
    }
  }

  /// The time that is left, to the minute below ten hours and to the hour below ten days.
  ///
  /// A part of these counts as a whole one: two hours are two hours at the start.
  static func left(until end: Date, _ now: Date) -> String {
    let seconds = Int(max(end.timeIntervalSince(now), 0).rounded(.up))
    let (minutes, hours) = ((seconds + 59) / 60, (seconds + 3599) / 3600)
    if seconds < 60 { return "\(seconds)s" }
    if minutes < 600 { return text(minutes / 60, "h", minutes % 60, "m") }
    if hours < 240 { return text(hours / 24, "d", hours % 24, "h") }
    return "\(hours / 24)d"
  }

  /// Such as `1h05m`, `3d4h`, `2h`.
  private static func text(_ whole: Int, _ unit: String, _ rest: Int, _ part: String) -> String {
    if whole == 0 { return "\(rest)\(part)" }
    if rest == 0 { return "\(whole)\(unit)" }
    let digits = part == "m" && rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(whole)\(unit)\(digits)\(part)"
  }
}
