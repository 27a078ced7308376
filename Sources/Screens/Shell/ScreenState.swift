package import Health
import History
package import Monitor

/// Everything the screen shows, as one value that only `adopt` and `perform` change.
///
/// Each view has its own part. After each change, a selection names an existing row, and the
/// visible window contains it.
package struct ScreenState: Sendable {
  /// The latest fleet, or the one at the start of the pause.
  package internal(set) var fleet: Fleet
  /// The causes of the bad numbers.
  package internal(set) var causeIndex: CauseIndex
  package internal(set) var journal: EventJournal
  /// Which states are not confirmed yet.
  package internal(set) var confirmation: Confirmation
  /// The acknowledgements and mutes in force.
  package internal(set) var notes = OperatorNotes()
  /// The number of changes of this run that it includes.
  package internal(set) var changeCount: Int
  var ages: ReadingAges
  /// The current moment, for ages.
  package internal(set) var now: Moment
  package internal(set) var pause: Pause?
  package internal(set) var travel = TravelState()

  package internal(set) var shell: ShellState
  package internal(set) var filtering = FilterState()
  package internal(set) var list = ListState()
  package internal(set) var tiles = TilesState()
  package internal(set) var tree = TreeState()
  package internal(set) var causes = CausesState()
  package internal(set) var events = EventsState()
  package internal(set) var remembered = RememberedEvents()
  var bars = LookUp<BarsQuestion, [Density]>()
  var figures = RememberedFigures()
  package internal(set) var accounts = AccountsState()

  package init(now: Moment, masksNumbers: Bool = false) {
    fleet = Fleet()
    causeIndex = CauseIndex()
    journal = EventJournal(startedAt: now)
    confirmation = Confirmation()
    changeCount = 0
    ages = ReadingAges()
    self.now = now
    shell = ShellState(masksNumbers: masksNumbers)
  }

  /// The display is paused while polling continues.
  package struct Pause: Sendable {
    package let since: Moment
  }

  /// The current route.
  package var route: Route { shell.routes.last ?? .list }

  /// The current view.
  var room: any ViewRoom { route.room }

  package var isTypingFilter: Bool { filtering.draft != nil }

  package var isTypingCommand: Bool { shell.prompt != nil }

  /// Whether an acknowledgement or a mute is typed.
  package var isTypingNote: Bool { shell.notePrompt != nil }

  package var isTypingSearch: Bool { shell.search?.isTyping == true }

  /// Whether characters are text, not keys.
  package var isTyping: Bool { isTypingFilter || isTypingCommand || isTypingSearch || isTypingNote }

  /// Shows a message.
  mutating func say(_ text: String, kind: Message.Kind = .notice) {
    shell.message = Message(text, kind: kind, at: now)
  }
}
