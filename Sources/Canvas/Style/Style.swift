/// A colour as written in a theme, before a terminal's depth is known.
package enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// An entry of the terminal's palette: 0-15 are the user's, 16-255 are xterm's.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  /// Reads `#rrggbb`.
  package init?(hex: String) {
    guard hex.utf8.count == 7, hex.hasPrefix("#"), hex.dropFirst().allSatisfy(\.isHexDigit),
      let value = UInt32(hex.dropFirst(), radix: 16)
    else { return nil }
    self = .rgb(
      red: UInt8(value >> 16),
      green: UInt8(value >> 8 & 0xFF),
      blue: UInt8(value & 0xFF)
    )
  }
}

/// Text attributes, without colours.
package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let bold = Attributes(rawValue: 1)
  package static let dim = Attributes(rawValue: 2)
  package static let underline = Attributes(rawValue: 4)
  package static let reverse = Attributes(rawValue: 8)
}

/// The style of a role.
package struct Style: Hashable, Sendable {
  /// Nil leaves the colour of ordinary text.
  package var foreground: Color?
  /// Nil leaves the background of the screen.
  package var background: Color?
  package var attributes: Attributes
  /// The author's choice for terminals with 16 colours, `.standard` or 0-15, instead of the nearest
  /// colour.
  ///
  /// It is the foreground; for roles that fill their background, the bar or badge; for the screen,
  /// its background.
  package var ansi: Color?

  package init(
    foreground: Color? = nil,
    background: Color? = nil,
    attributes: Attributes = [],
    ansi: Color? = nil
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
    self.ansi = ansi
  }
}

/// A style for every role: a theme with all fallbacks resolved.
package struct StyleSheet: Hashable, Sendable {
  private var styles: [Style]

  /// Roles without a style look like ordinary text.
  package init(_ styles: [Role: Style] = [:]) {
    self.styles = Role.allCases.map { styles[$0] ?? Style() }
  }

  package subscript(role: Role) -> Style {
    get { styles[Int(role.rawValue)] }
    set { styles[Int(role.rawValue)] = newValue }
  }
}
