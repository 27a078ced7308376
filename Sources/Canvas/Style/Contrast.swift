extension Color {
  /// How well this is read on the other or the other on this, 1 to 21 (WCAG 2.2, contrast ratio).
  ///
  /// The terminal's own colours count as black: ask only about colours that are known.
  package func contrast(with other: Color) -> Double {
    let luminances = [LinearRGB(self).luminance, LinearRGB(other).luminance]
    let (dark, light) = (min(luminances[0], luminances[1]), max(luminances[0], luminances[1]))
    return (light + 0.05) / (dark + 0.05)
  }

  /// Black or white, whichever is read better on this colour.
  package var readable: Color {
    contrast(with: .black) >= contrast(with: .white) ? .black : .white
  }

  /// Whether it is a background on which light text is read better than dark.
  package var isDark: Bool { readable == .white }

  package static let black = Color.rgb(red: 0, green: 0, blue: 0)
  package static let white = Color.rgb(red: 255, green: 255, blue: 255)
}
