package import Health
package import Monitor

/// A place that the operator is in; places are stacked and `back` leaves the topmost.
package enum Route: Hashable, Sendable {
  case list
  case tiles
  case tree(PhoneNumber.ID)
  /// The tree of what numbers have in common: who else is hit?
  case inversion(CauseID)
  case causes
  /// Nil is all events.
  case events(EventSubject?)
  case accounts
}

extension Route {
  /// The view that a route leads to.
  var room: any ViewRoom {
    switch self {
    case .list: ListRoom()
    case .tiles: TilesRoom()
    case .tree(let number): TreeRoom(root: .number(number))
    case .inversion(let cause): TreeRoom(root: .cause(cause))
    case .causes: CausesRoom()
    case .events(let subject): EventsRoom(subject: subject)
    case .accounts: AccountsRoom()
    }
  }
}

extension KeyBinding.Place {
  /// Those in which a line may be a number's.
  static let ofNumbers: Set<Self> = [list, tiles, tree, causes, events]
}

extension KeyBinding.Place: CaseIterable {
  /// In the order of their tabs.
  package static let allCases: [KeyBinding.Place] = [
    list, tiles, tree, causes, events, accounts,
  ]
}

/// What lies over the view and takes the keys while it does.
package enum Overlay: Hashable, Sendable {
  case help(scroll: Int)
  case sortMenu(chosen: ListColumn)
  /// All messages of this run.
  case messages(scroll: Int)
  case raw(RawPage)
  /// What the answers before and after a change say otherwise.
  case difference(DifferencePage)
  /// All acknowledgements or mutes.
  case notes(NoteList)
}

extension Overlay {
  /// The first visible line of one that is a text; nil for one that isn't.
  package var scroll: Int? {
    switch self {
    case .help(let scroll), .messages(let scroll): scroll
    case .raw(let page): page.scroll
    case .difference(let page): page.scroll
    case .sortMenu, .notes: nil
    }
  }

  func scrolled(to line: Int) -> Overlay {
    switch self {
    case .help: return .help(scroll: line)
    case .messages: return .messages(scroll: line)
    case .raw(var page):
      page.scroll = line
      return .raw(page)
    case .difference(var page):
      page.scroll = line
      return .difference(page)
    case .sortMenu, .notes: return self
    }
  }
}

/// How moments are shown.
package enum TimeFormat: Hashable, Sendable, CaseIterable {
  case age
  case local
  case utc
}

/// One line for the operator.
package struct Message: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Goes by itself.
    case notice
    /// Stays until the next key.
    case error
    /// Goes by itself and is not worth keeping: what a key would do elsewhere.
    case hint
  }

  package let text: String
  /// The end of the text that stays where its middle has to be left out.
  package let ending: String
  package let kind: Kind
  package let moment: Moment
  package let expires: Moment?

  package init(
    _ text: String,
    ending: String = "",
    kind: Kind = .notice,
    at now: Moment
  ) {
    self.text = text + ending
    self.ending = ending
    self.kind = kind
    moment = now
    expires = kind == .error ? nil : now + Self.lifetime
  }

  package static let lifetime = Duration.seconds(6)
}
