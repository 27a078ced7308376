import Health
import Monitor

/// The overlay with all acknowledgements or mutes in force, and its cursor.
package struct NoteList: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case acknowledgements
    case mutes
  }

  package let kind: Kind
  /// The note under the cursor; nil is the first.
  package internal(set) var selection: String?

  package init(_ kind: Kind) { self.kind = kind }
}

/// One line of it.
struct NoteLine: Sendable {
  let id: String
  let what: String
  /// How many numbers it covers; nil if they can't be counted cheaply.
  let count: Int?
  let author: String
  let comment: String
  let since: String
  /// The time that is left.
  let left: String
}

extension ScreenState {
  /// The lines of an overlay of notes, the latest first.
  func lines(of list: NoteList) -> [NoteLine] {
    switch list.kind {
    case .acknowledgements:
      notes.acknowledgements.reversed().map { note in
        NoteLine(
          id: note.id,
          what: title(of: note),
          count: note.cause.map { causeIndex.cause($0, in: fleet)?.hit ?? 0 } ?? 1,
          author: note.author,
          comment: note.comment,
          since: NoteWords.ago(note.date, asOf.date),
          left: note.until.map { NoteWords.left(until: $0, asOf.date) } ?? "open"
        )
      }
    case .mutes:
      notes.mutes.reversed().map { mute in
        NoteLine(
          id: mute.id,
          what: mute.filter,
          count: (try? Filter(muting: mute.filter)).map {
            list.count(of: $0, in: self)
          },
          author: mute.author,
          comment: mute.comment,
          since: NoteWords.ago(mute.date, asOf.date),
          left: NoteWords.left(until: mute.until, asOf.date)
        )
      }
    }
  }

  /// The row under the cursor.
  func selectedRow(of list: NoteList) -> Int {
    let ids: [String] =
      switch list.kind {
      case .acknowledgements: notes.acknowledgements.reversed().map(\.id)
      case .mutes: notes.mutes.reversed().map(\.id)
      }
    return list.selection.flatMap(ids.firstIndex) ?? 0
  }

  /// Moves the cursor of an overlay of notes.
  mutating func move(_ movement: Movement, in list: NoteList) {
    let lines = lines(of: list)
    guard !lines.isEmpty else { return }
    let row = Scrolling.target(
      of: movement,
      from: selectedRow(of: list),
      count: lines.count,
      height: max(shell.overlayRows - 1, 1)
    )
    var moved = list
    moved.selection = lines[row].id
    shell.overlay = .notes(moved)
  }

  /// Ends the note under the cursor.
  mutating func takeBack(from list: NoteList) -> [Effect] {
    let lines = lines(of: list)
    guard !lines.isEmpty else { return [] }
    let row = selectedRow(of: list)
    var moved = list
    moved.selection = row + 1 < lines.count ? lines[row + 1].id : row > 0 ? lines[row - 1].id : nil
    shell.overlay = .notes(moved)
    say("Taken back: \(lines[row].what).")
    return [.note(.end([lines[row].id], author: shell.operatorName))]
  }
}

extension NoteList {
  fileprivate func count(of filter: Filter, in state: ScreenState) -> Int {
    state.list.rows.count(passing: filter, state.fleet, at: state.now)
  }
}
