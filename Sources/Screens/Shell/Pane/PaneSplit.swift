import Canvas

/// Where a list and the pane of its chosen line are: beside each other where there is room, else one above
/// the other, and on a low screen the list alone.
struct PaneSplit {
  private(set) var counts: Rect
  private(set) var list: Rect
  private(set) var pane: Rect
  /// The column between list and pane; nil if they aren't side by side.
  private(set) var divider: Int?

  private static let sideBySide = 140
  /// With fewer rows there is only the list.
  private static let oneAboveTheOther = 12
  private static let roomy = 24
  private static let leastPane = 8

  /// - Parameters:
  ///   - area: The area between the header and the two bottom lines.
  ///   - lines: Of the list without its heads, so that a short list leaves the room to the pane.
  init(area: Rect, lines: Int) {
    (counts, list) = area.splitTop(1)
    // A blank line under the counts, if there is room.
    if area.height >= Self.roomy { list = list.splitTop(1).rest }
    pane = Rect(row: list.row, column: list.column, width: list.width, height: 0)
    if area.width >= Self.sideBySide {
      let width = area.width * 60 / 100
      let rest: Rect
      (list, rest) = list.splitLeft(width)
      divider = width
      pane = Rect(
        row: rest.row,
        column: rest.column + 2,
        width: rest.width - 3,
        height: rest.height
      )
    } else if area.height >= Self.oneAboveTheOther {
      let most = max(list.height - Self.leastPane - 1, 3)
      let rest: Rect
      (list, rest) = list.splitTop(min(max(lines, 1) + 1, most))
      let under = rest.splitTop(1).rest
      pane = Rect(
        row: under.row,
        column: under.column + 1,
        width: under.width - 2,
        height: under.height
      )
    }
  }

  /// The rows below the column headings.
  var lines: Rect { list.splitTop(1).rest }

  func drawDivider(_ context: DrawContext, on canvas: inout Canvas) {
    guard let divider else { return }
    let sign = context.marks.vertical.unicodeScalars.first ?? " "
    let line = Rect(row: list.row, column: divider, width: 1, height: list.height)
    canvas.fill(line, role: .border, with: sign)
  }
}
