import CNcurses
import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The steps that start curses, in the required order.
@MainActor
enum CursesStart {
  struct Entry {
    let input: Int32
    let isUTF8: Bool
    let notice: String?
    let answer: TerminalAnswer
  }

  /// Finds a terminal, its database entry and a locale, and opens the screen.
  static func enter(_ options: TerminalOptions) throws(TerminalError) -> Entry {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    guard let term = options.term else { throw .termIsNotSet }
    guard term != "dumb" else { throw .termIsDumb }
    let input = cn_open_input()
    guard input >= 0 else { throw .inputIsNoTerminal }
    // Started in the background with `&`, it waits to be brought to the foreground, as other
    // full-screen programs do.
    while !cn_is_in_foreground(STDOUT_FILENO) { cn_stop() }
    let isUTF8 = cn_adopt_locale(options.localeFallback)
    // The size comes from the terminal: LINES and COLUMNS in the environment would freeze it.
    use_env(false)
    use_tioctl(true)
    cn_guard_remember(input, STDOUT_FILENO)
    // Without colours the background does not matter.
    let isAsked = options.asksForBackground && options.hasTitle && options.showsColors
    let answer = isAsked ? TerminalQuery.ask(input) : TerminalAnswer()
    guard let used = options.candidates.first(where: { cn_start($0, input) != nil })
    else { throw .unusable(term: term) }
    if !options.setsEscapeDelay { set_escdelay(options.escapeDelayInMilliseconds) }
    raw()
    noecho()
    nonl()
    curs_set(0)
    // The cursor is hidden, so moving it after a frame would waste bytes.
    leaveok(cn_stdscr(), true)
    // The terminal scrolls rows if it can, so they are not sent again.
    idlok(cn_stdscr(), true)
    // Waiting keys are handled together before a frame, so curses need not check for them while
    // drawing.
    typeahead(-1)
    return Entry(
      input: input,
      isUTF8: isUTF8,
      notice: notice(term: term, used: used, options),
      answer: answer
    )
  }

  /// A window only for reading keys, because reading refreshes its window.
  static func keyWindow() -> UnsafeMutablePointer<WINDOW> {
    let window: UnsafeMutablePointer<WINDOW> = newpad(1, 1) ?? cn_stdscr()
    nodelay(window, true)
    keypad(window, true)
    for (sequence, code) in CursesKey.definitions { define_key(sequence, Int32(code)) }
    return window
  }

  static func startColors(_ options: TerminalOptions) -> ColorDepth {
    guard has_colors() else { return .mono }
    start_color()
    // Without this, curses paints black over the user's background.
    use_default_colors()
    let colors = Int(cn_colors())
    return options.depth(colors: colors, isDirect: colors > 256)
  }

  static func styleTable(of styles: StyleSheet, at depth: ColorDepth) -> StyleTable {
    StyleTable(
      of: styles,
      depth: depth,
      capacity: Int(cn_color_pairs()),
      attributesWithoutColor: Attributes(cn_attributes_without_color())
    )
  }

  /// Columns at the right that stay unused.
  ///
  /// According to the database, some types such as `ansi` wrap as soon as the last column is
  /// written, and curses relies on it. Emulators wrap at the next letter, whatever TERM says, so
  /// curses would then erase on the wrong line. Leaving out the last column avoids this.
  static var unusedColumns: Int { cn_wraps_at_once() ? 1 : 0 }

  static func capability(_ name: String) -> String {
    var bytes = [CChar](repeating: 0, count: 128)
    cn_capability(name, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func notice(
    term: String,
    used: String,
    _ options: TerminalOptions
  ) -> String? {
    guard used != term,
      options.candidates.firstIndex(of: term) ?? .max
        < options.candidates.firstIndex(of: used) ?? .max
    else { return nil }
    return "unknown terminal \(term.sanitized): drawing for \(used)"
  }
}
