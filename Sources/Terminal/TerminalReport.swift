import Canvas

/// A terminal's report between keys, requested or not.
enum TerminalReport: Hashable {
  case background(Color)
  case knows(TerminalMode)
  case hasFocus(Bool)
  /// Its colours changed; some terminals report any change, and twice.
  case colorsChanged

  /// Reads the part of a control sequence after the escape; nil for an unknown key.
  init?(controlSequence: String) {
    guard controlSequence.hasPrefix("[") else { return nil }
    let sequence = controlSequence.dropFirst()
    switch sequence {
    case "I": self = .hasFocus(true)
    case "O": self = .hasFocus(false)
    case "?997;1n", "?997;2n": self = .colorsChanged
    default:
      guard let mode = TerminalMode(report: sequence) else { return nil }
      self = .knows(mode)
    }
  }
}
