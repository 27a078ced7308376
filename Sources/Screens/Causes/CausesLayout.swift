import Canvas

/// Where the list of causes and the pane of the chosen one are on a screen of some size.
struct CausesLayout: ViewLayout {
  private(set) var counts: Rect
  private(set) var list: Rect
  private(set) var pane: Rect
  /// The column between list and pane; nil where they aren't beside each other.
  private(set) var divider: Int?

  private static let sideBySide = 140
  /// Fewer rows than these are for the list alone.
  private static let oneAboveTheOther = 12
  private static let roomy = 24
  private static let leastPane = 8

  /// - Parameters:
  ///   - area: Between the header and the two lines at the foot.
  ///   - lines: Of causes and rules, so that a short list leaves the room to the pane.
  init(area: Rect, lines: Int) {
    (counts, list) = area.splitTop(1)
    // A blank under the counts, where there is room for one.
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

  /// Under the column heads.
  private var lines: Rect { list.splitTop(1).rest }

  func adopt(in state: inout ScreenState) {
    state.causes.visibleRows = lines.height
  }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    canvas.within(counts) { CountsView(context: context).draw(on: &$0) }
    canvas.within(list) { CausesView(context: context).draw(on: &$0) }
    if let divider {
      let sign = context.marks.vertical.unicodeScalars.first ?? " "
      let line = Rect(row: list.row, column: divider, width: 1, height: list.height)
      canvas.fill(line, role: .border, with: sign)
    }
    canvas.within(pane) { CausePane(context: context).draw(on: &$0) }
  }

  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (visible, selected) = (state.causeWindow, state.selectedCauseLine)
    return command(forPressAt: row, column, on: lines, visible: visible, selected: selected)
  }
}
