import CNcurses
import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The steps that bring curses up, in the order that it needs.
@MainActor
enum CursesStart {
  struct Entry {
    let input: Int32
    let isUTF8: Bool
    let notice: String?
    let answer: TerminalAnswer
  }

  /// Finds a terminal, an entry of the database for it and a locale, and enters the screen.
  static func enter(_ options: TerminalOptions) throws(TerminalError) -> Entry {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    guard let term = options.term else { throw .termIsNotSet }
    guard term != "dumb" else { throw .termIsDumb }
    let input = cn_open_input()
    guard input >= 0 else { throw .inputIsNoTerminal }
    // Started behind a shell, with `&`: it waits to be brought in front, as every screen does.
    while !cn_is_in_foreground(STDOUT_FILENO) { cn_stop() }
    let isUTF8 = cn_adopt_locale(options.localeFallback)
    // The size comes from the terminal: LINES and COLUMNS in the environment would freeze it.
    use_env(false)
    use_tioctl(true)
    cn_guard_remember(input, STDOUT_FILENO)
    // Colours that are not shown need no background to suit.
    let isAsked = options.asksForBackground && options.hasTitle && options.showsColors
    let answer = isAsked ? TerminalQuery.ask(input) : TerminalAnswer()
    guard let used = options.candidates.first(where: { cn_start($0, input) != nil })
    else { throw .unusable(term: term) }
    if !options.setsEscapeDelay { set_escdelay(options.escapeDelayInMilliseconds) }
    raw()
    noecho()
    nonl()
    curs_set(0)
    // The cursor is hidden: where it stands after a frame costs bytes and shows nothing.
    leaveok(cn_stdscr(), true)
    // Rows that move are moved by the terminal where it can, and not sent again.
    idlok(cn_stdscr(), true)
    // Keys that wait are answered together, by one frame: it needs no look at them on its way.
    typeahead(-1)
    return Entry(
      input: input,
      isUTF8: isUTF8,
      notice: notice(term: term, used: used, options),
      answer: answer
    )
  }

  /// A window that keys are read from and that is never drawn to: reading refreshes its window.
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
    // Without this curses paints black over the user's own background.
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

  /// Columns at the right that nothing is written to.
  ///
  /// Some types, such as `ansi`, are said to go on to the next line once the last column is written, and
  /// curses counts on it. Emulators wait for the next letter, whatever TERM says: what curses erases
  /// next then vanishes from the wrong line. Without the last column nobody has to know.
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
