package import Canvas

/// The chosen theme, which may depend on the terminal's background.
package enum ThemeChoice: Sendable {
  case named(Theme)
  /// Depends on the terminal's background; only the needed theme is read.
  case byBackground(@Sendable (_ isDark: Bool) -> Theme)

  /// Whether the terminal's background is needed.
  package var dependsOnBackground: Bool {
    if case .byBackground = self { true } else { false }
  }

  /// The theme for a background; an unknown background counts as dark, as most are.
  package func theme(on background: Color?) -> Theme {
    switch self {
    case .named(let theme): theme
    case .byBackground(let theme): theme(background?.isDark != false)
    }
  }
}
