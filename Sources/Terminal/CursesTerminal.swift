import CNcurses
package import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The screen of a real terminal, from `init` to the end of the value's lifetime.
///
/// It is a local variable of the dashboard's run, so that return, error and cancellation all
/// restore the terminal before anything is printed; a guard in C does so for `exit` and for traps.
/// Curses is single-threaded: everything here is on the main actor.
@MainActor
package struct CursesTerminal: ~Copyable {
  package let colorDepth: ColorDepth
  /// Whether only ASCII is shown.
  package let isASCII: Bool
  /// The background that the terminal reported at the start; later reports come as events.
  package let background: Color?
  /// What the operator should know about the terminal, as one sentence.
  package let notice: String?

  /// Whether tmux or screen may have to be configured to pass copies on.
  package let mayDropCopies: Bool

  private let keyWindow: UnsafeMutablePointer<WINDOW>
  private let input: CursesInput
  private let hasTitle: Bool
  private let notification: Notification
  private let unusedColumns: Int
  private var isTitleSaved = false
  /// Whether this process was continued in the background of a shell, which owns the terminal now.
  package private(set) var isBehindShell = false
  private var isMouseWatched = false
  private var title = ""
  private let modes: TerminalModes
  private var painter: FramePainter

  package init(
    _ options: TerminalOptions,
    styles: StyleSheet = StyleSheet()
  ) throws(TerminalError) {
    let entry = try CursesStart.enter(options)
    keyWindow = CursesStart.keyWindow()
    isASCII = options.ascii || options.knowsOnlyASCII || !entry.isUTF8
    colorDepth = CursesStart.startColors(options)
    notice = entry.notice
    background = entry.answer.background
    hasTitle = options.hasTitle
    notification = options.notification
    mayDropCopies = options.mayDropCopies
    unusedColumns = CursesStart.unusedColumns
    // Bracketed paste is older than mode reports; terminals with a title support it.
    let unasked: [TerminalMode] = options.hasTitle ? [.bracketedPaste] : []
    modes = TerminalModes(
      using: unasked + entry.answer.modes,
      isEmulator: options.hasTitle,
      write: Self.write
    )
    painter = FramePainter(styles, depth: colorDepth, showsLinks: options.hasLinks)
    input = CursesInput(window: keyWindow, descriptor: entry.input, modes: modes)
    cn_stderr_divert(options.logFile)
    takeOver()
    // If a terminal prints the question as text, the first frame covers it.
    if options.answersModeQuestions && !entry.answer.isComplete { modes.ask(TerminalMode.question) }
    cn_output_divert()
    input.begin(with: entry.answer.rest)
  }

  deinit {
    input.stop()
    cn_signals_close()
    // In the background, the terminal has been restored already.
    if !isBehindShell {
      cn_output_undivert(Self.timeLimit)
      delwin(keyWindow)
      endwin()
      if hasTitle { Self.write(Self.leaving) }
    }
    cn_guard_disarm()
    cn_stderr_restore()
  }

  /// How many milliseconds leaving waits for the terminal to read its output.
  private nonisolated static let timeLimit: Int32 = 250

  /// Whether the terminal has read the last frame, so that it is ready for another.
  package var isReady: Bool { !isBehindShell && cn_output_wait(2) }

  /// Keys and other events, for one reader; ends when the terminal goes away.
  package var events: AsyncStream<TerminalEvent> { input.events }

  package var size: Rect {
    let width = max(Int(cn_columns()) - unusedColumns, 1)
    return Rect(row: 0, column: 0, width: width, height: Int(cn_lines()))
  }

  /// Changes the styles of the roles; the next frame is drawn completely.
  package mutating func use(_ styles: StyleSheet) {
    painter.use(styles)
  }

  /// Asks for the current background; the answer comes as an event, if there is one.
  package func askForBackground() {
    if hasTitle { modes.ask(TerminalQuery.backgroundQuestion) }
  }

  /// Shows the canvas, sending only the difference.
  package mutating func present(_ canvas: Canvas) {
    painter.present(isASCII ? canvas.transliterated : canvas, in: size)
  }

  /// Sends the whole screen again, whatever the terminal shows.
  package mutating func repaint() {
    painter.repaint()
  }

  /// Adopts the terminal's current size.
  package mutating func resize() {
    var height: Int32 = 0
    var width: Int32 = 0
    guard cn_window_size(STDOUT_FILENO, &height, &width) else { return }
    resizeterm(height, width)
    painter.forgetScreen()
  }

  /// Stops the program as ^Z does, and returns when the shell continues it.
  package mutating func suspend() {
    guard !isBehindShell else { return cn_stop() }
    cn_output_undivert(Self.timeLimit)
    modes.screenWentDown()
    if hasTitle { Self.write(Self.leaving) }
    isTitleSaved = false
    endwin()
    cn_guard_disarm()
    cn_stop()
    resume()
  }

  /// Sets the terminal up again after the program was stopped and continued.
  ///
  /// After `bg` it continues without the terminal, which it neither reads nor writes until `fg`.
  package mutating func resume() {
    let wasBehindShell = isBehindShell
    isBehindShell = !cn_is_in_foreground(STDOUT_FILENO)
    guard !isBehindShell || !wasBehindShell else { return }
    input.pause(isBehindShell)
    guard !isBehindShell else {
      modes.screenWentDown()
      return cn_guard_disarm()
    }
    cn_output_undivert(Self.timeLimit)
    reset_prog_mode()
    takeOver()
    title = ""
    resize()
    cn_output_divert()
  }

  private mutating func takeOver() {
    if hasTitle && !isTitleSaved { Self.write(TitleSequences.save) }
    isTitleSaved = hasTitle
    modes.switchOn()
    if isMouseWatched { cn_watch_mouse(true) }
    guardTerminal()
  }

  package func bell() { Self.write("\u{07}") }

  /// Shows a line of text beside the terminal, if it knows how to.
  package func notify(_ text: String) {
    guard hasTitle else { return }
    Self.write(notification.sequence(isASCII ? text.asciiOnly : text))
  }

  /// Copies text to the clipboard of the terminal's user, also over SSH.
  package func copy(_ text: String) {
    Self.write("\u{1B}]52;c;\(Base64.encoded(text.utf8))\u{07}")
  }

  /// Turns reports of clicks and the wheel on or off; while off, the terminal's own selection
  /// works.
  package mutating func watchMouse(_ isOn: Bool) {
    cn_watch_mouse(isOn)
    isMouseWatched = isOn
    guardTerminal()
  }

  /// Sets the title of the terminal's window or tab, if it has one.
  package mutating func setTitle(_ text: String) {
    guard hasTitle, text != title else { return }
    title = text
    Self.write(TitleSequences.set(isASCII ? text.asciiOnly : text))
  }
}

// MARK: - Giving the terminal back

extension CursesTerminal {
  /// Gives the guard the bytes that restore this terminal after a crash.
  private func guardTerminal() {
    var bytes = ["sgr0", "op", "rmkx", "cnorm", "rmcup"].map(CursesStart.capability).joined()
    if hasTitle { bytes += Self.leaving }
    if isMouseWatched { bytes += "\u{1B}[?1006l\u{1B}[?1000l" }
    cn_guard_arm(bytes, Int32(bytes.utf8.count))
  }

  /// Undoes what curses does not.
  private nonisolated static let leaving = TerminalMode.allOff + TitleSequences.restore

  private nonisolated static func write(_ text: String) {
    cn_write(text, Int32(text.utf8.count))
  }
}

/// The old title is kept on the emulator's stack, so that leaving restores it.
private enum TitleSequences {
  static let save = "\u{1B}[22;2t"
  static let restore = "\u{1B}[23;2t"

  static func set(_ text: String) -> String { "\u{1B}]2;\(text.sanitized)\u{07}" }
}

extension String {
  fileprivate var asciiOnly: String {
    let scalars = unicodeScalars.map { $0.isASCII ? $0 : Canvas.transliterations[$0] ?? "?" }
    var text = UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
