package import Canvas
package import Health

// What is under the mouse.
extension Screen {
  /// What a click or the wheel asks for: a click selects, a click on what is selected opens it.
  package static func command(
    for mouse: MouseEvent,
    in state: ScreenState,
    now: Moment,
    size: ScreenSize,
    marks: Marks
  ) -> Command? {
    switch mouse.kind {
    case .wheelUp: .scroll(-linesPerStep)
    case .wheelDown: .scroll(linesPerStep)
    case .press: Screen(state, now: now, size: size, marks: marks).command(forPressAt: mouse)
    }
  }

  private static let linesPerStep = 3

  private func command(forPressAt mouse: MouseEvent) -> Command? {
    let state = scene.state
    guard !layout.isSummary, state.overlay == nil, !state.isTypingCommand else { return nil }
    if let tiles {
      let (row, column) = (mouse.row - layout.body.row, mouse.column - layout.body.column)
      let bounds = Rect(row: 0, column: 0, width: layout.body.width, height: layout.body.height)
      return tiles.command(forPressAt: row, column, in: bounds)
    }
    let (area, head, visible, selected) =
      switch state.route {
      case .list:
        (
          layout.list, 1, state.window(height: ListView.rows(height: layout.list.height)),
          state.selectedRow
        )
      case .tiles: (layout.body, 0, 0..<0, 0)
      case .causes:
        (
          layout.causes.list, 1,
          state.causeWindow(height: CausesView.rows(height: layout.causes.list.height)),
          state.selectedCauseLine
        )
      case .events:
        (
          layout.events.list, 1,
          state.eventWindow(height: EventsView.rows(height: layout.events.list.height)),
          state.eventsView.selectedRow
        )
      case .tree, .inversion:
        (
          layout.tree.tree, 0, state.treeWindow(height: layout.tree.tree.height),
          state.tree.selectedRow
        )
      }
    let line = mouse.row - area.row - head
    guard area.rows.contains(mouse.row), area.columns.contains(mouse.column),
      visible.indices.contains(visible.lowerBound + line), line >= 0
    else { return nil }
    return visible.lowerBound + line == selected ? .open : .select(visibleRow: line)
  }
}
