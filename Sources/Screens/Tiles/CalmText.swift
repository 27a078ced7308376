import Canvas
import Health
import Monitor

/// "All OK" in large letters, readable across a room, and in a line.
///
///     ███ █   █     █ █ ███   ███ █ █
///     █ █ █   █     █ █ █ █   █ █ ██
///     ███ █   █     ███ █ █   █ █ █
///     █ █ █   █       █ █ █   █ █ ██
///     █ █ ███ ███     █ ███   ███ █ █
///
///     ● all 40: no fault reported
struct CalmText {
  let context: DrawContext
  private let total: Int

  /// Nil unless there are numbers and all are fine.
  init?(context: DrawContext) {
    let tally = context.state.tiles.index.total
    guard tally.total > 0, tally[.available] == tally.total else { return nil }
    self.context = context
    total = tally.total
  }

  private var letters: BigText { BigText("ALL \(total) OK") }

  /// The largest letters that fit with the line below them; nil if none do.
  func scale(width: Int, height: Int) -> BigText.Scale? {
    BigText.Scale.largestFirst.first { scale in
      letters.width(scale) <= width && lines(scale) <= height
    }
  }

  func lines(_ scale: BigText.Scale?) -> Int {
    // A blank line above the letters, and one under them.
    scale.map { BigText.height * $0.rows + 3 } ?? 1
  }

  func draw(_ scale: BigText.Scale?, column: Int, on canvas: inout Canvas) {
    let column = max(column, 1)
    let line = [
      Phrase("\(context.sign(.available)) ", .statusAvailable),
      Phrase("all \(total): no fault reported", .textStrong),
    ]
    canvas.put(line, row: canvas.height - 1, column: column, width: max(canvas.width - column, 0))
    guard let scale else { return }
    let area = Rect(
      row: 1,
      column: column,
      width: canvas.width - column,
      height: BigText.height * scale.rows
    )
    canvas.within(area) { canvas in
      letters.draw(scale, role: .statusAvailable, marks: context.marks, on: &canvas)
    }
  }
}
