package import Dashboard
import Health
package import Terminal

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

  package enum Place: String, Hashable, Sendable, CaseIterable {
    case list
    case tiles
    case tree
    case causes
    case events
  }

  /// What has to be there for the command to make sense.
  package enum Need: Hashable, Sendable {
    case nothing
    case number
    /// One number, not what many have in common.
    case oneNumber
    case troubledNumber
    case marks
    /// A line under the cursor, whatever it is of.
    case line
  }

  /// What may stand behind the name where the command is typed.
  package enum Argument: String, Hashable, Sendable {
    case view = "VIEW"
    case column = "COLUMN"
    case filter = "EXPR"
    case theme = "NAME"
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

  init(
    _ keys: [KeyEvent],
    _ command: Command,
    _ name: String,
    _ help: String,
    _ chapter: Chapter,
    in places: Set<Place> = Set(Place.allCases),
    needs need: Need = .nothing,
    takes argument: Argument? = nil,
    hint: String? = nil
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
  }

  /// Why it does nothing now; nil while it would do something.
  package func reasonDisabled(in state: DashboardState) -> String? {
    switch need {
    case .nothing: nil
    case .number:
      state.selectedRecord == nil && state.treeNumber == nil ? "there is no number here" : nil
    case .oneNumber: state.chosenNumber == nil ? "there is no number here" : nil
    case .line where state.hasLine: nil
    case .line:
      state.route == .list || state.route == .tiles
        ? "there is no number here" : "there is nothing here"
    case .troubledNumber:
      state.fleet.counts[.available] == state.fleet.counts.total ? "no fault is reported" : nil
    case .marks: state.marks.isEmpty ? "nothing is marked" : nil
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

extension DashboardState {
  fileprivate var hasLine: Bool {
    switch route {
    case .list, .tiles: selectedRecord != nil
    case .tree, .inversion: selectedNode != nil
    case .causes: selectedCause != nil
    case .events: selectedEvent != nil
    }
  }
}

extension KeyBinding.Place {
  /// Where the operator is, as far as keys go.
  init(_ route: Route) {
    self =
      switch route {
      case .list: .list
      case .tiles: .tiles
      case .tree, .inversion: .tree
      case .causes: .causes
      case .events: .events
      }
  }
}
