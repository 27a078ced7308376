import Canvas
import Health
import Monitor
import TestSupport
import Testing
import Themes

@testable import Screens

/// The screens that a person reviews: each view at the sizes that matter, and each kind of data once.
///
/// What holds on any screen is in `ScreenMatrixTests`, what others are for in the tests of their view.
@Suite struct RecordedScreenTests {
  struct Recording: Sendable, CustomTestStringConvertible {
    let name: String
    let stage: Stage
    let marks: Marks

    init(_ name: String, _ stage: Stage, _ marks: Marks = .unicode) {
      self.name = name
      self.stage = stage
      self.marks = marks
    }

    var testDescription: String { name }

    /// Its name ends with it.
    var size: (width: Int, height: Int) {
      let size = name.split(separator: "-").last ?? ""
      let sides = size.split(separator: "x").compactMap { Int($0) }
      return (sides.first ?? 0, sides.last ?? 0)
    }
  }

  static let list = [
    Recording("list-80x24", .incident),
    Recording("list-160x50", .incident),
    Recording("list-60x12", .incident),
    Recording("list-ascii-80x24", .incident, .ascii),
    Recording("fine-80x24", .fine(40)),
    Recording("unconfirmed-80x24", .unconfirmed),
    Recording("unconfirmed-ascii-80x24", .unconfirmed, .ascii),
    Recording("unconfirmed-160x50", .unconfirmed),
    Recording("flapping-80x24", .flapping),
    Recording("flapping-ascii-80x24", .flapping, .ascii),
    Recording("flapping-160x50", .flapping),
    Recording("stale-80x24", .stale),
    Recording("filter-80x24", .incident.after(.startFilter, .editFilter(.insert("acme")))),
    Recording("scripts-120x40", .numbers(28).after(.reverseSort)),
  ]

  static let tiles = [
    Recording("tiles-80x24", .incident.after(.show(.tiles))),
    Recording("tiles-160x50", .incident.after(.show(.tiles))),
    Recording("tiles-unconfirmed-160x50", .unconfirmed.after(.show(.tiles))),
    Recording("tiles-60x12", .incident.after(.show(.tiles))),
    Recording("tiles-ascii-120x40", .incident.after(.show(.tiles)), .ascii),
    Recording("tiles-fine-160x50", .fine(40).after(.show(.tiles))),
    Recording("tiles-2000-120x40", .numbers(2000).after(.show(.tiles))),
    Recording("tiles-wall-160x50", .incident.after(.toggleWall)),
  ]

  static let tree = [
    Recording("tree-80x24", .incident.after(.open, .move(.down))),
    Recording("tree-160x50", .incident.after(.open, .move(.down))),
    Recording("tree-60x30", .incident.after(.open, .move(.down))),
    Recording("tree-ascii-80x24", .incident.after(.open, .move(.down)), .ascii),
    Recording(
      "detail-80x24",
      .incident.after(.open, .move(.down), .toggleZoom)
        .after(.scrollDetail(.down), .scrollDetail(.down))
    ),
  ]

  static let causes = [
    Recording("causes-flapping-80x24", .flapping.after(.show(.causes))),
    Recording("events-flapping-80x24", .flapping.after(.showEvents)),
    Recording("causes-unconfirmed-80x24", .unconfirmed.after(.show(.causes))),
    Recording("causes-80x24", .incident.after(.show(.causes))),
    Recording("causes-160x50", .incident.after(.show(.causes))),
    Recording("causes-inverted-80x24", .incident.after(.show(.causes), .invertTree)),
  ]

  static let events = [
    Recording("events-80x24", .shift.after(.showEvents)),
    Recording("events-160x50", .shift.after(.showEvents)),
    Recording(
      "events-unfolded-80x24",
      .shift.after(.showEvents)
        .after(
          .olderIncident,
          .olderIncident,
          .olderIncident,
          .olderIncident,
          .olderIncident,
          .open
        )
    ),
  ]

  static let overlays = [
    Recording("help-120x60", .incident.after(.help)),
    Recording("sort-80x24", .incident.after(.openSortMenu, .move(.down))),
    Recording(
      "command-80x24",
      .incident.after(.toggleMark, .toggleMark, .move(.up), .typeCommand("so"))
    ),
    Recording("raw-80x30", .hostileAnswer.after(.showRawAnswer)),
  ]

  @Test(arguments: list + tiles + tree + causes + events + overlays)
  func `a screen is as it was when a person looked at it`(recording: Recording) {
    let size = recording.size
    expectScreen(recording.stage.draw(size.width, size.height, recording.marks), recording.name)
  }

  @Test func `a terminal without colours says states by attributes`() throws {
    let styles = try #require(try Theme(named: "mono")).styles
    expectScreen(Stage.incident.draw(80, 24), "list-mono-80x24", attributesOf: styles)
  }
}
