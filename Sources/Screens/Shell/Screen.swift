package import Canvas
package import Health
import Monitor

/// Lays the regions out for a size and a route: the one way from the state to a canvas.
///
/// At 80×24 it is the header, the counts, the banner while there is one, the view, a line on how the view
/// stands, and the keys. Below 60 columns or 14 rows the banner goes; below 40×8 one line of counts is
/// all.
package struct Screen {
  private(set) var scene: DrawContext
  private let overview: Overview
  let layout: ScreenLayout
  private let size: ScreenSize
  /// What lies over the view, where that is a text.
  private let text: OverlayText?
  /// The detail of the node under the tree's cursor, where it is seen.
  private let detail: [DetailLayout.Row]
  /// Laid out only where it is seen.
  private(set) var tiles: TilesView?

  /// Lays out what there is to see.
  ///
  /// - Parameters:
  ///   - state: What to show.
  ///   - now: The moment that ages are counted to and the clock shows.
  ///   - size: Of the terminal.
  ///   - marks: Unicode or ASCII signs.
  ///   - chrome: What the configuration adds.
  package init(
    _ state: ScreenState,
    now: Moment,
    size: ScreenSize,
    marks: Marks,
    chrome: Chrome = Chrome()
  ) {
    scene = DrawContext(state: state, now: now, marks: marks, chrome: chrome)
    self.size = size
    overview = state.overview
    let banner = BannerView(scene: scene, overview: overview)
    let lines = state.route == .list && size.width >= 60 ? banner.lines(height: size.height) : []
    let layout = ScreenLayout(size: size, state: state, banner: lines)
    self.layout = layout
    text = OverlayText(scene, width: layout.body.width - 2)
    detail =
      state.isInTree && layout.tree.detail.height > 0
      ? DetailView.rows(of: state.detail, scene, width: layout.tree.detail.width) : []
    tiles = Self.tiles(scene, overview, layout)
  }

  private static func tiles(
    _ scene: DrawContext,
    _ overview: Overview,
    _ layout: ScreenLayout
  ) -> TilesView? {
    guard scene.state.route == .tiles, !layout.isSummary else { return nil }
    return TilesView(scene: scene, overview: overview, area: layout.body)
  }

  /// Takes over the state once it knows the room that there is: its cursor may have moved for that, but
  /// nothing that the layout depends on.
  package mutating func follow(_ state: ScreenState) {
    scene = DrawContext(state: state, now: scene.now, marks: scene.marks, chrome: scene.chrome)
    tiles = Self.tiles(scene, overview, layout)
  }

  /// Lays out and draws everything.
  ///
  /// - Returns: A canvas of that size, without any character that ASCII marks do not allow.
  package static func draw(
    _ state: ScreenState,
    now: Moment,
    size: ScreenSize,
    marks: Marks,
    chrome: Chrome = Chrome()
  ) -> Canvas {
    Screen(state, now: now, size: size, marks: marks, chrome: chrome).canvas
  }

  /// The picture and the room that it found, at the cost of one.
  package static func frame(
    _ state: ScreenState,
    now: Moment,
    size: ScreenSize,
    marks: Marks,
    chrome: Chrome = Chrome()
  ) -> (canvas: Canvas, viewport: Viewport) {
    let screen = Screen(state, now: now, size: size, marks: marks, chrome: chrome)
    return (screen.canvas, screen.viewport)
  }

  /// How much room each part has: the state needs it for paging and for keeping the cursor in sight.
  package static func viewport(
    _ state: ScreenState,
    now: Moment,
    size: ScreenSize,
    marks: Marks
  ) -> Viewport {
    Screen(state, now: now, size: size, marks: marks).viewport
  }

  /// What the terminal's title says: `✘13 ▲21 wabatop`; nothing but the name while all is fine.
  package static func title(_ state: ScreenState, marks: Marks) -> String {
    let counts = state.fleet.counts
    let bad = CountsView.groups.prefix(2).compactMap { group in
      let count = group.reduce(0) { $0 + counts[$1] }
      return count > 0 ? "\(StateMark(group[0]).sign(marks))\(count)" : nil
    }
    return (bad + ["wabatop"]).joined(separator: " ")
  }

  /// Everything, drawn: without any character that ASCII marks do not allow.
  package var canvas: Canvas {
    var canvas = Canvas(width: size.width, height: size.height)
    draw(on: &canvas)
    return scene.marks.isASCII ? canvas.transliterated : canvas
  }

  private func draw(on canvas: inout Canvas) {
    guard !layout.isSummary else { return drawSummary(on: &canvas) }
    canvas.within(layout.header) {
      HeaderView(scene: scene).draw(on: &$0, overview)
    }
    drawBody(on: &canvas)
    canvas.within(layout.stateLine) { canvas in
      if showsWallLine { return WallLine(scene: scene).draw(on: &canvas) }
      let (visible, count) = shown
      StateLineView(scene: scene).draw(on: &canvas, visible: visible, of: count)
    }
    canvas.within(layout.footer) { FooterView(scene: scene).draw(on: &$0) }
  }

  /// What is typed is seen at a wall too.
  private var showsWallLine: Bool {
    let state = scene.state
    return state.wall != nil && !state.isTypingFilter && !state.isTypingCommand
  }

  private func drawSummary(on canvas: inout Canvas) {
    let row = max((canvas.height - 1) / 2, 0)
    let counts = CountsView(scene: scene, overview: overview).compact
    canvas.put(counts, row: row, column: 0, width: canvas.width)
  }

  private func drawBody(on canvas: inout Canvas) {
    if let text {
      canvas.within(layout.body) {
        text.draw(on: &$0, scroll: scene.state.overlay?.scroll ?? 0, scene)
      }
      return
    }
    switch scene.state.route {
    case .list: drawList(on: &canvas)
    case .tiles: canvas.within(layout.body) { tiles?.draw(on: &$0) }
    case .tree, .inversion:
      TreeView(scene: scene, layout: layout.tree, detail: detail).draw(on: &canvas)
    case .causes: drawCauses(on: &canvas)
    case .events: drawEvents(on: &canvas)
    }
  }

  private func drawCauses(on canvas: inout Canvas) {
    let layout = layout.causes
    canvas.within(layout.counts) { CountsView(scene: scene, overview: overview).draw(on: &$0) }
    canvas.within(layout.list) { CausesView(scene: scene).draw(on: &$0) }
    if let divider = layout.divider {
      let sign = scene.marks.vertical.unicodeScalars.first ?? " "
      let line = Rect(row: layout.list.row, column: divider, width: 1, height: layout.list.height)
      canvas.fill(line, role: .border, with: sign)
    }
    canvas.within(layout.pane) { CausePane(scene: scene).draw(on: &$0) }
  }

  private func drawEvents(on canvas: inout Canvas) {
    let layout = layout.events
    canvas.within(layout.counts) { CountsView(scene: scene, overview: overview).draw(on: &$0) }
    if let density = layout.density {
      canvas.within(density) { DensityView(scene: scene).draw(on: &$0) }
    }
    canvas.within(layout.list) { EventsView(scene: scene).draw(on: &$0) }
  }

  private func drawList(on canvas: inout Canvas) {
    canvas.within(layout.counts) { CountsView(scene: scene, overview: overview).draw(on: &$0) }
    canvas.within(layout.banner) {
      BannerView(scene: scene, overview: overview).draw(layout.bannerLines, on: &$0)
    }
    canvas.within(layout.list) { ListView(scene: scene).draw(on: &$0) }
    if let pane = layout.pane { SidePane(scene: scene).draw(in: pane, on: &canvas) }
    if case .sortMenu(let chosen) = scene.state.overlay {
      SortMenuView(scene: scene, chosen: chosen).draw(on: &canvas, over: layout.list)
    }
  }

  /// How much room each part has.
  package var viewport: Viewport {
    var viewport = Viewport()
    viewport.listRows = ListView.rows(height: layout.list.height)
    viewport.treeRows = layout.tree.tree.height
    tiles?.describe(in: &viewport)
    viewport.causeRows = CausesView.rows(height: layout.causes.list.height)
    viewport.eventRows = EventsView.rows(height: layout.events.list.height)
    viewport.detailRows = layout.tree.detail.height
    viewport.detailLines = detail.count
    viewport.overlayRows = layout.body.height
    if let text { viewport.overlayLines = text.count }
    return viewport
  }

  /// The part of the view that is seen, and of how much.
  private var shown: (Range<Int>, Int) {
    let state = scene.state
    if let text {
      let scroll = state.overlay?.scroll ?? 0
      return (text.window(from: scroll, height: layout.body.height), text.count)
    }
    switch state.route {
    case .list:
      return (state.window(height: ListView.rows(height: layout.list.height)), state.rows.count)
    case .tiles:
      let pages = viewport.tilePages
      return (state.tilesPage..<min(state.tilesPage + 1, pages), pages)
    case .causes:
      return (state.visibleCauseRows(height: viewport.causeRows), state.causeCount)
    case .events:
      return (state.eventWindow(height: viewport.eventRows), state.eventRowCount)
    case .tree where state.isZoomed, .inversion where state.isZoomed:
      let viewport = viewport
      let first = min(
        state.tree.detailScroll,
        max(viewport.detailLines - viewport.detailRows, 0)
      )
      let last = min(first + viewport.detailRows, viewport.detailLines)
      return (first..<max(first, last), viewport.detailLines)
    case .tree, .inversion:
      return (state.treeWindow(height: layout.tree.tree.height), state.outline?.nodes.count ?? 0)
    }
  }
}
