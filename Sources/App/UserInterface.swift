import Canvas
import Health
import Monitor
import Screens
import ServiceLifecycle
import Terminal

/// The one loop that draws: keys, resizes and changes of the model in, frames out.
///
/// It sleeps until something happens. A key is answered by a frame at once, keys that wait together
/// by one; changes of the model at most twice a second; what moves by itself, such as an age, when
/// its text changes. There is no frame in case something might have changed.
@MainActor
final class UserInterface: Service {
  /// What ends the loop's sleep.
  enum Wake: Sendable {
    case terminal(TerminalEvent)
    case terminalGone
    case modelChanged
    case themeRead(ThemeRead)
    case alarm
  }

  /// Behind a shell: how often to see whether the terminal is ours again.
  private static let timeBetweenLooks = Duration.milliseconds(300)
  private static let timeUntilReady = Duration.milliseconds(25)
  private static let timeBetweenRepaints = Duration.seconds(60)
  /// How often ages tick while the keyboard is with another window.
  private static let timeBetweenTicksWithoutFocus = Duration.seconds(5)

  let model: ScreenModel
  let polling: PollingService
  private let options: TerminalOptions
  let themes: ThemeRead.Source
  /// What the program began with, or what the configuration says since.
  var firstTheme: ThemeChoice
  var theme: ThemeChoice
  /// The theme that is being read, or was read last; nil shows the first.
  var themeAsked: String?
  var themeReading: Task<Void, Never>?
  var background: Color?
  /// What wakes the loop; nil before and after it runs.
  var wakes: AsyncStream<Wake>.Continuation?
  var saidHowCopiesPass = false
  private var chrome: Chrome
  let time: any TimeSource
  private let alarm: Alarm
  private var drawnRevision = -1
  private var drawnArrivals = 0
  /// Of the last frame.
  var layout: ScreenLayout?
  /// What was laid out in it.
  var laidOutRoute: Route?
  var needsRepaint = false
  /// Whether the keyboard is with the terminal, as far as it says so.
  var hasFocus = true
  /// Since when the program runs behind a shell; nil while it has the terminal.
  var timeBehindShell: Moment?
  /// When a wall's screen was last painted from nothing.
  private var repaintedWall: Moment?
  private var needsRestyle = false
  /// Reads the configuration again; nil where there is none.
  var reload: ConfigurationReload?

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
  /// - Throws: `TerminalError` where there is no terminal to draw on.
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
        // A key's frame may have shown it already.
        if model.revision == drawnRevision || canWait { continue }
      case .alarm: model.tick()
      case .themeRead(let read): show(read, on: &terminal)
      }
      draw(on: &terminal)
    }
  }

  /// Brings all that can end the loop's sleep into one stream, without leaving the main actor: a merge
  /// has tasks that wait for a thread behind all the polls that are being read.
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

  /// Takes up what another configuration says of the screen; it shows with the next frame.
  func adopt(_ theme: ThemeChoice, showsClock: Bool) {
    firstTheme = theme
    chrome.showsClock = showsClock
    needsRestyle = true
  }

  /// Draws all of the screen; the terminal is sent the difference.
  ///
  /// A terminal that has not taken the last frame gets the next one later, as it is then.
  private func draw(on terminal: inout CursesTerminal) {
    // Not every shell says so when it gives the terminal back.
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
    terminal.setTitle(Screen.title(model.state, marks: terminal.marks))
    alarm.set(
      to: FrameClock.next(
        after: now,
        change: model.nextVisibleChange,
        showsClock: chrome.showsClock,
        pause: isAtWork ? .zero : Self.timeBetweenTicksWithoutFocus
      )
    )
  }

  /// Whether what has come in changes ages and no states, for which nobody waits just now.
  private var canWait: Bool { !isAtWork && model.latestNews <= drawnArrivals }

  /// Somebody may look closely: at a wall nobody has the keyboard, and still the clock runs.
  private var isAtWork: Bool { hasFocus || model.state.shell.wall != nil }

  /// Nobody presses ^L at a wall, so all of it is painted again once a minute to clear line noise.
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

  /// Lays out a frame; clicks are answered by the one that was laid out last.
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
