import Canvas
import Configuration
import Health
import Monitor
import Screens
import ServiceLifecycle
import Terminal

/// The drawing loop: keys, resizes and changes of the model in, frames out.
///
/// It sleeps until something happens. Keys are followed by a frame at once, and keys that wait
/// together by one frame. Changes of the model are drawn at most twice a second, and ages when
/// their text changes. Nothing is drawn without a reason.
@MainActor
final class UserInterface: Service {
  /// The events that wake the loop.
  enum Wake: Sendable {
    case terminal(TerminalEvent)
    case terminalGone
    case modelChanged
    case themeRead(ThemeRead)
    case alarm
  }

  /// How often to check, in the background, whether the terminal is available again.
  private static let timeBetweenLooks = Duration.milliseconds(300)
  private static let timeUntilReady = Duration.milliseconds(25)
  private static let timeBetweenRepaints = Duration.seconds(60)
  /// How often ages change while another window has focus.
  private static let timeBetweenTicksWithoutFocus = Duration.seconds(5)

  let model: ScreenModel
  let polling: PollingService
  private let options: TerminalOptions
  let themes: ThemeRead.Source
  /// The theme from the start, or from the reloaded configuration.
  var firstTheme: ThemeChoice
  var theme: ThemeChoice
  /// The name of the theme that is being read, or was read last; nil means the first.
  var themeAsked: String?
  var themeReading: Task<Void, Never>?
  var background: Color?
  /// Wakes the loop; nil while it does not run.
  var wakes: AsyncStream<Wake>.Continuation?
  var saidHowCopiesPass = false
  private var chrome: Chrome
  let time: any TimeSource
  private let alarm: Alarm
  private var drawnRevision = -1
  private var drawnArrivals = 0
  /// The layout of the last frame.
  var layout: ScreenLayout?
  /// The route of that layout.
  var laidOutRoute: Route?
  var needsRepaint = false
  /// Whether the terminal has focus, as far as it reports it.
  var hasFocus = true
  /// When the program went to the background; nil while it has the terminal.
  var timeBehindShell: Moment?
  /// When the wall's screen was last painted completely.
  private var repaintedWall: Moment?
  private var needsRestyle = false
  /// Reloads the configuration; nil if there is none.
  var reload: ConfigurationReload?
  /// What the terminal signals besides drawing.
  var signals = LocalSignals()
  /// What is to be signalled.
  var troubles: NewTroubles?
  /// Does what the operator says for all.
  var operators: OperatorService?

  init(
    model: ScreenModel,
    polling: PollingService,
    terminal: TerminalOptions,
    theme: ThemeChoice,
    themes: @escaping ThemeRead.Source,
    chrome: Chrome,
    time: any TimeSource
  ) {
    self.model = model
    self.polling = polling
    options = terminal
    self.theme = theme
    firstTheme = theme
    self.themes = themes
    self.chrome = chrome
    self.time = time
    alarm = Alarm(time: time)
  }

  /// Returns when the operator quits, the terminal goes away or the group shuts down.
  ///
  /// - Throws: `TerminalError` if there is no usable terminal.
  func run() async throws {
    var terminal = try CursesTerminal(options)
    background = terminal.background
    use(theme, on: &terminal)
    if let notice = terminal.notice { model.announce(notice) }
    draw(on: &terminal)
    polling.begin()
    let changes = Ticker(changesOf: model, time: time)
    let (wakes, source) = AsyncStream.makeStream(of: Wake.self)
    let feeds = feed(source, terminal.events, changes)
    self.wakes = source
    defer {
      self.wakes = nil
      themeReading?.cancel()
      for feed in feeds { feed.cancel() }
      changes.stop()
      alarm.stop()
    }
    for await wake in wakes {
      switch wake {
      case .terminalGone: return
      case .terminal(let event):
        if handle(event, on: &terminal) == .quit { return }
      case .modelChanged:
        // A frame for a key may have shown it already.
        if model.revision == drawnRevision || canWait { continue }
      case .alarm: model.tick()
      case .themeRead(let read): show(read, on: &terminal)
      }
      draw(on: &terminal)
    }
  }

