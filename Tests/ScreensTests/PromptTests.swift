import Canvas
import TestSupport
import Testing

@testable import Screens

/// What stands in the prompt while a filter is typed.
@Suite struct PromptTests {
  private static func line(_ text: String, width: Int = 80) -> (text: String, roles: String) {
    let stage = Stage.incident.after(.startFilter, .editFilter(.insert(text)))
    let canvas = stage.draw(width, 24)
    return (canvas.lines[22], canvas.roles[22])
  }

  @Test(arguments: [
    ("s:bloked", #" /s:bloked_  there is no status "bloked"; did you mean "blocked"?"#),
    ("statsu:b", #" /statsu:b_  there is no field "statsu"; did you mean "status"?"#),
    ("acme (", " /acme (_  a search term is missing here"),
    ("s:b !@muted", " /s:b !@muted_  status blocked, and not muted "),
    ("acme", " /acme_"), ("zzz", " /zzz_  no number matches"), ("", " /_"),
  ])
  func `behind what is typed stands what is wrong or how it was understood`(
    text: String,
    line: String
  ) {
    #expect(Self.line(text).text.hasPrefix(line))
  }

  @Test(arguments: [("acme s:bloked", 9..<15), ("s:", 4..<5), ("(acme", 2..<3)])
  func `what is wrong has the prompt's colour for it`(text: String, cells: Range<Int>) {
    let roles = Array(Self.line(text).roles)
    let invalid = Role.promptInvalid.letter
    #expect(roles.indices.filter { roles[$0] == invalid } == Array(cells))
  }

  @Test func `a long filter leaves room for what is wrong with it, on any width`() {
    let long = String(repeating: "acme ", count: 30) + "s:bloked"
    #expect(Self.line(long).text.contains("s:bloked_  there is no status"))
    for width in 20...90 { _ = Self.line(long, width: width) }
    #expect(Self.line("\u{1B}[31m:x", width: 80).text.unicodeScalars.allSatisfy { $0.value >= 32 })
  }

  @Test func `the words of a filter are shown where they stand, and no others`() {
    let stage = Stage.incident.after(.filter("acme !shop s:b"))
    let canvas = stage.draw(80, 24)
    let row = canvas.lines.firstIndex { $0.contains("Acme 1") } ?? 0
    let matched = zip(canvas.lines[row], canvas.roles[row]).filter { $0.1 == Role.match.letter }
    #expect(String(matched.map(\.0)) == "Acme")
  }
}
