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

/// The places of a frame's regions.
///
/// It does not reference the state, so it can be kept to handle clicks on the last frame.
package struct ScreenLayout: Sendable {
  /// Whether the screen is so small that only a line of counts fits.
  let isSummary: Bool
  let header: Rect
  /// The area between the header and the bottom lines.
  let body: Rect
  let stateLine: Rect
  let footer: Rect
  /// Nil on a tiny screen.
  let view: (any ViewLayout)?

  private static let smallest = (width: 40, height: 8)

  init(_ context: DrawContext) {
    let size = context.size
    isSummary = size.width < Self.smallest.width || size.height < Self.smallest.height
    let screen = Rect(row: 0, column: 0, width: size.width, height: size.height)
    let rest: Rect
    (header, rest) = screen.splitTop(1)
    // A blank line above the bottom lines, if there is room.
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
  /// The command for a click or the wheel.
  package func command(for mouse: MouseEvent, in state: ScreenState) -> Command? {
    switch mouse.kind {
    case .wheelUp: return .scroll(-Self.linesPerStep)
    case .wheelDown: return .scroll(Self.linesPerStep)
    case .press:
      guard state.shell.overlay == nil, !state.isTypingCommand, !state.isTypingNote else {
        return nil
      }
      return view?.command(forPressAt: mouse.row, mouse.column, in: state)
    }
  }

  private static let linesPerStep = 3
}
