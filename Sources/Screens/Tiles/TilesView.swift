import Canvas
import Health
import Monitor

/// The live grid for the wall, read from three distances: big figures from across the room, causes and
/// tiles from the desk, and a mark for every number, whose pattern says where it is.
struct TilesView {
  let scene: DrawContext
  let overview: Overview
  let layout: TilesLayout
  let board: TileBoard
  let causes: [TileCause]
  private let failures: [BannerView.Line]

  var state: ScreenState { scene.state }
  var marks: Marks { scene.marks }

  private static let mostCauses = 12

  init(scene: DrawContext, overview: Overview, area: Rect) {
    self.scene = scene
    self.overview = overview
    let board = scene.state.board
    let causes = scene.state.tileCauses(Self.mostCauses)
    let banner = BannerView(scene: scene, overview: overview)
    let failures = area.width >= 60 ? banner.failures(height: area.height + 4) : []
    self.board = board
    self.causes = causes
    self.failures = failures
    let width = area.width - 2 * TilesLayout.margin(width: area.width)
    let tally = scene.state.tiles.total
    layout = TilesLayout(
      width: area.width,
      height: area.height,
      fixed: failures.count,
      canHaveFigures: area.width >= 100
        && FiguresView(scene: scene, overview: overview, board: board).fits(width: area.width - 8),
      isWall: scene.state.wall != nil,
      TilesLayout.Content(
        causes: causes.map { TileCauseLine(scene: scene, cause: $0, width: width).height },
        critical: board.critical,
        limited: board.limited,
        changes: scene.state.latestEvents.count,
        index: scene.state.tiles,
        longestName: Self.longestName(board, scene),
        longestWABA: Self.longestWABA(scene),
        isCalm: tally.total > 0 && tally[.available] == tally.total
      )
    )
  }

  /// Of the tiles that could be wide.
  private static func longestName(_ board: TileBoard, _ scene: DrawContext) -> Int {
    let places = TileSection.Kind.allCases.flatMap { board[$0].places.prefix(24) }
    return places.map { place in
      let name = scene.state.fleet.records[Int(place)].shownName
      return name.map { TextWidth.cells(of: $0) } ?? 0
    }.max() ?? 0
  }

  /// More than a screen has rows for cost no look.
  private static func longestWABA(_ scene: DrawContext) -> Int {
    scene.state.tiles.groups.prefix(60).map { TextWidth.cells(of: scene.name(of: $0)) }.max() ?? 0
  }

  /// What the state has to know of the room for moving and paging.
  func describe(in viewport: inout Viewport) {
    viewport.tileColumns = layout.columns
    viewport.tilePages = layout.pages
    viewport.groupedTiles = []
    if layout.critical.style.isGrouped { viewport.groupedTiles.insert(.critical) }
    if layout.limited.style.isGrouped { viewport.groupedTiles.insert(.limited) }
  }

  func draw(on canvas: inout Canvas) {
    let placement = TilesPlacement(layout, failures: failures.count, in: canvas.bounds)
    if let line = placement.topLine { drawTopLine(line, on: &canvas) }
    canvas.within(placement.failures) {
      BannerView(scene: scene, overview: overview).draw(failures, on: &$0)
    }
    if let figures = placement.figures {
      canvas.within(figures) {
        FiguresView(scene: scene, overview: overview, board: board).draw(on: &$0)
      }
    }
    if state.tiles.total.total == 0 {
      return canvas.put(EmptyText(state.emptyList).lines, inTheMiddleOf: placement.rest.rows)
    }
    if let line = placement.calm { drawCalm(line, on: &canvas) }
    for section in placement.sections {
      if let heading = section.heading {
        canvas.within(heading) { rule(of: section.part).draw(row: 0, on: &$0) }
      }
      canvas.within(section.body) { draw(section.part, on: &$0) }
    }
  }

  /// What a click asks for: the tile that is there, or its tree where it is chosen already.
  ///
  /// - Parameters:
  ///   - row: Counted from the top of the tiles.
  ///   - column: Counted from their left edge.
  ///   - bounds: Of the tiles.
  /// - Returns: Nil where there is no tile.
  func command(forPressAt row: Int, _ column: Int, in bounds: Rect) -> Command? {
    let placement = TilesPlacement(layout, failures: failures.count, in: bounds)
    var before = 0
    for kind in TileSection.Kind.allCases {
      let tiles = layout.tiles(of: kind)
      let count = board[kind].tileCount(grouped: tiles.style.isGrouped)
      let part: TilesPlacement.Part = kind == .critical ? .critical : .limited
      let body = placement.sections.first { $0.part == part }?.body
      if let body, body.rows.contains(row), column >= body.column, tiles.height > 0 {
        let line = (row - body.row) / tiles.height
        let place = min((column - body.column) / layout.tileWidth, layout.columns - 1)
        let seen = window(kind)
        let tile = seen.lowerBound + line * layout.columns + place
        guard seen.contains(tile) else { return nil }
        return tile == selected(in: kind) ? .open : .select(visibleRow: before + tile)
      }
      before += count
    }
    return nil
  }
}

