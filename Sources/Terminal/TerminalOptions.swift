package import Canvas

/// The terminal's options from the environment and the user, fixed before curses starts.
package struct TerminalOptions: Sendable {
  package var color: ColorPreference
  /// Only ASCII, even if more could be shown.
  package var ascii: Bool
  /// Whether the terminal is asked for the colour of its background at the start.
  package var asksForBackground: Bool
  /// How long a lone escape waits for the rest of a key; slow connections split arrow keys.
  package var escapeDelay: Duration
  /// The file for stderr while the screen is open; without one, stderr is dropped.
  package var logFile: String?
  private let environment: [String: String]

  package init(
    environment: [String: String],
    color: ColorPreference = .auto,
    ascii: Bool = false,
    asksForBackground: Bool = false,
    escapeDelay: Duration? = nil,
    logFile: String? = nil
  ) {
    self.environment = environment
    self.color = color
    self.ascii = ascii
    self.asksForBackground = asksForBackground
    self.escapeDelay = escapeDelay ?? .milliseconds(25)
    self.logFile = logFile
  }

  var term: String? {
    environment["TERM"].flatMap { $0.isEmpty ? nil : $0 }
  }

  var escapeDelayInMilliseconds: Int32 {
    Int32(min(max(escapeDelay / .milliseconds(1), 0), 10_000))
  }

  /// Whether the user set the delay of a lone escape; curses reads the variable itself.
  var setsEscapeDelay: Bool { environment["ESCDELAY"] != nil }

  /// The locale for drawing if the user's own is not UTF-8; nil if it was chosen on purpose.
  ///
  /// Many SSH daemons don't pass LANG on, and a named locale may not be installed here. Another
  /// character set that the user has set explicitly is respected, and gets ASCII.
  var localeFallback: String? {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }
      .first { !$0.isEmpty }
    guard let named else { return "C.UTF-8" }
    let plain = named.lowercased().filter { $0 != "-" }
    return plain.hasSuffix("utf8") || plain.contains("utf8@") ? "C.UTF-8" : nil
  }

  /// Terminals that do not know Unicode.
  var knowsOnlyASCII: Bool {
    guard let term else { return true }
    return ["vt", "ansi", "dumb", "wy"].contains { term.hasPrefix($0) }
  }

  /// Whether the emulator's title may be set and its background queried: others would print the
  /// query.
  var hasTitle: Bool {
    guard let term else { return false }
    let prefixes = [
      "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty", "st-",
      "konsole", "vte", "contour", "rio",
    ]
    return prefixes.contains { term.hasPrefix($0) }
  }

  /// Whether it may be asked which modes it supports.
  ///
  /// Apple's terminal prints part of the query.
  var answersModeQuestions: Bool { hasTitle && environment["TERM_PROGRAM"] != "Apple_Terminal" }

  /// Whether addresses are sent as links (OSC 8).
  ///
  /// Terminals ignore unknown sequences of this kind, with a few exceptions: GNU screen, rxvt, and
  /// VTE before 0.50.
  var hasLinks: Bool {
    guard hasTitle, let term, !term.hasPrefix("rxvt") else { return false }
    if let version = environment["VTE_VERSION"].flatMap({ Int($0) }), version < 5000 {
      return false
    }
    return !term.hasPrefix("screen") || environment["TMUX"].map { !$0.isEmpty } ?? false
  }

  /// Whether it runs inside tmux or screen, whatever `TERM` is.
  var mayDropCopies: Bool {
    isInsideMultiplexer || environment["TMUX"].map { !$0.isEmpty } ?? false
  }

  var isInsideMultiplexer: Bool {
    guard let term else { return false }
    return term.hasPrefix("tmux") || term.hasPrefix("screen")
  }

  /// Whether the emulator claims more colours than its entry has.
  private var emulatorHasColors: Bool {
    environment["COLORTERM"].map { !$0.isEmpty } ?? false
  }

  private var refusesColor: Bool {
    environment["NO_COLOR"].map { !$0.isEmpty } ?? false
  }

  /// Whether any colour is wanted.
  package var showsColors: Bool {
    switch color {
    case .never: false
    case .auto: !refusesColor
    case .truecolor, .indexed256, .ansi16: true
    }
  }

  /// The entries of the terminal database to try, best first.
  ///
  /// Debian's database lacks kitty, ghostty, foot and wezterm even when it is installed completely,
  /// but all of them understand xterm. Its `xterm` has only eight colours, so it is replaced.
  var candidates: [String] {
    // Nothing can be drawn on a "dumb" terminal, whatever the database has.
    guard let term, term != "dumb" else { return [] }
    var names: [String] = []
    if color == .truecolor {
      let stem = term.hasSuffix("-256color") ? String(term.dropLast("-256color".count)) : term
      names.append("\(stem)-direct")
      if understandsXterm { names.append("xterm-direct") }
    }
    let wantsMore =
      color == .indexed256 || color == .truecolor || color == .auto && emulatorHasColors
    if wantsMore && ["xterm", "screen", "tmux", "rxvt"].contains(term) {
      names.append("\(term)-256color")
    }
    names.append(term)
    if isInsideMultiplexer {
      names += ["screen-256color", "screen"]
    }
    return names + ["xterm-256color", "xterm", "vt100"]
  }

  private var understandsXterm: Bool {
    guard let term else { return false }
    let families = [
      "xterm", "kitty", "ghostty", "foot", "wezterm", "alacritty", "contour", "rio", "konsole",
      "vte", "st",
    ]
    return families.contains { term == $0 || term.hasPrefix("\($0)-") }
  }

  /// The depth for text without curses, according to the environment.
  package var likelyDepth: ColorDepth {
    guard showsColors else { return .mono }
    switch color {
    case .never: return .mono
    case .truecolor: return .truecolor
    case .indexed256: return .indexed256
    case .ansi16: return .ansi16
    case .auto:
      guard let term, term != "dumb", !term.hasPrefix("vt") else { return .mono }
      let is256 = term.hasSuffix("256color") || term.hasSuffix("direct") || emulatorHasColors
      return is256 || understandsXterm && term != "xterm" ? .indexed256 : .ansi16
    }
  }

  /// The depth to draw in, once the terminal's own figures are known.
  ///
  /// - Parameters:
  ///   - colors: The number in the terminal database, 0 if there are none.
  ///   - isDirect: Whether colours are RGB values.
  /// - Returns: At most what the terminal has, whatever the user wants.
  func depth(colors: Int, isDirect: Bool) -> ColorDepth {
    let most: ColorDepth =
      switch colors {
      case ..<8: .mono
      case 8..<16: .ansi8
      case 16..<256: .ansi16
      default: isDirect ? .truecolor : .indexed256
      }
    switch color {
    case .never: return .mono
    case .auto: return refusesColor ? .mono : most
    case .truecolor: return most
    case .indexed256: return isDirect ? most : min(most, .indexed256)
    case .ansi16: return min(most, .ansi16)
    }
  }
}
