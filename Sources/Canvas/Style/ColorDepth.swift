/// How many colours a terminal can show.
package enum ColorDepth: Int, Comparable, Sendable {
  case mono
  case ansi8
  case ansi16
  case indexed256
  case truecolor

  package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The user's choice.
package enum ColorPreference: String, CaseIterable, Sendable {
  case auto
  case truecolor
  case indexed256 = "256"
  case ansi16 = "16"
  case never
}

/// A colour for curses: -1 is the terminal's own, otherwise a palette entry, or `0xRRGGBB` with
/// direct colours.
package typealias ColorNumber = Int32

extension Color {
  /// The nearest colour that a terminal of this depth can show.
  package func number(at depth: ColorDepth) -> ColorNumber {
    switch (self, depth) {
    case (.standard, _), (_, .mono): -1
    case (.indexed(let index), .indexed256): ColorNumber(index)
    case (.indexed(let index), .ansi16) where index < 16: ColorNumber(index)
    case (.indexed(let index), .ansi8) where index < 16: ColorNumber(index % 8)
    case (.indexed(let index), .truecolor) where index < 8: ColorNumber(index)
    case (_, .truecolor): directNumber
    case (_, .indexed256): XtermPalette.nearest(to: Oklab(self), among: 16..<256)
    case (_, .ansi16): XtermPalette.nearest(to: Oklab(self), among: 0..<16)
    case (_, .ansi8): XtermPalette.nearest(to: Oklab(self), among: 0..<16) % 8
    }
  }

  /// The first eight numbers of a `-direct` terminal are its palette, so the eight darkest blues
  /// move up by an invisible step.
  private var directNumber: ColorNumber {
    let (red, green, blue) = components
    return max(ColorNumber(red) << 16 | ColorNumber(green) << 8 | ColorNumber(blue), 8)
  }

  /// Red, green and blue, with xterm's values for the palette.
  var components: (red: UInt8, green: UInt8, blue: UInt8) {
    switch self {
    case .standard: (0, 0, 0)
    case .indexed(let index): XtermPalette.components(of: index)
    case .rgb(let red, let green, let blue): (red, green, blue)
    }
  }
}
