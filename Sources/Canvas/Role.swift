/// The meaning of a cell, independent of its colour.
///
/// A theme defines each role's colours by `name`; `letter` represents it in a screen as text.
package enum Role: UInt8, CaseIterable, Sendable {
  case background
  case text
  case textMuted
  case textStrong
  case accent
  case border
  case borderFocus
  case title
  case header
  case headerSort
  case selection
  case selectionInactive
  case mark
  case match
  case prompt
  case promptInvalid
  case statusAvailable
  case statusLimited
  case statusBlocked
  case statusUnknown
  case statusStale
  case statusAvailableBadge
  case statusLimitedBadge
  case statusBlockedBadge
  case statusUnknownBadge
  case statusStaleBadge
  case statusMaintenance
  case statusMuted
  case statusFlapping
  case changed
  case trendBetter
  case trendWorse
  case historyOk
  case historyLimited
  case historyBlocked
  case historyUnknown
  case historyStale
  case historyNone
  case treeLine
  case treeType
  case info
  case warning
  case error
  case barFill
  case barEmpty

  /// Its name in theme files.
  package var name: String { description.name }

  /// Represents the role in a screen as text; unique.
  package var letter: Character { description.letter }

  /// Whether a blank cell is visible, because bars and badges colour the background.
  package var isFilled: Bool {
    switch self {
    case .title, .header, .headerSort, .selection, .selectionInactive, .statusAvailableBadge,
      .statusLimitedBadge, .statusBlockedBadge, .statusUnknownBadge, .statusStaleBadge:
      true
    default: false
    }
  }

  /// The role with this name in theme files.
  package init?(name: String) {
    guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }

  private var description: (name: String, letter: Character) {
    switch self {
    case .background: ("background", "_")
    case .text: ("text", "t")
    case .textMuted: ("text.muted", "m")
    case .textStrong: ("text.strong", "s")
    case .accent: ("accent", "a")
    case .border: ("border", "b")
    case .borderFocus: ("border.focus", "f")
    case .title: ("title", "T")
    case .header: ("header", "h")
    case .headerSort: ("header.sort", "H")
    case .selection: ("selection", "S")
    case .selectionInactive: ("selection.inactive", "I")
    case .mark: ("mark", "k")
    case .match: ("match", "M")
    case .prompt: ("prompt", "p")
    case .promptInvalid: ("prompt.invalid", "P")
    case .statusAvailable: ("status.available", "g")
    case .statusLimited: ("status.limited", "w")
    case .statusBlocked: ("status.blocked", "c")
    case .statusUnknown: ("status.unknown", "u")
    case .statusStale: ("status.stale", "o")
    case .statusAvailableBadge: ("status.available.badge", "G")
    case .statusLimitedBadge: ("status.limited.badge", "W")
    case .statusBlockedBadge: ("status.blocked.badge", "C")
    case .statusUnknownBadge: ("status.unknown.badge", "U")
    case .statusStaleBadge: ("status.stale.badge", "O")
    case .statusMaintenance: ("status.maintenance", "n")
    case .statusMuted: ("status.muted", "q")
    case .statusFlapping: ("status.flapping", "F")
    case .changed: ("changed", "*")
    case .trendBetter: ("trend.better", "+")
    case .trendWorse: ("trend.worse", "-")
    case .historyOk: ("history.ok", "1")
    case .historyLimited: ("history.limited", "2")
    case .historyBlocked: ("history.blocked", "3")
    case .historyUnknown: ("history.unknown", "4")
    case .historyStale: ("history.stale", "5")
    case .historyNone: ("history.none", "0")
    case .treeLine: ("tree.line", "l")
    case .treeType: ("tree.type", "y")
    case .info: ("info", "i")
    case .warning: ("warning", "v")
    case .error: ("error", "e")
    case .barFill: ("bar.fill", "x")
    case .barEmpty: ("bar.empty", "z")
    }
  }
}
