import Canvas

/// The places of the events view's parts.
struct EventsLayout: ViewLayout {
  let counts: Rect
  /// The bars over the whole width; nil if there is no room.
  let density: Rect?
  let list: Rect

  private static let leastForDensity = 9

  init(area: Rect) {
    var rest: Rect
    (counts, rest) = area.splitTop(1)
    if area.height >= Self.leastForDensity, area.width >= 50 {
      (density, rest) = rest.splitTop(1)
    } else {
      density = nil
    }
    list = rest
  }

  /// The rows below the column headings.
  private var lines: Rect { list.splitTop(1).rest }

  func adopt(in state: inout ScreenState) { state.events.visibleRows = lines.height }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    canvas.within(counts) { CountsView(context: context).draw(on: &$0) }
    if let density { canvas.within(density) { DensityView(context: context).draw(on: &$0) } }
    canvas.within(list) { EventsView(context: context).draw(on: &$0) }
  }

  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (visible, selected) = (state.eventWindow, state.events.selectedRow)
    return command(forPressAt: row, column, on: lines, visible: visible, selected: selected)
  }
}
