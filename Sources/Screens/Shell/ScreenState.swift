package import Health
package import Monitor

/// Everything the screen shows, as one value that changes at two doors: `receive` and `perform`.
///
/// The rules that hold after each change: the selection names a row that is there, and the window of
/// visible rows holds it.
package struct ScreenState: Sendable {
  /// What is shown: the latest, or while paused what was shown then.
  package internal(set) var fleet: Fleet
  /// The records of `fleet` in the order of the list.
  package internal(set) var rows: RowIndex
  /// What explains the bad numbers: the worst few, then by how many each hits.
  ///
  /// Kept, because looking for them in each frame would cost what exists, not what is visible.
  package internal(set) var incidents: [Incident]
  /// How many of them are critical, with those that are not among the few.
  package internal(set) var criticalIncidentCount: Int
  var ages: ReadingAges
  var wabaIndex: WABAIndex
  package internal(set) var tiles: TileIndex
  var watch: Watch
  /// The moment that ages are counted to.
  package internal(set) var now: Moment
  package internal(set) var pause: Pause?

  /// Never empty; the last is what is seen.
  package internal(set) var routes: [Route]
  package internal(set) var overlay: Overlay?
  /// Nil until the operator has moved: then it is the first row, whichever that is.
  package internal(set) var selection: PhoneNumber.ID?
  /// Where the selection was when it was last seen, so that a row that goes leaves its place.
  package internal(set) var selectedRow: Int
  /// The first visible row of the list.
  package internal(set) var scroll: Int
  /// Columns by which the list is panned.
  package internal(set) var pan: Int
  package internal(set) var wideColumns: Bool
  package internal(set) var sort: SortOrder
  /// The one that is in force.
  package internal(set) var filter: Filter
  /// The one that is being typed, while one is.
  package internal(set) var filterDraft: FilterDraft?
  package internal(set) var onlyProblems: Bool

  /// The numbers that the operator has picked out.
  package internal(set) var marks: Set<PhoneNumber.ID>
  /// The last one: where a range begins.
  var markAnchor: PhoneNumber.ID?
  /// The cursor stays on its number while rows move; else on its row.
  package internal(set) var isFollowing: Bool

  /// The command line while one is typed.
  package internal(set) var prompt: CommandPrompt?
  package internal(set) var history: CommandHistory
  /// The names of those that can be chosen.
  package internal(set) var themes: [String]
  /// The one that was chosen in this run; nil is the one that the program began with.
  package internal(set) var theme: String?
  /// What is shown, which may be only tried.
  var shownTheme: String?
  package internal(set) var isMouseOn: Bool
  var rawAnswers: RawAnswers

  /// The tree that is open, as its lines; nil in the list.
  package internal(set) var outline: TreeOutline?
  /// How each tree on the stack stands.
  package internal(set) var trees: [Route: TreeState]
  /// The numbers of the inverted tree that is open.
  var inversion: Inversion?
  package internal(set) var causesView: CausesState
  package internal(set) var eventsView: EventsState
  package internal(set) var isZoomed: Bool
  /// Of the marks in the tiles, where they are too many for one screen.
  package internal(set) var tilesPage: Int
  package internal(set) var wall: WallMode?
  /// Phone numbers are shown without their middle.
  package let masksNumbers: Bool
  package internal(set) var timeFormat: TimeFormat
  package internal(set) var message: Message? {
    didSet { if let message, message != oldValue { keep(message) } }
  }
  /// The messages of this run, the latest last.
  package internal(set) var messages: [Message]
  package internal(set) var viewport: Viewport

  package init(now: Moment, masksNumbers: Bool = false) {
    self.masksNumbers = masksNumbers
    fleet = Fleet()
    rows = RowIndex()
    incidents = []
    criticalIncidentCount = 0
    ages = ReadingAges()
    wabaIndex = WABAIndex()
    tiles = TileIndex()
    watch = Watch(startedAt: now)
    self.now = now
    routes = [.list]
    selectedRow = 0
    scroll = 0
    pan = 0
    wideColumns = false
    sort = .standard
    filter = Filter()
    onlyProblems = false
    marks = []
    isFollowing = true
    history = CommandHistory()
    themes = []
    isMouseOn = false
    rawAnswers = RawAnswers()
    messages = []
    trees = [:]
    causesView = CausesState()
    eventsView = EventsState()
    isZoomed = false
    tilesPage = 0
    timeFormat = .age
    viewport = Viewport()
  }

  /// The display stands still while polling goes on.
  package struct Pause: Sendable {
    package let since: Moment
    /// What will be shown when the pause ends.
    package internal(set) var live: Fleet
    var liveWatch: Watch
  }

  package var route: Route { routes.last ?? .list }

  package var isTypingFilter: Bool { filterDraft != nil }

  package var isTypingCommand: Bool { prompt != nil }
}
