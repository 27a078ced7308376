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
  static func flag(_ mute: Mute, at now: Date) -> String { "muted \(left(until: mute.until, now))" }

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

  /// The time that is left, in one unit.
  static func left(until end: Date, _ now: Date) -> String {
    let seconds = Int(max(end.timeIntervalSince(now), 0).rounded(.up))
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<5400: "\((seconds + 59) / 60)m"
    case ..<129_600: "\((seconds + 3599) / 3600)h"
    default: "\((seconds + 86_399) / 86_400)d"
    }
  }
}
