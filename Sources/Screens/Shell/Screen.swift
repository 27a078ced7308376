package import Canvas
package import Health
import Monitor

/// A frame: the regions of the screen for a size and a route, and their drawing.
///
/// It is the one way from the state to a canvas. At 80×24 it is the header, the view, a line on how the view stands, and the keys. Below 40×8 one line
/// of counts is all.
package struct Screen {
  package let layout: ScreenLayout
  private let context: DrawContext
  /// The overlay's text, if there is one.
  private let text: OverlayText?

  /// Lays out a frame, and tells the state how much room it has: this may move the cursor, but
  /// nothing that the layout depends on.
  ///
  /// - Parameters:
  ///   - state: What to show.
  ///   - now: The current moment, for ages and the clock.
  ///   - size: The terminal's size.
  ///   - marks: Unicode or ASCII symbols.
  ///   - chrome: The configured parts.
  package init(
    _ state: inout ScreenState,
    now: Moment,
    size: ScreenSize,
    marks: Marks,
    chrome: Chrome = Chrome()
  ) {
    let context = DrawContext(state, now: now, size: size, marks: marks, chrome: chrome)
    layout = ScreenLayout(context)
    text = OverlayText(context, width: layout.body.width - 2)
    layout.view?.adopt(in: &state)
    state.shell.overlayRows = layout.body.height
    if let text {
      state.shell.overlayLines = text.count
      state.shell.overlayMatches = text.matches(of: state.shell.search)
      state.seekFirstMatch()
    }
    self.context = DrawContext(context, after: state)
  }

  /// The terminal's title: `✘13 ▲21 wabatop`, or only the name if all is fine.
  package static func title(_ state: ScreenState, marks: Marks) -> String {
    let counts = state.fleet.counts
    let bad = CountsView.groups.prefix(2).compactMap { group in
      let count = group.reduce(0) { $0 + counts[$1] }
      return count > 0 ? "\(StateMark(group[0]).sign(marks))\(count)" : nil
    }
    return (bad + ["wabatop"]).joined(separator: " ")
  }

  /// The drawn frame; only ASCII with ASCII marks.
  package var canvas: Canvas {
    var canvas = Canvas(width: context.size.width, height: context.size.height)
    draw(on: &canvas)
    return context.marks.isASCII ? canvas.transliterated : canvas
  }

  private func draw(on canvas: inout Canvas) {
    guard let view = layout.view else { return drawSummary(on: &canvas) }
    canvas.within(layout.header) { HeaderView(context: context).draw(on: &$0) }
    if let text {
      canvas.within(layout.body) { text.draw(on: &$0, scroll: scroll, context) }
    } else if case .notes(let list) = context.state.shell.overlay {
      canvas.within(layout.body) { NoteListView(context: context, list: list).draw(on: &$0) }
    } else {
      view.draw(context, on: &canvas)
    }
    canvas.within(layout.stateLine) { canvas in
      if showsWallLine { return WallLine(context: context).draw(on: &canvas) }
      StateLineView(context: context).draw(on: &canvas, visiblePart)
    }
    canvas.within(layout.footer) { FooterView(context: context).draw(on: &$0) }
  }

  private func drawSummary(on canvas: inout Canvas) {
    let row = max((canvas.height - 1) / 2, 0)
    let counts = CountsView(context: context).compact
    canvas.put(counts, row: row, column: 0, width: canvas.width)
  }

  /// Whether the wall's line is shown, and not a prompt.
  private var showsWallLine: Bool {
    let state = context.state
    return state.shell.wall != nil && !state.isTypingFilter && !state.isTypingCommand
      && !state.isTypingNote
  }

  /// The overlay's scroll position.
  private var scroll: Int { context.state.shell.overlay?.scroll ?? 0 }

  private var visiblePart: VisiblePart {
    if case .notes(let list) = context.state.shell.overlay {
      let count = context.state.lines(of: list).count
      return VisiblePart(range: 0..<min(count, max(layout.body.height - 1, 0)), count: count)
    }
    guard let text else { return context.state.room.visiblePart(of: context.state) }
    let range = text.window(from: scroll, height: layout.body.height)
    return VisiblePart(range: range, count: text.count)
  }
}
