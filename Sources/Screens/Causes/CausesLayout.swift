import Canvas

/// The places of the causes list and the pane of the chosen cause.
struct CausesLayout: ViewLayout {
  private let split: PaneSplit

  /// - Parameters:
  ///   - area: The area between the header and the two bottom lines.
  ///   - lines: The number of causes and rules: a short list leaves more room for the pane.
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
