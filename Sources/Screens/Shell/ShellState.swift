package import Health
package import Monitor

/// What lies around the views: where the operator is, what is typed and said, and how all is shown.
package struct ShellState: Sendable {
  /// Never empty; the last is what is seen.
  package internal(set) var routes: [Route] = [.list]
  package internal(set) var overlay: Overlay? {
    didSet { if overlay?.scroll == nil { search = nil } }
  }
  /// The rows that a text over the view has on the screen.
  var overlayRows = 20
  /// The lines of that text.
  var overlayLines = 20
  /// What is searched in that text; nil while nothing is.
  package internal(set) var search: OverlaySearch?
  /// The lines in which it stands.
  var overlayMatches: [Int] = []
  package internal(set) var wall: WallMode?
  /// When the operator last asked for something; nil once the view has gone back to its top.
  var lastKey: Moment?

  /// The command line while one is typed.
  package internal(set) var prompt: CommandPrompt?
  package internal(set) var history = CommandHistory()
  package internal(set) var themes = ThemeNames()

  /// The numbers that the operator has picked out.
  package internal(set) var marks = MarkedNumbers()
  package internal(set) var rawAnswers = RawAnswers()
  var lookedAt = LookedAt()

  package internal(set) var message: Message? {
    didSet { if let message, message != oldValue { keep(message) } }
  }
  /// The messages of this run, the latest last.
  package internal(set) var messages: [Message] = []

  package internal(set) var timeFormat = TimeFormat.age
  package internal(set) var isMouseOn = false
  /// Phone numbers are shown without their middle.
  package let masksNumbers: Bool

  init(masksNumbers: Bool) { self.masksNumbers = masksNumbers }

  /// Keeps what was said; the operator may have looked elsewhere.
  private mutating func keep(_ message: Message) {
    guard message.kind != .hint else { return }
    messages.append(message)
    if messages.count > Self.mostMessages { messages.removeFirst() }
  }

  private static let mostMessages = 500
}

/// The themes that can be chosen, and which of them is.
package struct ThemeNames: Hashable, Sendable {
  package internal(set) var names: [String] = []
  /// The one that was chosen in this run; nil is the one that the program began with.
  package internal(set) var chosen: String?
  /// What is shown, which may be only tried.
  var shown: String?
}

/// Numbers that are polled and copied together.
package struct MarkedNumbers: Hashable, Sendable {
  package internal(set) var ids: Set<PhoneNumber.ID> = []
  /// The last one: where a range begins.
  var anchor: PhoneNumber.ID?
}
