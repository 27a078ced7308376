package import Canvas

/// Measures a theme's colours, to verify its author's claims.
///
/// The terminal's own colours are unknown; they count as white on black, black on white, or both,
/// depending on the theme's `appearance`.
package struct ThemeAudit: Sendable {
  /// Two states that may look alike to somebody, and the difference as they see it.
  package struct Pair: Hashable, Sendable {
    package let one: Role
    package let other: Role
    package let vision: ColorVision
    /// CIE76; 15 and more can be told apart.
    package let difference: Double
  }

  /// Below this, two small signs look alike.
  package static let leastDifference = 15.0

  package static let states: [Role] = [
    .statusAvailable, .statusLimited, .statusBlocked, .statusUnknown, .statusStale,
  ]

  private let styles: StyleSheet
  private let screens: [Screen]

  /// The default text and background colours.
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

  /// The contrast of a role with its background, on the worse of the possible screens.
  ///
  /// - Parameters:
  ///   - role: The role of the text.
  ///   - isSelected: Whether it is on the cursor's row.
  /// - Returns: WCAG's contrast ratio, 1 to 21.
  package func contrast(of role: Role, isSelected: Bool = false) -> Double {
    let own = styles[role]
    // A filled background stays under the cursor.
    let cursor = isSelected && own.background.known == nil ? styles[.selection] : Style()
    let ratios = screens.map { screen in
      let letters = cursor.foreground.known ?? own.foreground.known ?? screen.text
      let back = own.background.known ?? cursor.background.known ?? screen.background
      return letters.contrast(with: back)
    }
    return ratios.min() ?? 1
  }

  /// The two states whose colours are most similar; nil without colours.
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

  /// Whether everybody can tell the states apart by colour, or colours are not used.
  package var isSafeForColorBlind: Bool {
    weakestPair.map { $0.difference >= Self.leastDifference } ?? true
  }

  /// The colour of a state: of its badge if it has one.
  private func color(of role: Role) -> Color? {
    styles[role].background.known ?? styles[role].foreground.known
  }
}

extension Color? {
  /// Nil for the terminal's own colour too.
  fileprivate var known: Color? { self == .standard ? nil : self }
}
