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

  let model: ScreenModel
  private let polling: PollingService
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
  private var saidHowCopiesPass = false
  private var chrome: Chrome
  private let time: any TimeSource
  private let alarm: Alarm
  private var drawnRevision = -1
  private var needsRepaint = false
  /// Since when the program runs behind a shell; nil while it has the terminal.
  private var timeBehindShell: Moment?
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
        if model.revision == drawnRevision { continue }
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
      show(theme: model.state.theme, on: &terminal)
    }
    let now = time.now
    var screen = layout(for: terminal, at: now)
    if screen.viewport != model.state.viewport {
      model.adopt(screen.viewport)
      screen.follow(model.state)
    }
    drawnRevision = model.revision
    if needsRepaint { terminal.repaint() }
    needsRepaint = false
    repaintWall(now, on: &terminal)
    terminal.present(screen.canvas)
    terminal.setTitle(Screen.title(model.state, marks: terminal.marks))
    alarm.set(
      to: FrameClock.next(
        after: now,
        change: model.nextVisibleChange,
        showsClock: chrome.showsClock
      )
    )
  }

  /// Nobody is there to press ^L when a line has left litter: once a minute all is sent anew.
  private func repaintWall(_ now: Moment, on terminal: inout CursesTerminal) {
    guard model.state.wall != nil else {
      repaintedWall = nil
      return
    }
    guard let last = repaintedWall, now - last < Self.timeBetweenRepaints else {
      if repaintedWall != nil { terminal.repaint() }
      repaintedWall = now
      return
    }
  }

  private func layout(for terminal: borrowing CursesTerminal, at now: Moment) -> Screen {
    Screen(
      model.state,
      now: now,
      size: terminal.screenSize,
      marks: terminal.marks,
      chrome: chrome
    )
  }
}

// MARK: - What the terminal says

extension UserInterface {
  private enum Outcome {
    case goOn
    case quit
  }

  private func handle(_ event: TerminalEvent, on terminal: inout CursesTerminal) -> Outcome {
    switch event {
    case .keys(let keys):
      var rest = keys[...]
      while let key = takeKey(from: &rest) {
        if answer(key, on: &terminal) == .quit { return .quit }
      }
    case .resized: terminal.resize()
    case .background(let color):
      background = color
      use(theme, on: &terminal)
    case .resumed: resume(&terminal)
    case .suspendRequested: suspend(&terminal)
    }
    return .goOn
  }

  /// Characters that came together are one text while text is typed: many terminals paste so.
  private func takeKey(from keys: inout ArraySlice<KeyEvent>) -> KeyEvent? {
    guard let key = keys.popFirst() else { return nil }
    guard model.state.isTypingFilter || model.state.isTypingCommand,
      case .character(let first) = key, case .character? = keys.first
    else { return key }
    var text = String(first)
    while case .character(let character)? = keys.first {
      text.append(character)
      keys.removeFirst()
    }
    return .paste(text)
  }

  private func answer(_ key: KeyEvent, on terminal: inout CursesTerminal) -> Outcome {
    if case .mouse(let mouse) = key { return answer(mouse, on: &terminal) }
    switch KeyMap.answer(to: key, in: model.state) {
    case .unbound:
      if let remark = KeyMap.remark(on: key, in: model.state, terminal.marks) {
        model.announce(remark, kind: .hint)
      }
    case .disabled(let reason): model.announce(reason, kind: .hint)
    case .command(let command): return perform(command, on: &terminal)
    }
    return .goOn
  }

  private func answer(_ mouse: MouseEvent, on terminal: inout CursesTerminal) -> Outcome {
    let command = Screen.command(
      for: mouse,
      in: model.state,
      now: time.now,
      size: terminal.screenSize,
      marks: terminal.marks
    )
    guard let command else { return .goOn }
    return perform(command, on: &terminal)
  }

  private func perform(_ command: Command, on terminal: inout CursesTerminal) -> Outcome {
    let route = model.state.route
    for effect in model.perform(command) {
      if effect == .quit { return .quit }
      perform(effect, on: &terminal)
    }
    // The next key of the same frame may page through a view that has just been opened.
    if model.state.route != route {
      model.adopt(layout(for: terminal, at: time.now).viewport)
    }
    return .goOn
  }

  private func perform(_ effect: Effect, on terminal: inout CursesTerminal) {
    switch effect {
    // The poller may be busy with a sweep: the keys don't wait until it has listened.
    case .poll(let numbers): Task { [polling] in await polling.pollNow(numbers) }
    case .pollAll: Task { [polling] in await polling.pollAllNow() }
    case .copy(let text): copy(text, to: &terminal)
    case .showTheme(let name): show(theme: name, on: &terminal)
    case .watchMouse(let isOn): terminal.watchMouse(isOn)
    case .reloadConfiguration: reloadConfiguration()
    case .redraw: needsRepaint = true
    case .suspend: suspend(&terminal)
    case .quit: break
    }
  }

  private func reloadConfiguration() {
    guard let reload else { return model.announce("There is no configuration to read again here.") }
    Task { await reload.reload(isAsked: true) }
  }

  private func copy(_ text: String, to terminal: inout CursesTerminal) {
    terminal.copy(text)
    guard terminal.mayDropCopies, !saidHowCopiesPass else { return }
    saidHowCopiesPass = true
    let copied = model.state.message.map { $0.text + " " } ?? ""
    model.announce(copied + "Inside tmux it needs: set -g set-clipboard on")
  }

  /// Comes back when the shell continues us, and says that time went on meanwhile.
  private func suspend(_ terminal: inout CursesTerminal) {
    let start = time.now
    terminal.suspend()
    model.tick()
    guard !terminal.isBehindShell else {
      timeBehindShell = time.now
      return
    }
    let away = Age(time.now - start)
    model.announce("Continued after \(away.text); nothing was polled meanwhile.")
  }

  private func resume(_ terminal: inout CursesTerminal) {
    terminal.resume()
    guard let start = timeBehindShell, !terminal.isBehindShell else { return }
    timeBehindShell = nil
    model.announce("Back after \(Age(time.now - start).text); polling went on meanwhile.")
  }
}

extension CursesTerminal {
  fileprivate var marks: Marks { isASCII ? .ascii : .unicode }

  fileprivate var screenSize: ScreenSize { ScreenSize(width: size.width, height: size.height) }
}
