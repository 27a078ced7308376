import Canvas

/// Where the parts of the events are on a screen of some size.
struct EventsLayout: ViewLayout {
  let counts: Rect
  /// When it happened, over the whole width; nil where there is no room.
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

  /// Under the column heads.
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
