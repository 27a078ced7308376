import Canvas
import Foundation
import Testing
import Themes

@testable import Screens

@Suite struct ThemeTests {
  @Test func `the list of themes is what the folder holds`() throws {
    let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "themes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    #expect(files.sorted() == Themes.all.map { "\($0.name).yaml" }.sorted())
    let licenses = try String(contentsOf: folder.appending(path: "LICENSES"), encoding: .utf8)
    for file in files { #expect(licenses.contains(file)) }
  }

  @Test(arguments: Themes.all.map(\.name))
  func `every theme is read and complete`(name: String) throws {
    let theme = try #require(try Theme(named: name))
    let optional = Role.allCases.filter { "\($0)".hasSuffix("Badge") }
    let missing = Set(Role.allCases).subtracting(theme.file.roles.keys).subtracting(optional)
    #expect(missing.isEmpty)
    #expect(theme.file.title?.isEmpty == false)
    #expect(theme.file.license?.isEmpty == false)
  }

  @Test func `an unknown theme is none`() throws {
    #expect(try Theme(named: "no-such-theme") == nil)
  }

  @Test func `mono has no colours and says states by attributes`() throws {
    let styles = try #require(try Theme(named: "mono")).styles
    for role in Role.allCases {
      #expect([nil, .standard].contains(styles[role].foreground), "\(role)")
      #expect([nil, .standard].contains(styles[role].background), "\(role)")
    }
    #expect(styles[.statusBlocked].attributes == [.bold, .reverse])
    #expect(styles[.statusLimited].attributes == .bold)
    #expect(styles[.statusUnknown].attributes == .underline)
    #expect(styles[.statusStale].attributes == .dim)
    #expect(styles[.statusAvailable].attributes == [])
    #expect(styles[.selection].attributes == .reverse)
  }

  @Test func `dark's states differ from each other, and so do their badges`() throws {
    let styles = try #require(try Theme(named: "dark")).styles
    let states: [Role] = [
      .statusAvailable, .statusLimited, .statusBlocked, .statusUnknown, .statusStale,
    ]
    let badges: [Role] = [
      .statusAvailableBadge, .statusLimitedBadge, .statusBlockedBadge, .statusUnknownBadge,
      .statusStaleBadge,
    ]
    #expect(Set(states.map { styles[$0].foreground }).count == states.count)
    #expect(Set(badges.map { styles[$0].background }).count == badges.count)
  }

  @Test func `an empty theme falls back all the way`() throws {
    let styles = Theme(name: "empty", file: try ThemeFile(reading: "", path: "empty.yaml")).styles
    #expect(styles[.statusBlocked].foreground == .indexed(1))
    #expect(styles[.error] == styles[.statusBlocked])
    #expect(styles[.textMuted].attributes == .dim)
    #expect(styles[.treeLine] == styles[.border])
    #expect(styles[.headerSort].attributes == [.bold, .reverse, .underline])
  }

  @Test func `one colour for the background is the screen's, not that of letters`() throws {
    let text = "roles: { background: \"#282828\" }"
    let file = try ThemeFile(reading: text, path: "t.yaml")
    #expect(Theme(name: "t", file: file).styles[.background].background == Color(hex: "#282828"))
  }

  @Test func `a state that is a label is its own badge`() throws {
    let text = "roles: { status.limited: { fg: \"#000000\", bg: \"#ffc53d\" } }"
    let styles = Theme(name: "t", file: try ThemeFile(reading: text, path: "t.yaml")).styles
    #expect(styles[.statusLimitedBadge] == styles[.statusLimited])
  }

  @Test(arguments: [("#f0e442", 0), ("#d55e00", 0), ("#0072b2", 255), ("#202020", 255)])
  func `a badge is read by contrast`(color: String, grey: UInt8) throws {
    let text = "roles: { status.limited: \"\(color)\" }"
    let styles = Theme(name: "t", file: try ThemeFile(reading: text, path: "t.yaml")).styles
    #expect(styles[.statusLimitedBadge].background == Color(hex: color))
    #expect(styles[.statusLimitedBadge].foreground == .rgb(red: grey, green: grey, blue: grey))
  }

  @Test(
    arguments: [
      ("text: \"#ebdbb2\"", Color.rgb(red: 235, green: 219, blue: 178)),
      ("text: 208", .indexed(208)), ("text: red", .indexed(1)), ("text: Bright-Blue", .indexed(12)),
      ("text: default", .standard), ("text: $warm", .rgb(red: 255, green: 128, blue: 0)),
      ("text: { fg: $warm }", .rgb(red: 255, green: 128, blue: 0)),
    ]
  )
  func `a colour can be said in many ways`(role: String, color: Color) throws {
    let text = "roles:\n  \(role)\npalette: { warm: \"#ff8000\" }"
    #expect(try ThemeFile(reading: text, path: "t.yaml").roles[.text]?.foreground == .color(color))
  }

  @Test(
    arguments: [
      ("roles:\n  text: #ebdbb2\n", "t.yaml:2:8: the colour is missing; quote a hex colour"),
      ("roles:\n  text: \"#ebd\"\n", "t.yaml:2:9: `#ebd` is not a colour"),
      ("roles:\n  text: $warm\n", "t.yaml:2:9: the palette has no `warm`"),
      ("roles:\n  txt: red\n", "t.yaml:2:3: `txt` is not a role; did you mean `text`?"),
      ("roles:\n  text: { fg: red, attr: shiny }\n", "t.yaml:2:26: `shiny` is not one of bold"),
      ("roles:\n  text: { color: red }\n", "t.yaml:2:11: `color` is not one of fg, bg, attr, ansi"),
      ("roles:\n  text: { ansi: 208 }\n", "t.yaml:2:17: ansi must be one of 16 colours"),
      ("meta:\n  appearance: pink\n", "t.yaml:2:15: appearance must be dark, light or any"),
      ("meta:\n  colorblind_safe: maybe\n", "t.yaml:2:20: colorblind_safe must be true or false"),
      ("meta: [a]\n", "t.yaml:1:7: meta is a list of `key: value` lines"),
      ("colors: {}\n", "t.yaml:1:1: `colors` is not one of meta, palette, roles"),
      ("roles:\n  text: [\n", "t.yaml:"),
      ("roles:\n  text: red\n  text: blue\n", "t.yaml:"),
    ]
  )
  func `a mistake is named with its place`(text: String, message: String) throws {
    let error = #expect(throws: ThemeError.self) { try ThemeFile(reading: text, path: "t.yaml") }
    #expect(try #require(error).description.hasPrefix(message), "\(String(describing: error))")
  }
}
