import Canvas

/// What a terminal says, asked or not, between the keys.
enum TerminalReport: Hashable {
  case background(Color)
  case knows(TerminalMode)
  case hasFocus(Bool)
  /// Its colours are others now; some say so for any change, and twice.
  case colorsChanged

  /// Reads a control sequence, of which this is what follows `CSI`; nil for a key that is not known.
  init?(sequence: some StringProtocol) {
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