  /// Feeds all events into one stream on the main actor.
  ///
  /// Merged streams would use tasks that wait for a thread behind all polls.
  private func feed(
    _ source: AsyncStream<Wake>.Continuation,
    _ events: AsyncStream<TerminalEvent>,
    _ changes: Ticker
  ) -> [Task<Void, Never>] {
    [
      Task {
        for await event in events { source.yield(.terminal(event)) }
        source.yield(.terminalGone)
      },
      Task { for await _ in changes.events { source.yield(.modelChanged) } },
      Task { [alarm] in for await _ in alarm.events { source.yield(.alarm) } },
      Task {
        try? await gracefulShutdown()
        source.finish()
      },
    ]
  }

  /// Applies a reloaded configuration's screen settings with the next frame.
  func adopt(_ theme: ThemeChoice, showsClock: Bool, signals: LocalSignals) {
    firstTheme = theme
    chrome.showsClock = showsClock
    self.signals = signals
    needsRestyle = true
  }

  /// Draws the whole screen; only the difference is sent to the terminal.
  ///
  /// If the terminal has not read the last frame, drawing is postponed.
  private func draw(on terminal: inout CursesTerminal) {
    // Not every shell sends a signal when it returns the terminal.
    if terminal.isBehindShell { resume(&terminal) }
    guard terminal.isReady else {
      let wait = terminal.isBehindShell ? Self.timeBetweenLooks : Self.timeUntilReady
      alarm.set(to: time.now + wait)
      return
    }
    if needsRestyle {
      needsRestyle = false
      show(theme: model.state.shell.themes.chosen, on: &terminal)
    }
    let now = time.now
    let screen = layOut(for: terminal, at: now)
    (drawnRevision, drawnArrivals) = (model.revision, model.arrivals)
    if needsRepaint { terminal.repaint() }
    needsRepaint = false
    repaintWall(now, on: &terminal)
    terminal.present(screen.canvas)
    if signals.showsTitle {
      terminal.setTitle(Screen.title(model.state, marks: terminal.marks))
    }
    signal(on: terminal, at: now)
    alarm.set(
      to: FrameClock.next(
        after: now,
        change: model.nextVisibleChange,
        showsClock: chrome.showsClock,
        pause: isAtWork ? .zero : Self.timeBetweenTicksWithoutFocus
      )
    )
  }

  /// Whether only ages changed while nobody is watching closely, so that drawing can wait.
  private var canWait: Bool { !isAtWork && model.latestNews <= drawnArrivals }

  /// Whether somebody may be watching: with focus, or on a wall, which has none.
  private var isAtWork: Bool { hasFocus || model.state.shell.wall != nil }

  /// Repaints a wall once a minute to clear line noise, since nobody presses ^L there.
  private func repaintWall(_ now: Moment, on terminal: inout CursesTerminal) {
    guard model.state.shell.wall != nil else {
      repaintedWall = nil
      return
    }
    guard let last = repaintedWall, now - last < Self.timeBetweenRepaints else {
      if repaintedWall != nil { terminal.repaint() }
      repaintedWall = now
      return
    }
  }

  /// Lays out a frame; clicks refer to the last layout.
  @discardableResult
  func layOut(for terminal: borrowing CursesTerminal, at now: Moment) -> Screen {
    let screen = model.layOut(
      at: now,
      size: terminal.screenSize,
      marks: terminal.marks,
      chrome: chrome
    )
    (layout, laidOutRoute) = (screen.layout, model.state.route)
    return screen
  }
}

extension CursesTerminal {
  var marks: Marks { isASCII ? .ascii : .unicode }

  var screenSize: ScreenSize { ScreenSize(width: size.width, height: size.height) }
}
