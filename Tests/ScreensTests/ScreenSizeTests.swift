import Canvas
import TestSupport
import Testing

@testable import Screens

@Suite struct ScreenSizeTests {
  /// All around the widths at which a layout changes, and some between.
  private static let widths = [
    1, 2, 3, 5, 8, 12, 20, 29, 31, 32, 33, 38, 39, 40, 41, 45, 46, 47, 52, 58, 59, 60, 61, 64, 68,
    72, 75, 76, 77, 80, 84, 100, 119, 120, 139, 140, 179, 180, 200,
  ]
  private static let heights = [1, 2, 3, 7, 8, 9, 13, 14, 19, 20, 24, 60]

  private static let stages: [(String, Stage)] = [
    ("list", Stage.incident),
    ("tree", Stage.incident.after(.open, .move(.down))),
    ("detail", Stage.incident.after(.open, .toggleZoom)),
    ("help", Stage.incident.after(.help)),
    ("sort", Stage.incident.after(.openSortMenu)),
    ("typing", Stage.incident.after(.startFilter, .editFilter(.insert("a")))),
    ("panned", Stage.incident.after(.right, .right)),
    ("wide", Stage.incident.after(.toggleWideColumns)),
    ("empty", Stage.noData),
    ("tiles", Stage.incident.after(.show(.tiles))),
    ("many tiles", Stage.numbers(2000).after(.show(.tiles))),
    ("wall", Stage.stale.after(.toggleWall)),
    ("wall that is asked to end", Stage.incident.after(.toggleWall, .askToQuit)),
    ("empty tiles", Stage.noData.after(.show(.tiles))),
  ]

  @Test(arguments: stages.indices)
  func `any size can be drawn, in ASCII with nothing but ASCII`(index: Int) {
    let (name, stage) = Self.stages[index]
    for width in Self.widths {
      for height in Self.heights {
        let canvas = stage.draw(width, height, .ascii, chrome: Chrome())
        #expect(canvas.size == Rect(row: 0, column: 0, width: width, height: height))
        let isASCII = canvas.cells.allSatisfy { $0.glyph.isASCII && !$0.isContinuation }
        #expect(isASCII, "\(name) at \(width)×\(height)")
      }
    }
  }

  @Test(arguments: [(1, 1), (1, 60), (400, 1), (400, 120), (0, 0), (-3, 5)])
  func `absurd sizes too`(width: Int, height: Int) {
    for (_, stage) in Self.stages {
      let canvas = stage.draw(width, height, .unicode, chrome: Chrome())
      #expect(canvas.size.width == max(width, 0) && canvas.size.height == max(height, 0))
    }
  }

  @Test func `the cursor is in sight at every size of the list`() {
    let stage = Stage.numbers(100).after(.move(.bottom), .move(.up))
    for width in [40, 59, 60, 80, 139, 140, 200] {
      for height in 8...40 {
        let marked = stage.draw(width, height).lines.filter { $0.hasPrefix(">") }
        #expect(marked.count == 1, "\(width)×\(height)")
      }
    }
  }

  @Test func `the room that is reported is the room that is used`() {
    var stage = Stage.numbers(100)
    let rows = stage.layOut(80, 24).canvas.lines.filter { $0.contains("+1") }
    #expect(rows.count == stage.state.list.visibleRows)
  }
}
