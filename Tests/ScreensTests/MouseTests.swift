import Canvas
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct MouseTests {
  private func answer(
    _ kind: MouseEvent.Kind,
    _ row: Int,
    _ column: Int,
    _ stage: Stage = .incident
  )
    -> Command?
  {
    var stage = stage
    let layout = stage.layOut(80, 24).layout
    return layout.command(for: MouseEvent(kind, row: row, column: column), in: stage.state)
  }

  @Test func `a click selects a row, and one on the selected row opens it`() throws {
    let lines = Stage.incident.draw(80, 24).lines
    let first = try #require(lines.firstIndex { $0.hasPrefix(">") })
    #expect(answer(.press, first + 2, 30) == .select(visibleRow: 2))
    #expect(answer(.press, first, 0) == .open)
  }

  @Test(arguments: [(0, 5), (1, 5), (4, 30), (21, 5), (22, 5), (23, 5), (99, 5), (-1, 5)])
  func `a click beside the rows does nothing`(row: Int, column: Int) {
    #expect(answer(.press, row, column) == nil)
  }

  @Test func `below the last row there is nothing to click`() {
    let lines = Stage.fine(3).draw(80, 24).lines
    let last = lines.lastIndex { $0.contains("OK") } ?? 0
    #expect(answer(.press, last, 5, .fine(3)) == .select(visibleRow: 2))
    #expect(answer(.press, last + 1, 5, .fine(3)) == nil)
  }

  @Test func `the tree's lines can be clicked, its detail not`() {
    let tree = Stage.incident.after(.open)
    #expect(answer(.press, 4, 10, tree) == .select(visibleRow: 1))
    #expect(answer(.press, 3, 10, tree) == .open)
    #expect(answer(.press, 4, 70, tree) == nil)
  }

  @Test func `the wheel scrolls whatever is there`() {
    #expect(answer(.wheelDown, 0, 0) == .scroll(3))
    #expect(answer(.wheelUp, 12, 40, Stage.incident.after(.help)) == .scroll(-3))
    #expect(answer(.press, 12, 40, Stage.incident.after(.help)) == nil)
  }
}
