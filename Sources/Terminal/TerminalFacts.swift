import CNcurses
package import Canvas

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the system says about the terminal at hand, found without drawing on it.
package struct TerminalFacts: Hashable, Sendable {
  /// What the terminal database says of a type.
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

  /// Whether what is written goes to a terminal.
  package var isOutputTerminal: Bool
  /// Whether there is a terminal to read keys from.
  package var hasInput: Bool
  /// Nil where the terminal does not say.
  package var size: Rect?
  /// Of the user's locale, or of the one that is taken where theirs says nothing.
  package var codeset: String
  /// The types that would be tried and that the database knows, best first.
  package var entries: [Entry]
  /// What the terminal said its background is; nil where it was not asked or said nothing.
  package var background: Color?
  /// Whether it says who has the keyboard; nil where it was not asked.
  package var knowsFocus: Bool?
  /// Whether it says when it turns dark or light; nil where it was not asked.
  package var tellsTheme: Bool?

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

  /// Looks, and asks the terminal for its background where both ends of it are at hand.
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
      facts.knowsFocus = answer.modes.contains(.focusReports)
      facts.tellsTheme = answer.modes.contains(.themeReports)
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

// What the dashboard would make of it.
extension TerminalFacts {
  /// Nil where there is nothing that a screen could be drawn for.
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
  /// The value of TERM; nil where it says nothing.
  package var type: String? { term }

  /// The types that are tried before TERM itself, because something says that the terminal has more.
  package var betterTypes: [String] { Array(candidates.prefix { $0 != term }) }

  /// Whether it is known to take titles and copies, and to answer questions.
  package var isEmulator: Bool { hasTitle }

  /// Whether addresses are sent as links.
  package var showsLinks: Bool { hasLinks }

  package var isMultiplexer: Bool { isInsideMultiplexer }

  package var isBeforeUnicode: Bool { knowsOnlyASCII }

  /// Whether the locale's own character set is used, or another in its place.
  package var takesOtherLocale: Bool { localeFallback != nil }
}
