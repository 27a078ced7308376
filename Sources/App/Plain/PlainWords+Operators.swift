import Canvas
import Monitor

// What operators said, in lines.
extension PlainWords {
  /// Such as `ACKNOWLEDGED +447700900131 Acme Orders UK, by ops, "ticket 8841"`.
  static func line(
    of note: Change.Note,
    about number: Change.Number?,
    _ cause: Change.Reason?
  ) -> String {
    "ACKNOWLEDGED \(subject(number, cause))\(words(of: note))"
  }

  static func line(
    ofEnd why: String,
    of number: Change.Number?,
    _ cause: Change.Reason?
  ) -> String {
    "NOT ACKNOWLEDGED \(subject(number, cause))" + (why.isEmpty ? "" : ", \(why.sanitized)")
  }

  /// How many numbers are acknowledged or muted.
  static func notes(of counts: FleetCounts) -> String {
    (counts.acknowledged > 0 ? ", \(counts.acknowledged) acknowledged" : "")
      + (counts.muted > 0 ? ", \(counts.muted) muted" : "")
  }

  /// Who said it, and why.
  static func words(of note: Change.Note) -> String {
    let comment = note.comment.isEmpty ? "" : ", \"\(note.comment.sanitized)\""
    return ", by \(note.author.sanitized)\(comment)"
  }

  private static func subject(_ number: Change.Number?, _ cause: Change.Reason?) -> String {
    number.map { title(of: $0) } ?? (cause?.summary.sanitized ?? "")
  }
}
