import CNcurses
package import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The screen of a real terminal, up from `init` to the end of the value's life.
///
/// A local of whoever runs the dashboard, so that return, error and cancellation all give the
/// terminal back before anything is printed; a guard in C does so for `exit` and for traps. Curses
/// is one-thread: everything here is on the main actor.
@MainActor
package struct CursesTerminal: ~Copyable {
  package let colorDepth: ColorDepth
  /// Whether nothing but ASCII is shown.
  package let isASCII: Bool
  /// What the terminal said its background is, when it was asked; later news come as an event.
  package let background: Color?
  /// What the operator should know about the terminal, as one sentence.
  package let notice: String?

  /// Whether something between us and the clipboard has to be told to pass copies on.
  package let mayDropCopies: Bool

  private let keyWindow: UnsafeMutablePointer<WINDOW>
  private let input: CursesInput
  private let hasTitle: Bool
  private let unusedColumns: Int
  private var isTitleSaved = false
  /// Whether this process was continued behind a shell, which has the terminal now.
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
    mayDropCopies = options.mayDropCopies
    unusedColumns = CursesStart.unusedColumns
    // Bracketed paste is older than the question; terminals that have a title know it.
    let unasked: [TerminalMode] = options.hasTitle ? [.bracketedPaste] : []
    modes = TerminalModes(using: unasked + entry.answer.modes, write: Self.write)
    painter = FramePainter(styles, depth: colorDepth, showsLinks: options.hasLinks)
    input = CursesInput(window: keyWindow, descriptor: entry.input, modes: modes)
    cn_stderr_divert(options.logFile)
    takeOver()
    // The first frame covers whatever a terminal that takes this for text shows.
    if options.answersModeQuestions && !entry.answer.isComplete { modes.ask(TerminalMode.question) }
    cn_output_divert()
    input.pushBack(entry.answer.keys)
  }

  deinit {
    input.stop()
    cn_signals_close()
    // A terminal that belongs to somebody else now is as it was already.
    if !isBehindShell {
      cn_output_undivert(Self.patience)
      delwin(keyWindow)
      endwin()
      if hasTitle { Self.write(Self.leaving) }
    }
    cn_guard_disarm()
    cn_stderr_restore()
  }

  /// Milliseconds that leaving waits for a terminal to show what was sent to it.
  private nonisolated static let patience: Int32 = 250

  /// Whether the terminal has taken what was sent to it, so that another frame makes sense.
  package var isReady: Bool { !isBehindShell && cn_output_wait(2) }

  /// Keys and other news, for one reader; ends when the terminal goes away.
  package var events: AsyncStream<TerminalEvent> { input.events }

  package var size: Rect {
    let width = max(Int(cn_columns()) - unusedColumns, 1)
    return Rect(row: 0, column: 0, width: width, height: Int(cn_lines()))
  }

  /// Changes what roles look like; the next frame is drawn anew.
  package mutating func use(_ styles: StyleSheet) {
    painter.use(styles)
  }

  /// Asks what the background is now; the answer comes as an event, if the terminal answers.
  package func askForBackground() {
    if hasTitle { modes.ask(TerminalQuery.backgroundQuestion) }
  }

  /// Shows the canvas, sending the terminal the difference only.
  package mutating func present(_ canvas: Canvas) {
    painter.present(isASCII ? canvas.transliterated : canvas, in: size)
  }

  /// Sends the whole screen again, whatever the terminal shows now.
  package mutating func repaint() {
    painter.repaint()
  }

  /// Takes over the size that the terminal has now.
  package mutating func resize() {
    var height: Int32 = 0
    var width: Int32 = 0
    guard cn_window_size(STDOUT_FILENO, &height, &width) else { return }
    resizeterm(height, width)
    painter.forgetScreen()
  }

  /// Stops the program as ^Z does and comes back when the shell says so.
  package mutating func suspend() {
    guard !isBehindShell else { return cn_stop() }
    cn_output_undivert(Self.patience)
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
  /// Continued with `bg` it goes on without the terminal, which it neither reads nor writes until `fg`
  /// brings it back.
  package mutating func resume() {
    let wasBehindShell = isBehindShell
    isBehindShell = !cn_is_in_foreground(STDOUT_FILENO)
    guard !isBehindShell || !wasBehindShell else { return }
    input.pause(isBehindShell)
    guard !isBehindShell else {
      modes.screenWentDown()
      return cn_guard_disarm()
    }
    cn_output_undivert(Self.patience)
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

  package func bell() {
    beep()
  }

  /// Puts text into the clipboard of whoever looks at the terminal, also through SSH.
  package func copy(_ text: String) {
    Self.write("\u{1B}]52;c;\(Base64.encoded(text.utf8))\u{07}")
  }

  /// Asks the terminal for clicks and the wheel, or gives it back its own selection.
  package mutating func watchMouse(_ isOn: Bool) {
    cn_watch_mouse(isOn)
    isMouseWatched = isOn
    guardTerminal()
  }

  /// Sets the title of the terminal's window or tab where it has one.
  package mutating func setTitle(_ text: String) {
    guard hasTitle, text != title else { return }
    title = text
    Self.write(TitleSequences.set(isASCII ? text.asciiOnly : text))
  }
}

// MARK: - Giving the terminal back

extension CursesTerminal {
  /// Tells the guard what brings this terminal back if nobody else can.
  private func guardTerminal() {
    var bytes = ["sgr0", "op", "rmkx", "cnorm", "rmcup"].map(CursesStart.capability).joined()
    if hasTitle { bytes += Self.leaving }
    if isMouseWatched { bytes += "\u{1B}[?1006l\u{1B}[?1000l" }
    cn_guard_arm(bytes, Int32(bytes.utf8.count))
  }

  /// What curses does not undo.
  private nonisolated static let leaving = TerminalMode.allOff + TitleSequences.restore

  private nonisolated static func write(_ text: String) {
    cn_write(text, Int32(text.utf8.count))
  }
}

/// The title is kept on the emulator's own stack, so that leaving brings the old one back.
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
