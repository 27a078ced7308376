import Canvas
import Configuration
import Screens
import Terminal

// Lines about the terminal and its colours.
extension DoctorReport.Findings {
  typealias Line = DoctorReport.Line

  /// Without a usable terminal, lines about its features are left out.
  var terminalLines: [Line] {
    let lines = [outputLine, typeLine, colorLine, sizeLine]
    let linesOfScreen =
      canDraw ? [backgroundLine, themeLine, focusLine, linkLine, copyLine, multiplexerLine] : []
    return (lines + linesOfScreen).compactMap(\.self)
  }

  /// Whether the terminal database has an entry for drawing a screen.
  var canDraw: Bool { facts.entry != nil }

  private var outputLine: Line {
    guard facts.isOutputTerminal else {
      return Line(
        .warn,
        "output",
        "standard output is not a terminal, and the dashboard needs one",
        advice: "without a terminal, use wabatop check, wabatop snapshot or wabatop --plain"
      )
    }
    guard facts.hasInput else {
      return Line(.fail, "input", "there is no terminal to read keys from")
    }
    return Line(.ok, "output", "a terminal")
  }

  private var typeLine: Line {
    let remedy = "export TERM=xterm-256color, or what the terminal's manual says"
    guard let type = terminal.type else {
      return Line(.fail, "TERM", "not set: nothing can be drawn", advice: remedy)
    }
    guard type != "dumb" else {
      return Line(.fail, "TERM", "dumb: nothing can be drawn", advice: remedy)
    }
    guard let entry = facts.entry else {
      return Line(
        .fail,
        "TERM",
        "\(type): neither this type nor a substitute is in the terminal database",
        advice: "install ncurses-base, or set TERMINFO to the directory of the database"
      )
    }
    if entry.name == type { return Line(.ok, "TERM", "\(type), known to this system") }
    if terminal.betterTypes.contains(entry.name) {
      return Line(.ok, "TERM", "\(type), using the entry \(entry.name), which has more colours")
    }
    return Line(
      .warn,
      "TERM",
      "\(type) is not known to this system; using the entry \(entry.name)",
      advice: "nothing if the screen looks right; else install ncurses-term or the terminal's entry"
    )
  }

  private var colorLine: Line? {
    guard let entry = facts.entry else { return nil }
    let depth = facts.depth(for: terminal)
    let pairs = entry.pairs == 1 ? "1 pair" : "\(entry.pairs) pairs"
    let has = entry.colors > 0 ? "\(entry.colors) colours and \(pairs)" : "no colours"
    let text = "\(entry.name) has \(has); drawn \(depth.words)\(colorReason(depth))"
    let isPoor = depth > .mono && depth < .indexed256 && terminal.color == .auto
    return Line(
      isPoor ? .warn : .ok,
      "colours",
      text,
      advice: isPoor ? "if it has more: export COLORTERM=truecolor, or use --color 256" : nil
    )
  }

  private func colorReason(_ depth: ColorDepth) -> String {
    let variable = environment.value("COLORTERM").map { ", COLORTERM=\($0)" } ?? ""
    switch terminal.color {
    case .never: return ", because of --color never"
    case .auto where !terminal.showsColors: return ", because NO_COLOR is set"
    case .auto: return variable
    case .truecolor where depth < .truecolor:
      return ": --color truecolor needs an entry such as xterm-direct"
    case .truecolor, .indexed256, .ansi16: return ", because of --color \(terminal.color.rawValue)"
    }
  }

  private var sizeLine: Line? {
    guard let size = facts.size else { return nil }
    let text = "\(size.width) columns, \(size.height) rows"
    if size.width < 40 || size.height < 8 {
      let advice = "40x8 shows a list; 60x12 or more is better"
      return Line(.warn, "size", "\(text): room for one line of counts only", advice: advice)
    }
    if size.width < 60 || size.height < 12 {
      return Line(.warn, "size", "\(text): the list leaves out columns", advice: "60x12 or more")
    }
    return Line(.ok, "size", size.width < 140 ? text : "\(text): details stand beside the list")
  }

  private var backgroundLine: Line? {
    if let background = facts.background {
      let kind = background.isDark ? "dark" : "light"
      return Line(.ok, "background", "\(kind), as the terminal reports")
    }
    guard facts.isOutputTerminal else { return nil }
    return Line(.ok, "background", "the terminal does not report it; theme auto assumes dark")
  }

  /// Nil if the terminal was not asked, which is no fault.
  private var themeLine: Line? {
    guard let tells = facts.reportsTheme else { return nil }
    let text =
      tells
      ? "the terminal reports changes of it (mode 2031), and theme auto follows"
      : "the terminal does not report changes of it; theme auto keeps its first choice"
    return Line(.ok, "dark or light", text)
  }

  private var focusLine: Line? {
    guard let knows = facts.reportsFocus else { return nil }
    let text =
      knows
      ? "the terminal reports focus (mode 1004); without focus, ages tick every 5 s"
      : "the terminal does not report focus; ages tick every second"
    return Line(.ok, "focus", text)
  }

  private var linkLine: Line {
    let text =
      terminal.showsLinks
      ? "addresses are sent as links (OSC 8), and can still be read and copied"
      : "addresses are plain text here; Y copies one"
    return Line(.ok, "links", text)
  }

  private var copyLine: Line {
    guard terminal.isEmulator else {
      return Line(.warn, "copying", "this terminal can't copy (OSC 52): c, C and y do nothing")
    }
    return Line(
      .ok,
      "copying",
      "c, C and y copy with OSC 52, also over SSH; some terminals must allow it first"
    )
  }

  private var multiplexerLine: Line? {
    guard terminal.isMultiplexer || environment.value("TMUX") != nil else { return nil }
    return Line(
      .warn,
      "tmux",
      "copies reach the terminal only if tmux is configured to pass them on",
      advice: "in ~/.tmux.conf: set -g set-clipboard on"
    )
  }
}

extension ColorDepth {
  fileprivate var words: String {
    switch self {
    case .mono: "without colours"
    case .ansi8: "in 8 colours"
    case .ansi16: "in 16 colours"
    case .indexed256: "in 256 colours"
    case .truecolor: "in all colours"
    }
  }
}
