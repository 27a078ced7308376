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
    ("no data", .noData), ("all fine", .fine(40)), ("an incident", .shift), ("stale", .stale),
    ("10,000 numbers", .numbers(10_000)), ("six scripts", .numbers(28)),
  ]
  static let views: [(name: String, commands: [Command])] = [
    ("List", []), ("Tiles", [.show(.tiles)]), ("Tree", [.open]), ("Causes", [.show(.causes)]),
    ("Events", [.showEvents]),
  ]
  static let sizes = [(80, 24), (120, 40), (160, 50), (40, 10)]

  @Test(arguments: data.indices, views.indices)
  func `a whole screen that says what it shows`(data: Int, view: Int) {
    let (kind, stage) = Self.data[data]
    let (name, commands) = Self.views[view]
    let scene = commands.reduce(stage) { $0.after($1) }
    for (width, height) in Self.sizes {
      for marks in [Marks.unicode, .ascii] {
        let screen = "\(name), \(kind), \(width)×\(height), \(marks)"
        let canvas = scene.draw(width, height, marks)
        let shown = marks.isASCII ? canvas.transliterated : canvas
        expectWhole(shown, screen)
        let lines = shown.lines
        #expect(!lines[0].isEmpty && !lines[height - 1].isEmpty, "header and footer: \(screen)")
        // The age of what is shown, or that nothing is there yet.
        let age = lines.prefix(3).joined()
        let saysAge = ["polled", "ago", "OLD", "of 0", "checked"].contains { age.contains($0) }
        #expect(saysAge || scene.state.fleet.records.isEmpty, "age: \(screen)")
        let body = lines[1..<(height - 1)].filter { !$0.isEmpty }
        #expect(!body.isEmpty, "an empty view says why: \(screen)")
        if marks.isASCII {
          #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }, "ASCII: \(screen)")
        }
      }
    }
  }

  /// Nothing of a stranger's moves anything, and every wide letter has both of its cells.
  private func expectWhole(_ canvas: Canvas, _ screen: String) {
    for row in 0..<canvas.height {
      let cells = Array(canvas.cells(row: row))
      for (column, cell) in cells.enumerated() where !cell.isContinuation {
        for scalar in cell.glyph.scalars {
          #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value), "\(screen)")
        }
        let isWide = column + 1 < cells.count && cells[column + 1].isContinuation
        let text = String(String.UnicodeScalarView(cell.glyph.scalars))
        #expect(TextWidth.cells(of: text) == (isWide ? 2 : 1), "\(text): \(screen)")
      }
    }
    #expect(canvas.lines.allSatisfy { TextWidth.cells(of: $0) <= canvas.width }, "\(screen)")
  }
}
