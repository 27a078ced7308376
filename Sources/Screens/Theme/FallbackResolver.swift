import Canvas

/// Resolves the fallbacks of roles that a theme omits.
///
/// The chains end in colours of the terminal's palette, so a theme may be empty.
struct FallbackResolver {
  private let file: ThemeFile
  private var known: [Role: Style] = [:]

  init(file: ThemeFile) { self.file = file }

  mutating func style(of role: Role) -> Style {
    if let style = known[role] { return style }
    let style = file.roles[role].map(Style.init) ?? fallback(of: role)
    known[role] = style
    return style
  }

  private mutating func fallback(of role: Role) -> Style {
    switch role {
    case .background: Style(background: .standard)
    case .text: Style(foreground: .standard)
    case .textMuted: style(of: .text, adding: .dim)
    case .textStrong: style(of: .text, adding: .bold)
    case .accent: .ansi(6)
    case .border, .treeType, .barEmpty: style(of: .textMuted)
    case .borderFocus, .mark, .info, .barFill: style(of: .accent)
    case .title, .header: style(of: .textStrong, adding: .reverse)
    case .headerSort: style(of: .header, adding: .underline)
    case .selection: Style(attributes: .reverse)
    case .selectionInactive, .changed: Style(attributes: .bold)
    case .match: style(of: .accent, adding: .underline)
    case .prompt: style(of: .text)
    case .promptInvalid: style(of: .error)
    case .treeLine: style(of: .border)
    case .warning: style(of: .statusLimited)
    case .error: style(of: .statusBlocked)
    case .trendBetter: style(of: .statusAvailable)
    case .trendWorse: style(of: .statusBlocked)
    default: statusFallback(of: role)
    }
  }

  private mutating func statusFallback(of role: Role) -> Style {
    switch role {
    case .statusAvailable: .ansi(2)
    case .statusLimited: .ansi(3)
    case .statusBlocked: .ansi(1)
    case .statusUnknown: .ansi(5)
    case .statusStale, .statusMuted: Style(attributes: .dim)
    case .statusMaintenance: .ansi(4)
    case .statusFlapping: style(of: .statusLimited, adding: .underline)
    case .statusAvailableBadge: badge(of: .statusAvailable)
    case .statusLimitedBadge: badge(of: .statusLimited)
    case .statusBlockedBadge: badge(of: .statusBlocked)
    case .statusUnknownBadge: badge(of: .statusUnknown)
    case .statusStaleBadge: badge(of: .statusStale)
    case .historyOk: style(of: .statusAvailable)
    case .historyLimited: style(of: .statusLimited)
    case .historyBlocked: style(of: .statusBlocked)
    case .historyUnknown: style(of: .statusUnknown)
    case .historyStale, .historyNone: style(of: .statusStale)
    default: style(of: .text)
    }
  }

  private mutating func style(of role: Role, adding attributes: Attributes) -> Style {
    var style = style(of: role)
    style.attributes.formUnion(attributes)
    return style
  }

  /// The status' colour as the background of black or white text; without a colour, reversed.
  ///
  /// A status with a filled background already is a badge.
  private mutating func badge(of role: Role) -> Style {
    var style = style(of: role)
    if let ground = style.background, ground != .standard { return style }
    guard let color = style.foreground, color != .standard, !style.attributes.contains(.reverse)
    else {
      style.attributes.formUnion(.reverse)
      return style
    }
    return Style(
      foreground: color.readable,
      background: color,
      attributes: style.attributes.union(.bold),
      ansi: style.ansi ?? ThemeColor.color(color).ansi
    )
  }
}

extension Style {
  fileprivate init(_ look: ThemeFile.RoleStyle) {
    self.init(
      foreground: look.foreground?.color,
      background: look.background?.color,
      attributes: look.attributes,
      ansi: look.ansi
    )
  }

  /// One of the terminal's first eight colours.
  fileprivate static func ansi(_ index: UInt8) -> Style { Style(foreground: .indexed(index)) }
}
