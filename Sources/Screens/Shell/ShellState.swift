package import Health
package import Monitor

/// The state around the views: route, prompt, messages and display settings.
package struct ShellState: Sendable {
  /// Never empty; the last one is shown.
  package internal(set) var routes: [Route] = [.list]
  package internal(set) var overlay: Overlay? {
    didSet { if overlay?.scroll == nil { search = nil } }
  }
  /// The rows of an overlay on the screen.
  var overlayRows = 20
  /// The lines of the overlay's text.
  var overlayLines = 20
  /// The search in the overlay; nil if there is none.
  package internal(set) var search: OverlaySearch?
  /// The lines with matches.
  var overlayMatches: [Int] = []
  package internal(set) var wall: WallMode?
  /// When the last key was pressed; nil after the view has returned to its top.
  var lastKey: Moment?

  /// The command line, if it is open.
  package internal(set) var prompt: CommandPrompt?
  package internal(set) var history = CommandHistory()
  package internal(set) var themes = ThemeNames()

  /// What is typed about an acknowledgement or a mute, if anything.
  package internal(set) var notePrompt: NotePrompt?
  /// Who acknowledges and mutes, unless another name is typed.
  package internal(set) var operatorName = "operator"
  /// Whether other processes, and the next run, see what is acknowledged and muted.
  package internal(set) var sharesNotes = true

  /// The numbers that the operator has marked.
  package internal(set) var marks = MarkedNumbers()
  package internal(set) var rawAnswers = RawAnswers()
  var lookedAt = ViewedNumbers()

  package internal(set) var message: Message? {
    didSet { if let message, message != oldValue { keep(message) } }
  }
  /// The messages of this run, the latest last.
  package internal(set) var messages: [Message] = []

  /// Who polls what is shown, where it is another process.
  package internal(set) var pollingNote: String?
  /// How telling each receiver of alerts goes.
  package internal(set) var receivers: [ReceiverLine] = []

  package internal(set) var timeFormat = TimeFormat.age
  package internal(set) var isMouseOn = false
  /// Whether the middle of phone numbers is hidden.
  package let masksNumbers: Bool

  init(masksNumbers: Bool) { self.masksNumbers = masksNumbers }

  /// Keeps a message for later reading.
  private mutating func keep(_ message: Message) {
    guard message.kind != .hint else { return }
    messages.append(message)
    if messages.count > Self.mostMessages { messages.removeFirst() }
  }

  private static let mostMessages = 500
}

/// The available themes and the chosen one.
package struct ThemeNames: Hashable, Sendable {
  package internal(set) var names: [String] = []
  /// The theme that was chosen in this run; nil means the first one.
  package internal(set) var chosen: String?
  /// The shown theme, which may be a preview.
  var shown: String?
}

/// Numbers that are polled and copied together.
package struct MarkedNumbers: Hashable, Sendable {
  package internal(set) var ids: Set<PhoneNumber.ID> = []
  /// The last marked number, where a range starts.
  var anchor: PhoneNumber.ID?
}
