import CNcurses
package import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The properties of the terminal, found without drawing on it.
package struct TerminalFacts: Hashable, Sendable {
  /// A type's entry in the terminal database.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let colors: Int
    package let pairs: Int

    package init(name: String, colors: Int, pairs: Int) {
      self.name = name
      self.colors = colors
      self.pairs = pairs
    }
  }

  /// Whether standard output is a terminal.
  package var isOutputTerminal: Bool
  /// Whether there is a terminal to read keys from.
  package var hasInput: Bool
  /// Nil if the terminal does not report it.
  package var size: Rect?
  /// The codeset of the user's locale, or of the default one.
  package var codeset: String
  /// The candidate types that the database knows, best first.
  package var entries: [Entry]
  /// The background that the terminal reported; nil if it was not asked or did not answer.
  package var background: Color?
  /// Whether it reports focus; nil if it was not asked.
  package var reportsFocus: Bool?
  /// Whether it reports changes between dark and light; nil if it was not asked.
  package var reportsTheme: Bool?

  package init(
    isOutputTerminal: Bool,
    hasInput: Bool,
    size: Rect?,
    codeset: String,
    entries: [Entry],
    background: Color? = nil
  ) {
    self.isOutputTerminal = isOutputTerminal
    self.hasInput = hasInput
    self.size = size
    self.codeset = codeset
    self.entries = entries
    self.background = background
  }

  /// Finds the facts, and asks the terminal for its background if input and output are terminals.
  package static func found(for options: TerminalOptions) -> Self {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let input = cn_open_input()
    defer { if input > STDIN_FILENO { close(input) } }
    var height: Int32 = 0
    var width: Int32 = 0
    let hasSize =
      cn_window_size(STDOUT_FILENO, &height, &width)
      || input >= 0 && cn_window_size(input, &height, &width)
    _ = cn_adopt_locale(options.localeFallback)
    let isAsked = isTerminal && input >= 0 && options.hasTitle
    let answer = isAsked ? TerminalQuery.ask(input) : TerminalAnswer()
    var facts = Self(
      isOutputTerminal: isTerminal,
      hasInput: input >= 0,
      size: hasSize ? Rect(row: 0, column: 0, width: Int(width), height: Int(height)) : nil,
      codeset: cn_codeset().map { String(cString: $0) } ?? "",
      entries: options.candidates.compactMap(entry),
      background: answer.background
    )
    if answer.isComplete {
      facts.reportsFocus = answer.modes.contains(.focusReports)
      facts.reportsTheme = answer.modes.contains(.themeReports)
    }
    return facts
  }

  private static func entry(named name: String) -> Entry? {
    var colors: Int32 = 0
    var pairs: Int32 = 0
    guard cn_lookup(name, &colors, &pairs) else { return nil }
    return Entry(name: name, colors: Int(max(colors, 0)), pairs: Int(max(pairs, 0)))
  }
}

// What the dashboard would do with it.
extension TerminalFacts {
  /// Nil if no screen can be drawn.
  package var entry: Entry? { entries.first }

  package func depth(for options: TerminalOptions) -> ColorDepth {
    guard let entry, entry.colors > 0 else { return .mono }
    return options.depth(colors: entry.colors, isDirect: entry.colors > 256)
  }

  package var isUTF8: Bool { codeset == "UTF-8" }

  package func isASCII(for options: TerminalOptions) -> Bool {
    options.ascii || options.knowsOnlyASCII || !isUTF8
  }
}

extension TerminalOptions {
  /// The value of TERM; nil if it is not set.
  package var type: String? { term }

  /// The types that are tried before TERM itself, because the terminal seems to have more colours.
  package var betterTypes: [String] { Array(candidates.prefix { $0 != term }) }

  /// Whether it is known to support titles, copies and queries.
  package var isEmulator: Bool { hasTitle }

  /// Whether addresses are sent as links.
  package var showsLinks: Bool { hasLinks }

  package var isMultiplexer: Bool { isInsideMultiplexer }

  package var isBeforeUnicode: Bool { knowsOnlyASCII }

  /// Whether another locale is used instead of the user's.
  package var takesOtherLocale: Bool { localeFallback != nil }
}
