import Canvas

/// Where the list of causes and the pane of the chosen one are on a screen of some size.
struct CausesLayout: ViewLayout {
  private let split: PaneSplit

  /// - Parameters:
  ///   - area: Between the header and the two lines at the foot.
  ///   - lines: Of causes and rules, so that a short list leaves the room to the pane.
  init(area: Rect, lines: Int) { split = PaneSplit(area: area, lines: lines) }

  func adopt(in state: inout ScreenState) { state.causes.visibleRows = split.lines.height }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    canvas.within(split.counts) { CountsView(context: context).draw(on: &$0) }
    canvas.within(split.list) { CausesView(context: context).draw(on: &$0) }
    split.drawDivider(context, on: &canvas)
    canvas.within(split.pane) { CausePane(context: context).draw(on: &$0) }
  }

  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (visible, selected) = (state.causeWindow, state.selectedCauseLine)
    return command(forPressAt: row, column, on: split.lines, visible: visible, selected: selected)
  }
}
