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

  private let window: UnsafeMutablePointer<WINDOW>
  private let keyWindow: UnsafeMutablePointer<WINDOW>
  private let input: CursesInput
  private let hasTitle: Bool
  private let unusedColumns: Int
  private var isTitleSaved = false
  /// Whether this process was continued behind a shell, which has the terminal now.
  package private(set) var isBehindShell = false
  private var isMouseWatched = false
  private var title = ""
  private var styleTable: StyleTable
  /// What a cell of each look begins as, by its number.
  private var beginnings: [cchar_t] = []
  /// How a blank of each look is sent, so that as little as can be differs from what is there.
  private var blanks: [cchar_t] = []
  private var presented: Canvas?
  private var elements: [cchar_t] = []

  package init(
    _ options: TerminalOptions,
    styles: StyleSheet = StyleSheet()
  ) throws(TerminalError) {
    let entry = try CursesStart.enter(options)
    window = cn_stdscr()
    keyWindow = CursesStart.keyWindow()
    isASCII = options.ascii || options.knowsOnlyASCII || !entry.isUTF8
    colorDepth = CursesStart.startColors(options)
    notice = entry.notice
    background = entry.answer.background
    hasTitle = options.hasTitle
    mayDropCopies = options.mayDropCopies
    unusedColumns = CursesStart.unusedColumns
    styleTable = CursesStart.styleTable(of: styles, at: colorDepth)
    input = CursesInput(window: keyWindow, descriptor: entry.input)
    cn_stderr_divert(options.logFile)
    takeOver()
    prepareStyles()
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
      if hasTitle { Self.write(PasteSequences.off + TitleSequences.restore) }
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
    styleTable = CursesStart.styleTable(of: styles, at: colorDepth)
    prepareStyles()
    presented = nil
  }

  /// Shows the canvas, sending the terminal the difference only.
  package mutating func present(_ canvas: Canvas) {
    let canvas = isASCII ? canvas.transliterated : canvas
    if presented?.size != canvas.size {
      presented = nil
      werase(window)
    }
    var hasChanged = presented == nil
    for row in 0..<min(canvas.height, size.height) {
      guard let columns = changedColumns(of: canvas, row: row) else { continue }
      draw(canvas.cells(row: row), columns, row: row)
      hasChanged = true
    }
    presented = canvas
    guard hasChanged else { return }
    wnoutrefresh(window)
    doupdate()
  }

  /// Sends the whole screen again, whatever the terminal shows now.
  package mutating func repaint() {
    cn_forget_screen()
    doupdate()
  }

  /// Takes over the size that the terminal has now.
  package mutating func resize() {
    var height: Int32 = 0
    var width: Int32 = 0
    guard cn_window_size(STDOUT_FILENO, &height, &width) else { return }
    resizeterm(height, width)
    cn_forget_screen()
    presented = nil
  }

  /// Stops the program as ^Z does and comes back when the shell says so.
  package mutating func suspend() {
    guard !isBehindShell else { return cn_stop() }
    cn_output_undivert(Self.patience)
    if isTitleSaved { Self.write(PasteSequences.off + TitleSequences.restore) }
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
    guard !isBehindShell else { return cn_guard_disarm() }
    cn_output_undivert(Self.patience)
    reset_prog_mode()
    takeOver()
    title = ""
    resize()
    cn_output_divert()
  }

  private mutating func takeOver() {
    if hasTitle && !isTitleSaved { Self.write(TitleSequences.save + PasteSequences.on) }
    isTitleSaved = hasTitle
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

// MARK: - Drawing

extension CursesTerminal {
  private mutating func prepareStyles() {
    for (number, pair) in styleTable.pairs.enumerated().dropFirst() {
      init_extended_pair(Int32(number), pair.foreground, pair.background)
    }
    let standard = standardPair
    func element(_ style: CellStyle) -> cchar_t {
      var element = cchar_t()
      cn_set_look(&element, style.attributes.curses, style.pair == 0 ? standard : style.pair)
      return element
    }
    beginnings = styleTable.byNumber.map(element)
    blanks = styleTable.numbersOfBlanks.map { beginnings[$0] }
    // What no cell covers, and what clearing leaves, has the background of the theme.
    wcolor_set(window, 0, nil)
    var cell = element(CellStyle(attributes: [], pair: styleTable.style(of: .blank).pair))
    wbkgrndset(window, &cell)
  }

  /// A pair with the terminal's own colours that is not pair 0: curses leaves a colour for that one
  /// by two sequences in place of one.
  private var standardPair: Int32 {
    let number = Int32(styleTable.pairs.count)
    guard colorDepth != .mono, number < cn_color_pairs() else { return 0 }
    init_extended_pair(number, ColorPair.standard.foreground, ColorPair.standard.background)
    return number
  }

  /// The columns of a row that differ from what was shown last, with both halves of wide glyphs; nil
  /// where none do.
  private func changedColumns(of canvas: Canvas, row: Int) -> Range<Int>? {
    let width = min(canvas.width, size.width)
    guard let presented else { return width > 0 ? 0..<width : nil }
    let start = row * canvas.width
    return canvas.cells.withUnsafeBufferPointer { cells in
      presented.cells.withUnsafeBufferPointer { former in
        var (first, end) = (start, start + width)
        while first < end, cells[first] == former[first] { first += 1 }
        guard first < end else { return nil }
        while cells[end - 1] == former[end - 1] { end -= 1 }
        if first > start, cells[first].isContinuation { first -= 1 }
        if end < start + width, cells[end].isContinuation { end += 1 }
        return (first - start)..<(end - start)
      }
    }
  }

  private mutating func draw(_ cells: ArraySlice<Cell>, _ columns: Range<Int>, row: Int) {
    elements.removeAll(keepingCapacity: true)
    let start = cells.startIndex
    var index = start + columns.lowerBound
    let end = start + columns.upperBound
    while index < end {
      let cell = cells[index]
      let glyph = cell.glyph
      if glyph == .space {
        let gap = Gap(at: index, in: cells)
        let element = (gap.isWithinText ? beginnings : blanks)[cell.styleNumber]
        let last = min(gap.end, end)
        for _ in index..<last { elements.append(element) }
        index = last
        continue
      }
      index += 1
      if cell.isContinuation { continue }
      if glyph.isASCII {
        var element = beginnings[cell.styleNumber]
        element.chars.0 = wchar_t(glyph.baseValue)
        elements.append(element)
      } else {
        let isWide = index < cells.endIndex && cells[index].isContinuation
        append(glyph, of: cell, width: isWide ? 2 : 1)
      }
    }
    mvwadd_wchnstr(
      window,
      Int32(row),
      Int32(columns.lowerBound),
      elements,
      Int32(elements.count)
    )
  }

  private mutating func append(_ glyph: Glyph, of cell: Cell, width: Int32) {
    var made = (cchar_t(), cchar_t())
    var beginning = beginnings[cell.styleNumber]
    let (base, first, second) = (glyph.baseValue, glyph.mark(at: 0), glyph.mark(at: 1))
    let count = withUnsafeMutablePointer(to: &made) { made in
      made.withMemoryRebound(to: cchar_t.self, capacity: 2) {
        cn_set_glyph($0, &beginning, base, first, second, width)
      }
    }
    elements.append(made.0)
    if count == 2 { elements.append(made.1) }
  }

  /// Tells the guard what brings this terminal back if nobody else can.
  private func guardTerminal() {
    var bytes = ["sgr0", "op", "rmkx", "cnorm", "rmcup"].map(CursesStart.capability).joined()
    if hasTitle { bytes += PasteSequences.off + TitleSequences.restore }
    if isMouseWatched { bytes += "\u{1B}[?1006l\u{1B}[?1000l" }
    cn_guard_arm(bytes, Int32(bytes.utf8.count))
  }

  private nonisolated static func write(_ text: String) {
    cn_write(text, Int32(text.utf8.count))
  }
}

/// Blanks of one look beside each other.
private struct Gap {
  let end: Int
  /// What stands on either side looks as they do: to change for them costs more than to go on.
  let isWithinText: Bool

  init(at index: Int, in cells: ArraySlice<Cell>) {
    let blank = cells[index]
    var (first, end) = (index, index + 1)
    while first > cells.startIndex, cells[first - 1] == blank { first -= 1 }
    while end < cells.endIndex, cells[end] == blank { end += 1 }
    self.end = end
    isWithinText =
      first > cells.startIndex && cells[first - 1].styleNumber == blank.styleNumber
      && end < cells.endIndex && cells[end].styleNumber == blank.styleNumber
  }
}

/// The title is kept on the emulator's own stack, so that leaving brings the old one back.
private enum TitleSequences {
  static let save = "\u{1B}[22;2t"
  static let restore = "\u{1B}[23;2t"

  static func set(_ text: String) -> String { "\u{1B}]2;\(text.sanitized)\u{07}" }
}

/// Terminals that have a title bracket what is pasted when they are asked to.
private enum PasteSequences {
  static let on = "\u{1B}[?2004h"
  static let off = "\u{1B}[?2004l"
}

extension String {
  fileprivate var asciiOnly: String {
    let scalars = unicodeScalars.map { $0.isASCII ? $0 : Canvas.transliterations[$0] ?? "?" }
    var text = UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
