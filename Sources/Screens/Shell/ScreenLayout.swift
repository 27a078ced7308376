package import Canvas

/// Columns and rows of a terminal.
package struct ScreenSize: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = max(width, 0)
    self.height = max(height, 0)
  }
}

/// Where the regions of the screen are in a frame.
///
/// It holds on to nothing of the state, so that a click is answered by what was drawn last.
package struct ScreenLayout: Sendable {
  /// So small that a line of counts is all.
  let isSummary: Bool
  let header: Rect
  /// Between the header and the lines at the foot.
  let body: Rect
  let stateLine: Rect
  let footer: Rect
  /// Nil where a line of counts is all.
  let view: (any ViewLayout)?

  private static let smallest = (width: 40, height: 8)

  init(_ context: DrawContext) {
    let size = context.size
    isSummary = size.width < Self.smallest.width || size.height < Self.smallest.height
    let screen = Rect(row: 0, column: 0, width: size.width, height: size.height)
    let rest: Rect
    (header, rest) = screen.splitTop(1)
    // A blank line over the foot, where there is room for one.
    let air = size.height >= 20 ? 1 : 0
    let footLines = context.state.shell.wall == nil ? 2 : 1
    let bottom: Rect
    (body, bottom) = rest.splitTop(rest.height - footLines - air)
    let (_, feet) = bottom.splitTop(air)
    (stateLine, footer) = feet.splitTop(1)
    view = isSummary ? nil : context.state.room.layOut(context, in: body)
  }
}

// MARK: - What is under the mouse

extension ScreenLayout {
  /// What a click or the wheel asks for.
  package func command(for mouse: MouseEvent, in state: ScreenState) -> Command? {
    switch mouse.kind {
    case .wheelUp: return .scroll(-Self.linesPerStep)
    case .wheelDown: return .scroll(Self.linesPerStep)
    case .press:
      guard state.shell.overlay == nil, !state.isTypingCommand else { return nil }
      return view?.command(forPressAt: mouse.row, mouse.column, in: state)
    }
  }

  private static let linesPerStep = 3
}
