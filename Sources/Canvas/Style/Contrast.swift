extension Color {
  /// The contrast ratio of two colours, 1 to 21 (WCAG 2.2).
  ///
  /// The terminal's own colours count as black, so use it only for known colours.
  package func contrast(with other: Color) -> Double {
    let luminances = [LinearRGB(self).luminance, LinearRGB(other).luminance]
    let (dark, light) = (min(luminances[0], luminances[1]), max(luminances[0], luminances[1]))
    return (light + 0.05) / (dark + 0.05)
  }

  /// Black or white, whichever is more readable on this colour.
  package var readable: Color {
    contrast(with: .black) >= contrast(with: .white) ? .black : .white
  }

  /// Whether light text is more readable on it than dark text.
  package var isDark: Bool { readable == .white }

  package static let black = Color.rgb(red: 0, green: 0, blue: 0)
  package static let white = Color.rgb(red: 255, green: 255, blue: 255)
}
