import Glibc
package import Terminal

/// What a theme's author may write for a colour.
package enum ThemeColor: Hashable, Sendable {
  case color(Color)
  /// Leaves what is there: the colour of ordinary text, the background of the screen.
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

  /// Where a terminal of 16 colours has it.
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

extension Color {
  /// Black or white, whichever is read better on this colour by WCAG's contrast.
  var readable: Color {
    let black = Color.rgb(red: 0, green: 0, blue: 0)
    let white = Color.rgb(red: 255, green: 255, blue: 255)
    return luminance > 0.179 ? black : white
  }

  /// The WCAG relative luminance, 0 to 1; what people have for the first 16 colours is guessed.
  var luminance: Double {
    switch self {
    case .standard: 0.5
    case .rgb(let red, let green, let blue): Self.luminance(red, green, blue)
    case .indexed(let index) where index < 16: Self.ansi[Int(index)]
    case .indexed(let index) where index < 232: Self.cube(Int(index) - 16)
    case .indexed(let index): Self.luminance(8 + 10 * (index - 232))
    }
  }

  private static let ansi = [
    0, 0.13, 0.35, 0.4, 0.05, 0.15, 0.4, 0.78, 0.2, 0.22, 0.72, 0.93, 0.16, 0.28, 0.79, 1,
  ]

  private static func cube(_ index: Int) -> Double {
    let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
    return luminance(steps[index / 36], steps[index / 6 % 6], steps[index % 6])
  }

  private static func luminance(_ grey: UInt8) -> Double { luminance(grey, grey, grey) }

  private static func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Double {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  private static func linear(_ component: UInt8) -> Double {
    let value = Double(component) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}
