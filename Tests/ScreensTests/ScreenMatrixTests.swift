import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

/// What must hold on any screen: every view, in every size, over every kind of data.
///
/// With and without Unicode. How some of them look is recorded in `Screens`.
@Suite struct ScreenMatrixTests {
  static let data: [(name: String, stage: Stage)] = [
    ("no data", .noData), ("awaiting", .awaiting(512)), ("all fine", .fine(40)),
    ("an incident", .shift), ("stale", .stale), ("offline", .offline),
    ("10,000 numbers", .numbers(10_000)), ("six scripts", .scripts),
  ]
  static let views: [(name: String, commands: [Command])] = [
    ("List", []), ("Tiles", [.show(.tiles)]), ("Tree", [.open]), ("Causes", [.show(.causes)]),
    ("Events", [.showEvents]), ("Accounts", [.show(.accounts)]),
  ]
  static let sizes = [(80, 24), (120, 40), (160, 50), (60, 12), (40, 10)]

  @Test(arguments: data.indices, views.indices)
  func `a whole screen that says what it shows`(data: Int, view: Int) {
    let (kind, stage) = Self.data[data]
    let (name, commands) = Self.views[view]
    let viewed = commands.reduce(stage) { $0.after($1) }
    for (width, height) in Self.sizes {
      let screens = [Marks.unicode, .ascii].map { viewed.screen(width, height, $0) }
      for (screen, marks) in zip(screens, [Marks.unicode, .ascii]) {
        let what = "\(name), \(kind), \(width)×\(height), \(marks)"
        let check = ScreenCheck(screen, marks, what)
        check.everyCellIsWhole()
        check.headAndFooterAreThere()
        check.saysHowOldItsDataIs()
        check.marksHaveTheColourOfTheirState()
        check.oneRowHasTheCursor()
        check.columnsAreStraight()
      }
      // ASCII is another way to draw the same rows.
      let (unicode, ascii) = (screens[0], screens[1])
      guard unicode.state.route != .tiles else { continue }
      #expect(unicode.rows.places == ascii.rows.places, "\(name), \(kind) \(ascii.testDescription)")
      for row in unicode.rows.places {
        let roles = [unicode, ascii].map { $0.canvas.cells(row: row).prefix(7).map(\.role) }
        #expect(roles[0] == roles[1], "\(name), \(kind), row \(row) \(ascii.testDescription)")
      }
    }
  }
}
