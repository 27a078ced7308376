package import Canvas
import Health
import Monitor

/// What a key does, where, and what is said about it.
package struct KeyBinding: Hashable, Sendable {
  /// The chapters of the help screen, in its order.
  package enum Chapter: String, Hashable, Sendable, CaseIterable {
    case moving = "Moving"
    case finding = "Finding"
    case acting = "Acting"
    case display = "Display"
    case program = "Program"
  }

  /// What has to be there for the command to make sense.
  package enum Need: Hashable, Sendable {
    case nothing
    case number
    /// One number, not what many have in common.
    case oneNumber
    /// A line that isn't plainly fine.
    case problem
    /// Something that can be polled.
    case pollable
    case marks
    /// A line under the cursor, whatever it is of.
    case line
    /// A remedy with an address.
    case link
    /// The past is shown.
    case past
    /// Nobody watches from afar.
    case noWall
    /// A fault that can be acknowledged.
    case trouble
  }

  /// What may stand behind the name where the command is typed.
  package enum Argument: String, Hashable, Sendable {
    case view = "VIEW"
    case column = "COLUMN"
    case filter = "EXPR"
    case theme = "NAME"
    case time = "TIME"
    case kind = "KIND"
    case comment = "TEXT"
    /// A filter, for a mute.
    case muted = "FILTER"
  }

  /// The first is the one that the footer names; none where the command is only typed.
  package let keys: [KeyEvent]
  /// Without an argument.
  package let command: Command
  /// What is typed behind `:`.
  package let name: String
  package let argument: Argument?
  /// One line for the help screen and the README.
  package let help: String
  package let chapter: Chapter
  package let places: Set<Place>
  package let need: Need
  /// One or two words for the footer; nil where the footer leaves it out.
  package let hint: String?
  /// It makes no sense while the past is shown.
  package let isOfPresent: Bool

  init(
    _ keys: [KeyEvent],
    _ command: Command,
    _ name: String,
    _ help: String,
    _ chapter: Chapter,
    in places: Set<Place> = Set(Place.allCases),
    needs need: Need = .nothing,
    takes argument: Argument? = nil,
    hint: String? = nil,
    ofPresent isOfPresent: Bool = false
  ) {
    self.keys = keys
    self.command = command
    self.name = name
    self.help = help
    self.chapter = chapter
    self.places = places
    self.need = need
    self.argument = argument
    self.hint = hint
    self.isOfPresent = isOfPresent
  }

  /// Why it does nothing now; nil while it would do something.
  package func reasonDisabled(in state: ScreenState) -> String? {
    if isOfPresent, state.isInPast {
      let what = isView ? "the \(name) view is not remembered" : "this works only in the present"
      return "\(what); the key . returns to now"
    }
    guard !state.meets(need) else { return nil }
    return switch need {
    case .nothing: nil
    case .number, .oneNumber, .pollable: "there is no number here"
    case .line:
      state.room.place == .list || state.room.place == .tiles
        ? "there is no number here" : "there is nothing here"
    case .link: "there is no link here"
    case .past: "this is the present"
    case .noWall: "not in wall mode"
    case .problem, .trouble: "no fault is reported"
    case .marks: "nothing is marked"
    }
  }

  /// What is typed: `:sort COLUMN`.
  package var commandLine: String {
    [":" + name, argument?.rawValue].compactMap(\.self).joined(separator: " ")
  }

  /// Views have the digits.
  package var isView: Bool {
    keys.contains { if case .character(let character) = $0 { character.isNumber } else { false } }
  }
}

extension ScreenState {
  /// Whether there is what a command needs to make sense.
  func meets(_ need: KeyBinding.Need) -> Bool {
    switch need {
    case .nothing: true
    case .number: hasSelectedRow || treeNumber != nil
    case .oneNumber: room.chosenNumber(in: self) != nil
    case .line: room.hasLine(in: self)
    case .link: room.linkToCopy(in: self) != nil
    case .problem: room.hasProblem(in: self)
    case .pollable: room.pollRequest(in: self) != nil
    case .marks: !shell.marks.ids.isEmpty
    case .past: isInPast || travel.asked != nil
    case .noWall: shell.wall == nil
    case .trouble: hasTrouble
    }
  }

  private var hasSelectedRow: Bool { list.rows.count > 0 }
}
