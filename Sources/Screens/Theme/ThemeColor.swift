package import Canvas

/// A colour in a theme file.
package enum ThemeColor: Hashable, Sendable {
  case color(Color)
  /// Keeps the colour of ordinary text or the screen's background.
  case none

  /// Reads `#rrggbb`, 0-255, an ANSI name, `default` or `none`.
  init?(_ text: String) {
    let text = text.lowercased()
    if text == "none" {
      self = .none
    } else if text == "default" {
      self = .color(.standard)
    } else if let hex = Color(hex: text) {
      self = .color(hex)
    } else if let index = Self.index(of: text) {
      self = .color(.indexed(index))
    } else {
      return nil
    }
  }

  package var color: Color? { if case .color(let color) = self { color } else { nil } }

  /// The colour on a terminal with 16 colours.
  var ansi: Color? {
    switch color {
    case .standard?: .standard
    case .indexed(let index)? where index < 16: .indexed(index)
    default: nil
    }
  }

  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  private static func index(of text: String) -> UInt8? {
    if let number = UInt8(text) { return number }
    let bright = text.hasPrefix("bright-") || text.hasPrefix("bright_")
    let name = bright ? String(text.dropFirst("bright-".count)) : text
    return names.firstIndex(of: name).map { UInt8($0 + (bright ? 8 : 0)) }
  }
}
