import Canvas
import Health
import TestSupport
import Testing

@testable import Screens

@Suite struct CausesScreenTests {
  private static let sizes = [(80, 24), (120, 40), (160, 50), (40, 10)]

  @Test(arguments: sizes, [Marks.unicode, .ascii])
  func `what explains an incident`(size: (Int, Int), marks: Marks) {
    let stage = Stage.incident.after(.show(.causes))
    expectScreen(stage.draw(size.0, size.1, marks), name("causes", size, marks))
  }

  @Test func `the cause under the cursor has the pane`() {
    let stage = Stage.incident.after(.show(.causes), .move(.bottom))
    expectScreen(stage.draw(80, 24), "causes-ours-80x24")
    expectScreen(
      Stage.incident.after(.show(.causes), .move(.bottom), .move(.up), .move(.up)).draw(80, 24),
      "causes-templates-80x24"
    )
  }

  @Test func `nothing is known yet`() {
    expectScreen(Stage.noData.after(.show(.causes)).draw(80, 24), "causes-no-data-80x24")
  }

  @Test func `all fine is quiet`() {
    expectScreen(Stage.fine(40).after(.show(.causes)).draw(80, 24), "causes-fine-80x24")
  }

  @Test func `old answers explain nothing for certain`() {
    expectScreen(Stage.stale.after(.show(.causes)).draw(80, 24), "causes-stale-80x24")
  }

  @Test func `nobody can be reached: one cause`() {
    expectScreen(Stage.offline.after(.show(.causes)).draw(80, 24), "causes-offline-80x24")
  }

  @Test func `of ten thousand numbers the causes in sight`() {
    let stage = Stage.numbers(10_000).after(.show(.causes))
    expectScreen(stage.draw(120, 40), "causes-many-120x40")
    expectScreen(stage.after(.open).draw(80, 24), "causes-many-inverted-80x24")
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `names in many scripts keep the columns straight`(marks: Marks) {
    let stage = Stage.scripts.after(.show(.causes))
    expectScreen(stage.draw(80, 24, marks), name("causes-scripts", (80, 24), marks))
  }

  @Test(arguments: sizes, [Marks.unicode, .ascii])
  func `an entity with the numbers that hang on it`(size: (Int, Int), marks: Marks) {
    let stage = Stage.incident.after(.show(.causes), .invertTree)
    expectScreen(stage.draw(size.0, size.1, marks), name("causes-inverted", size, marks))
  }

  @Test func `templates by their business accounts`() {
    let stage = Stage.incident.after(.show(.causes), .move(.bottom), .move(.up), .move(.up), .open)
    expectScreen(stage.draw(80, 24), "causes-inverted-templates-80x24")
  }

  @Test func `a business with its accounts, from a number's tree`() {
    let stage = Stage.incident
      .after(.open, .move(.bottom), .move(.up), .move(.up), .invertTree)
    expectScreen(stage.draw(120, 40), "causes-inverted-business-120x40")
  }
}

func name(_ name: String, _ size: (Int, Int), _ marks: Marks) -> String {
  "\(name)\(marks.isASCII ? "-ascii" : "")-\(size.0)x\(size.1)"
}
