import Canvas
import Health
import Monitor
import Reports
import Screens

import struct FoundationEssentials.Date

/// The acknowledgements or mutes in force, as text or JSON.
struct NoteListing {
  let state: ScreenState

  private var notes: OperatorNotes { state.notes }

  // MARK: Text

  var acknowledgements: String {
    let lines = notes.acknowledgements.map { note in
      let end = note.until.map { "until \(UTCTime($0).text)" } ?? "until it is over"
      return line([title(of: note), note.state.word, by(note.author, note.comment, note.date), end])
    }
    return text(lines, or: "nothing is acknowledged")
  }

  var mutes: String {
    let lines = notes.mutes.map { mute in
      line([
        mute.filter, counted(mute), by(mute.author, mute.comment, mute.date),
        "until \(UTCTime(mute.until).text)",
      ])
    }
    return text(lines, or: "nothing is muted")
  }

  private func by(_ author: String, _ comment: String, _ date: Date) -> String {
    let why = comment.isEmpty ? "" : ", \"\(comment)\""
    return "by \(author)\(why), \(UTCTime(date).text)"
  }

  private func line(_ parts: [String]) -> String {
    parts.map(\.sanitized).joined(separator: "; ")
  }

  private func text(_ lines: [String], or nothing: String) -> String {
    (lines.isEmpty ? [nothing] : lines).map { $0 + "\n" }.joined()
  }

  private func title(of note: Acknowledgement) -> String {
    switch note.subject {
    case .number(let id):
      state.fleet[id].map { PlainWords.title(of: $0) } ?? id.target ?? id.account
    case .cause(let key): note.cause.map { state.title(of: $0) } ?? key
    case .account, .entity, .template, .program: ""
    }
  }

  private func count(_ mute: Mute) -> Int {
    guard let filter = try? Filter(muting: mute.filter) else { return 0 }
    return state.fleet.records.count { filter.passes($0, in: state.fleet, at: state.now) }
  }

  private func counted(_ mute: Mute) -> String {
    let count = count(mute)
    return count == 1 ? "1 number" : "\(count) numbers"
  }

  // MARK: JSON

  /// Keys are always there; what is not known is `null`.
  var acknowledgementsJSON: String {
    json("acknowledgements", of: notes.acknowledgements) { writer, clock, note in
      writer.member("id", note.id)
      writer.member("number", number(of: note)?.number)
      writer.member("account", number(of: note)?.account)
      writer.member("target", number(of: note)?.target)
      writer.member("cause", note.cause?.key)
      writer.member("title", title(of: note))
      writer.member("state", note.state.word)
      writer.member("author", note.author)
      writer.member("comment", note.comment)
      writer.member("at", clock.timestamp(note.date))
      writer.member("until", note.until.map { clock.timestamp($0) })
    }
  }

  var mutesJSON: String {
    json("mutes", of: notes.mutes) { writer, clock, mute in
      writer.member("id", mute.id)
      writer.member("filter", mute.filter)
      writer.member("numbers", count(mute))
      writer.member("author", mute.author)
      writer.member("comment", mute.comment)
      writer.member("at", clock.timestamp(mute.date))
      writer.member("until", clock.timestamp(mute.until))
    }
  }

  private func json<Note>(
    _ key: String,
    of notes: [Note],
    _ members: (inout JSONWriter, inout ReportClock, Note) -> Void
  ) -> String {
    var writer = JSONWriter()
    var clock = ReportClock()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("generated_at", clock.timestamp(state.now.date))
      writer.list(key, of: notes) { writer, note in
        writer.object { members(&$0, &clock, note) }
      }
    }
    return writer.finish()
  }

  private func number(
    of note: Acknowledgement
  ) -> (number: String?, account: String, target: String?)? {
    guard case .number(let id) = note.subject else { return nil }
    return (state.fleet[id]?.displayNumber, id.account, id.target)
  }
}
