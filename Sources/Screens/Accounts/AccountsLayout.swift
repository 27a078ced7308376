import Canvas

/// Where the list of accounts and the pane of the chosen one are on a screen of some size.
struct AccountsLayout: ViewLayout {
  private let split: PaneSplit

  init(area: Rect, lines: Int) { split = PaneSplit(area: area, lines: lines) }

  func adopt(in state: inout ScreenState) { state.accounts.visibleRows = split.lines.height }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    canvas.within(split.counts) { CountsView(context: context).draw(on: &$0) }
    canvas.within(split.list) { AccountsView(context: context).draw(on: &$0) }
    split.drawDivider(context, on: &canvas)
    canvas.within(split.pane) { AccountPane(context: context).draw(on: &$0) }
  }

  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (visible, selected) = (state.accountWindow, state.accounts.selectedRow)
    return command(forPressAt: row, column, on: split.lines, visible: visible, selected: selected)
  }
}
