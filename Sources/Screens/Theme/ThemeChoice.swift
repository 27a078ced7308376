package import Canvas

/// The theme that was asked for, which may depend on a terminal that has not spoken yet.
package enum ThemeChoice: Sendable {
  case named(Theme)
  /// Whichever suits the background of the terminal; the other one is not even read.
  case byBackground(@Sendable (_ isDark: Bool) -> Theme)

  /// Whether it is worth asking the terminal for its background.
  package var dependsOnBackground: Bool {
    if case .byBackground = self { true } else { false }
  }

  /// The theme for a terminal of this background; one that says nothing is dark, as most are.
  package func theme(on background: Color?) -> Theme {
    switch self {
    case .named(let theme): theme
    case .byBackground(let theme): theme(background?.isDark != false)
    }
  }
}
