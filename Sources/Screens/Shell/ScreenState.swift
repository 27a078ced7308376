package import Health
package import Monitor

/// Everything the screen shows, as one value that changes at two doors: `receive` and `perform`.
///
/// What belongs to one view is in that view's part. The rules that hold after each change: a selection
/// names a row that is there, and the window of visible rows holds it.
package struct ScreenState: Sendable {
  /// What is shown: the latest, or while paused what was shown then.
  package internal(set) var fleet: Fleet
  /// What explains the bad numbers.
  package internal(set) var causeIndex: CauseIndex
  package internal(set) var journal: EventJournal
  /// How many changes of this run it shows.
  package internal(set) var changeCount: Int
  var ages: ReadingAges
  /// The moment that ages are counted to.
  package internal(set) var now: Moment
  package internal(set) var pause: Pause?

  package internal(set) var shell: ShellState
  package internal(set) var filtering = FilterState()
  package internal(set) var list = ListState()
  package internal(set) var tiles = TilesState()
  package internal(set) var tree = TreeState()
  package internal(set) var causes = CausesState()
  package internal(set) var events = EventsState()
  package internal(set) var accounts = AccountsState()

  package init(now: Moment, masksNumbers: Bool = false) {
    fleet = Fleet()
    causeIndex = CauseIndex()
    journal = EventJournal(startedAt: now)
    changeCount = 0
    ages = ReadingAges()
    self.now = now
    shell = ShellState(masksNumbers: masksNumbers)
  }

  /// The display stands still while polling goes on.
  package struct Pause: Sendable {
    package let since: Moment
  }

  /// Where the operator is.
  package var route: Route { shell.routes.last ?? .list }

  /// The view that is shown.
  var room: any ViewRoom { route.room }

  package var isTypingFilter: Bool { filtering.draft != nil }

  package var isTypingCommand: Bool { shell.prompt != nil }

  package var isTypingSearch: Bool { shell.search?.isTyping == true }

  /// Characters are text, not keys.
  package var isTyping: Bool { isTypingFilter || isTypingCommand || isTypingSearch }

  /// Says something to the operator.
  mutating func say(_ text: String, kind: Message.Kind = .notice) {
    shell.message = Message(text, kind: kind, at: now)
  }
}
