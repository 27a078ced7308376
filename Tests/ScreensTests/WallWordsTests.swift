import Canvas
import Health
import TestSupport
import Testing

@testable import Screens

/// What the wall says to people who can't press a key.
@Suite struct WallWordsTests {
  private static func screen(_ stage: Stage, _ width: Int, _ height: Int) -> DrawnScreen {
    stage.after(.toggleWall)
      .screen(width, height, chrome: Chrome(title: "prod", hasKeys: false))
  }

  @Test(arguments: [(140, 39), (160, 50), (100, 30), (80, 24), (60, 20)])
  func `the age of the data is said once`(size: (Int, Int)) {
    for stage in [Stage.fine(40), .incident] {
      let screen = Self.screen(stage, size.0, size.1)
      let text = screen.lines.joined(separator: "\n")
      #expect(text.matches(of: #/ago/#).count == 1, "\(screen.testDescription)")
    }
  }

  @Test(arguments: [(140, 39), (160, 50)])
  func `what to do about the first cause is under it`(size: (Int, Int)) {
    for stage in [Stage.incident, .numbers(2_000), .numbers(10_000)] {
      let screen = Self.screen(stage, size.0, size.1)
      let first = (screen.line(of: "WHAT BROKE IT") ?? 0) + 1
      #expect(screen.lines[first + 1].contains("→ "), "\(screen.testDescription)")
      #expect(screen.lines[first + 1].contains("you act"), "\(screen.testDescription)")
    }
  }

  @Test func `where not all causes have room, it says how many there are`() {
    let many = Self.screen(.scripts, 140, 39)
    let heading = many.lines.first { $0.contains("WHAT BROKE IT") } ?? ""
    let shown = many.lines.count { $0.contains("→ you act") || $0.contains("· you act") }
    #expect(heading.contains("\(shown) of 14 causes"), "\(many.testDescription)")
    let few = Self.screen(.incident, 160, 50)
    #expect(few.shows("WHAT BROKE IT") && few.doesNotShow(" causes ━"))
  }
}
