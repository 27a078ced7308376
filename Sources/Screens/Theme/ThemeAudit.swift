package import Canvas

/// What a theme's colours measure: what its author says of them is checked, not believed.
///
/// The terminal's own colours are unknown; they count as white on black, black on white, or both, as
/// the theme's `appearance` has it.
package struct ThemeAudit: Sendable {
  /// Two states that somebody may take for each other, and how far apart they look to them.
  package struct Pair: Hashable, Sendable {
    package let one: Role
    package let other: Role
    package let vision: ColorVision
    /// CIE76; 15 and more is told apart.
    package let difference: Double
  }

  /// Under this two small signs look alike.
  package static let leastDifference = 15.0

  package static let states: [Role] = [
    .statusAvailable, .statusLimited, .statusBlocked, .statusUnknown, .statusStale,
  ]

  private let styles: StyleSheet
  private let screens: [Screen]

  /// The colours of letters and background that all else is seen beside.
  private struct Screen {
    let text: Color
    let background: Color
  }

  package init(of theme: Theme) {
    styles = theme.styles
    let screens =
      switch theme.file.appearance {
      case .dark: [Screen(text: .white, background: .black)]
      case .light: [Screen(text: .black, background: .white)]
      case .any:
        [Screen(text: .white, background: .black), Screen(text: .black, background: .white)]
      }
    self.screens = screens.map { screen in
      Screen(
        text: theme.styles[.text].foreground.known ?? screen.text,
        background: theme.styles[.background].background.known ?? screen.background
      )
    }
  }

  /// How well a role is read on its background, on whichever screen that is worse.
  ///
  /// - Parameters:
  ///   - role: What is read.
  ///   - isSelected: Whether it lies on the row of the cursor.
  /// - Returns: WCAG's contrast ratio, 1 to 21.
  package func contrast(of role: Role, isSelected: Bool = false) -> Double {
    let own = styles[role]
    // What fills its own background keeps it under the cursor.
    let cursor = isSelected && own.background.known == nil ? styles[.selection] : Style()
    let ratios = screens.map { screen in
      let letters = cursor.foreground.known ?? own.foreground.known ?? screen.text
      let back = own.background.known ?? cursor.background.known ?? screen.background
      return letters.contrast(with: back)
    }
    return ratios.min() ?? 1
  }

  /// The two states that are hardest to tell apart by colour; nil where colours say nothing.
  package var weakestPair: Pair? {
    let colors = Self.states.compactMap { role in color(of: role).map { (role, $0) } }
    var pairs: [Pair] = []
    for (index, one) in colors.enumerated() {
      for other in colors[(index + 1)...] {
        for vision in ColorVision.allCases {
          pairs.append(
            Pair(
              one: one.0,
              other: other.0,
              vision: vision,
              difference: vision.difference(one.1, other.1)
            )
          )
        }
      }
    }
    return pairs.min { $0.difference < $1.difference }
  }

  /// Whether everybody can tell the states apart by their colours, or nothing rests on colours.
  package var isSafeForColorBlind: Bool {
    weakestPair.map { $0.difference >= Self.leastDifference } ?? true
  }

  /// The colour that a state is known by: that of its badge where it is one.
  private func color(of role: Role) -> Color? {
    styles[role].background.known ?? styles[role].foreground.known
  }
}

extension Color? {
  /// Nil for the terminal's own colour too.
  fileprivate var known: Color? { self == .standard ? nil : self }
}