// MARK: - Above the sections

extension TilesView {
  /// How many there are of what, and how old that is: the counts themselves where no figures say them.
  private func drawTopLine(_ rect: Rect, on canvas: inout Canvas) {
    let counts = CountsView(scene: scene, overview: overview)
    canvas.within(rect) { canvas in
      guard layout.hasFigures else { return counts.draw(on: &canvas) }
      let census = [Phrase(Census(scene: scene).text, .textMuted)]
      let used = canvas.put(census, row: 0, column: 1, width: canvas.width - 1)
      for freshness in counts.freshness {
        let end = canvas.width - 1
        let phrase = [Phrase(freshness, .textMuted)]
        if canvas.put(phrase, row: 0, endingAt: end, after: used + 4) < end { return }
      }
    }
  }

  private func drawCalm(_ rect: Rect, on canvas: inout Canvas) {
    let text = "all \(state.tiles.total.total): no fault reported"
    let phrases = [
      Phrase("\(scene.sign(.available)) ", .statusAvailable), Phrase(text, .textStrong),
    ]
    let column = max(layout.margin, layout.hasFigures ? TilesPlacement.figuresMargin : 1)
    canvas.put(phrases, row: rect.row, column: column, width: max(rect.width - column, 0))
  }
}

// MARK: - The sections

extension TilesView {
  private func draw(_ part: TilesPlacement.Part, on canvas: inout Canvas) {
    switch part {
    case .causes: drawCauses(on: &canvas)
    case .critical: drawTiles(of: .critical, on: &canvas)
    case .limited: drawTiles(of: .limited, on: &canvas)
    case .marks: MarksView(scene: scene, layout: layout).draw(on: &canvas)
    case .changes: ChangesView(scene: scene, columns: layout.changeColumns).draw(on: &canvas)
    }
  }

  private func drawCauses(on canvas: inout Canvas) {
    var row = 0
    for cause in causes where row < canvas.height {
      let line = TileCauseLine(scene: scene, cause: cause, width: canvas.width)
      let height = layout.hasRemedies ? line.height : 1
      line.draw(row: row, height: height, on: &canvas)
      row += height
    }
  }

  private func drawTiles(of kind: TileSection.Kind, on canvas: inout Canvas) {
    let (section, tiles) = (board[kind], layout.tiles(of: kind))
    let selected = showsCursor ? selected(in: kind) : nil
    for (place, tile) in window(kind).enumerated() {
      let rect = Rect(
        row: place / layout.columns * tiles.height,
        column: place % layout.columns * layout.tileWidth,
        width: layout.tileWidth,
        height: tiles.height
      )
      let numbers = section.tile(tile, grouped: tiles.style.isGrouped)
      let record = state.fleet.records[Int(section.places[numbers.lowerBound])]
      let view = TileView(scene: scene, record: record, count: numbers.count)
      canvas.within(rect) { view.draw(isSelected: tile == selected, on: &$0) }
    }
  }

  /// At the wall there is a cursor only once somebody has come to the keys.
  private var showsCursor: Bool { state.wall?.isRotating != true }

  /// The tile of a section that the cursor is on.
  private func selected(in kind: TileSection.Kind) -> Int? {
    guard let chosen = state.selectedTile(in: board), chosen.kind == kind else { return nil }
    let isGrouped = layout.tiles(of: kind).style.isGrouped
    return board[kind].tile(holding: chosen.index, grouped: isGrouped)
  }

  /// The tiles of a section that are seen: those around the cursor where there are more than fit.
  private func window(_ kind: TileSection.Kind) -> Range<Int> {
    let tiles = layout.tiles(of: kind)
    let count = board[kind].tileCount(grouped: tiles.style.isGrouped)
    let room = tiles.rows * layout.columns
    guard count > room, tiles.rows > 0 else { return 0..<(tiles.rows > 0 ? count : 0) }
    let row = (selected(in: kind) ?? 0) / layout.columns
    let first = max(row - tiles.rows + 1, 0) * layout.columns
    return first..<min(first + room, count)
  }
}
