import Canvas
import Configuration
import Screens
import Terminal

// The terminal and its colours.
extension DoctorReport.Findings {
  typealias Line = DoctorReport.Line

  /// What a terminal on which nothing can be drawn would show and take is left out.
  var terminalLines: [Line] {
    let lines = [outputLine, typeLine, colorLine, sizeLine]
    let linesOfScreen =
      canDraw ? [backgroundLine, themeLine, focusLine, linkLine, copyLine, multiplexerLine] : []
    return (lines + linesOfScreen).compactMap(\.self)
  }

  /// Whether there is an entry of the terminal database that a screen can be drawn for.
  var canDraw: Bool { facts.entry != nil }

  private var outputLine: Line {
    guard facts.isOutputTerminal else {
      return Line(
        .warn,
        "output",
        "standard output is no terminal here, and the dashboard needs one",
        advice: "without one use wabatop check, wabatop snapshot or wabatop --plain"
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
        "\(type): neither it nor any substitute is in the terminal database",
        advice: "install ncurses-base, or set TERMINFO to where the database is"
      )
    }
    if entry.name == type { return Line(.ok, "TERM", "\(type), known to this system") }
    if terminal.betterTypes.contains(entry.name) {
      return Line(.ok, "TERM", "\(type), drawn for as \(entry.name), which has more colours")
    }
    return Line(
      .warn,
      "TERM",
      "\(type) is not known to this system: drawn for as \(entry.name)",
      advice: "nothing, while all looks well; else install ncurses-term or the terminal's own entry"
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
      advice: isPoor ? "export COLORTERM=truecolor or use --color 256, if it has more" : nil
    )
  }

  private func colorReason(_ depth: ColorDepth) -> String {
    let variable = environment.value("COLORTERM").map { ", COLORTERM=\($0)" } ?? ""
    switch terminal.color {
    case .never: return ", as --color never asks"
    case .auto where !terminal.showsColors: return ", because NO_COLOR is set"
    case .auto: return variable
    case .truecolor where depth < .truecolor:
      return ": --color truecolor needs an entry such as xterm-direct"
    case .truecolor, .indexed256, .ansi16: return ", as --color \(terminal.color.rawValue) asks"
    }
  }

  private var sizeLine: Line? {
    guard let size = facts.size else { return nil }
    let text = "\(size.width) columns, \(size.height) rows"
    if size.width < 40 || size.height < 8 {
      let advice = "40x8 shows a list, 60x12 a useful one"
      return Line(.warn, "size", "\(text): one line of counts and no more", advice: advice)
    }
    if size.width < 60 || size.height < 12 {
      return Line(.warn, "size", "\(text): the list leaves columns out", advice: "60x12 or more")
    }
    return Line(.ok, "size", size.width < 140 ? text : "\(text): details stand beside the list")
  }

  private var backgroundLine: Line? {
    if let background = facts.background {
      let kind = background.isDark ? "dark" : "light"
      return Line(.ok, "background", "\(kind), says the terminal")
    }
    guard facts.isOutputTerminal else { return nil }
    return Line(.ok, "background", "the terminal does not say; theme auto takes it for dark")
  }

  /// Nothing where nothing was asked: there is no fault in that.
  private var themeLine: Line? {
    guard let tells = facts.tellsTheme else { return nil }
    let text =
      tells
      ? "the terminal says when it turns dark or light (mode 2031); theme auto follows"
      : "the terminal does not say when it turns dark or light; theme auto stays as it began"
    return Line(.ok, "new colours", text)
  }

  private var focusLine: Line? {
    guard let knows = facts.knowsFocus else { return nil }
    let text =
      knows
      ? "the terminal says who has the keyboard (mode 1004); without it ages tick every 5 s"
      : "the terminal does not say who has the keyboard; ages tick each second"
    return Line(.ok, "focus", text)
  }

  private var linkLine: Line {
    let text =
      terminal.showsLinks
      ? "addresses are sent as links (OSC 8), and can be read and copied too"
      : "addresses are plain text here; Y copies one"
    return Line(.ok, "links", text)
  }

  private var copyLine: Line {
    guard terminal.isEmulator else {
      return Line(.warn, "copying", "this terminal takes no copies (OSC 52): c, C and y do nothing")
    }
    return Line(
      .ok,
      "copying",
      "c, C and y send copies by OSC 52, also through SSH; some terminals have to allow it first"
    )
  }

  private var multiplexerLine: Line? {
    guard terminal.isMultiplexer || environment.value("TMUX") != nil else { return nil }
    return Line(
      .warn,
      "tmux",
      "copies get through only where it is told to pass them on",
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
