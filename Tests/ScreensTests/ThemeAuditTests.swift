import Testing
import Themes

@testable import Canvas
@testable import Screens

/// Every theme is measured.
///
/// The floors are WCAG's own: 4.5 for text, 3 for bold letters (which it counts as large) and for
/// shapes that carry meaning. Colours that fall short in a palette are used as the fill of a label,
/// or lightened or darkened until they don't; none is excused.
struct ThemeAuditTests {
  static let names = Themes.all.map(\.name)

  /// What is read word by word.
  static let words: [Role] = [
    .text, .textStrong, .accent, .title, .header, .headerSort, .prompt, .promptInvalid, .match,
    .mark,
    .statusAvailable, .statusLimited, .statusBlocked, .statusUnknown, .statusFlapping,
    .statusMaintenance, .statusAvailableBadge, .statusLimitedBadge, .statusBlockedBadge,
    .statusUnknownBadge, .statusStaleBadge, .trendBetter, .trendWorse, .info, .warning, .error,
  ]

  /// What is quiet on purpose, and the shapes.
  static let quiet: [Role] = [
    .textMuted, .statusStale, .statusMuted, .treeType, .historyLimited, .historyBlocked,
    .historyUnknown, .historyStale, .barFill,
  ]

  @Test(arguments: names)
  func `every theme can be read`(name: String) throws {
    let theme = try #require(try Theme(named: name))
    let audit = ThemeAudit(of: theme)
    for role in Self.words {
      let floor = theme.styles[role].attributes.contains(.bold) ? 3.0 : 4.5
      #expect(audit.contrast(of: role) >= floor, "\(role.name) \(audit.contrast(of: role))")
    }
    for role in Self.quiet {
      #expect(audit.contrast(of: role) >= 3, "\(role.name) \(audit.contrast(of: role))")
    }
  }

  @Test(arguments: names)
  func `every theme can be read under the cursor`(name: String) throws {
    let theme = try #require(try Theme(named: name))
    let audit = ThemeAudit(of: theme)
    for role in Self.words + [.textMuted, .statusStale, .historyBlocked, .historyLimited] {
      let contrast = audit.contrast(of: role, isSelected: true)
      #expect(contrast >= 3, "\(role.name) \(contrast)")
    }
  }

  @Test(arguments: names, [ColorDepth.truecolor, .indexed256])
  func `the cursor's row is not a second header`(name: String, depth: ColorDepth) throws {
    let styles = try #require(try Theme(named: name)).styles
    let table = StyleTable(of: styles, depth: depth, capacity: 1000)
    let header = table.style(of: Cell(glyph: Glyph(" "), role: .header))
    var cursor = Cell(glyph: Glyph(" "), role: .text)
    cursor.isSelected = true
    let chosen = table.style(of: cursor)
    let backgrounds = [header, chosen].map { table.pairs[Int($0.pair)].background }
    #expect(backgrounds[0] != backgrounds[1] || header.attributes != chosen.attributes)
  }

  @Test(arguments: names)
  func `block characters are seen: no role that draws them fills its cell`(name: String) throws {
    let styles = try #require(try Theme(named: name)).styles
    let blocks: Set<Unicode.Scalar> = ["█", "▌", "▄", "▀", "▁", "▂", "▃", "▅", "▆", "▇", "▐", "░"]
    let stages = [
      Stage.incident, .incident.after(.show(.tiles)), .incident.after(.show(.causes)),
      .shift.after(.showEvents), .incident.after(.toggleWall),
    ]
    for stage in stages {
      for cell in stage.draw(160, 50).cells where blocks.contains(cell.glyph.base) {
        let style = styles[cell.role]
        let fills = style.attributes.contains(.reverse) || style.background != nil
        #expect(!fills, "\(cell.glyph.base) in \(cell.role.name)")
      }
    }
  }

  @Test(arguments: names)
  func `no theme is called safe for the colour-blind that isn't`(name: String) throws {
    let theme = try #require(try Theme(named: name))
    let audit = ThemeAudit(of: theme)
    #expect(
      theme.file.isSafeForColorBlind == audit.isSafeForColorBlind,
      "\(String(describing: audit.weakestPair))"
    )
  }

  @Test(arguments: names)
  func `a healthy row is quiet and the lines are quieter than words`(name: String) throws {
    let theme = try #require(try Theme(named: name))
    let audit = ThemeAudit(of: theme)
    #expect(audit.contrast(of: .textMuted) <= audit.contrast(of: .text))
    #expect(audit.contrast(of: .historyOk) <= audit.contrast(of: .historyBlocked))
    #expect(audit.contrast(of: .border) <= audit.contrast(of: .textMuted))
  }

  @Test(arguments: [
    "colorblind-dark", "colorblind-light", "high-contrast", "mono", "dark", "light",
  ])
  func `our own themes are safe for the colour-blind`(name: String) throws {
    #expect(try #require(try Theme(named: name)).file.isSafeForColorBlind)
  }

  @Test func `a false claim is found out`() throws {
    let text = """
      meta: { appearance: dark, colorblind_safe: true }
      roles: { status.available: "#859900", status.limited: "#b58900" }
      """
    let theme = Theme(name: "t", file: try ThemeFile(reading: text, path: "t.yaml"))
    let weakest = try #require(ThemeAudit(of: theme).weakestPair)
    #expect(theme.file.isSafeForColorBlind)
    #expect(!ThemeAudit(of: theme).isSafeForColorBlind)
    #expect(weakest.difference < 5)
  }

  @Test func `what a theme leaves to the terminal counts as its appearance says`() throws {
    let text = "meta: { appearance: light }\nroles: { text.muted: \"#777777\" }"
    let theme = Theme(name: "t", file: try ThemeFile(reading: text, path: "t.yaml"))
    #expect(abs(ThemeAudit(of: theme).contrast(of: .textMuted) - 4.48) < 0.01)
    #expect(ThemeAudit(of: theme).contrast(of: .text) == 21)
  }
}
