import Canvas
import Health
import Monitor

/// The layout of the tiles for a frame: which parts are shown, and where.
///
/// It does not reference the fleet, so it can be kept to handle clicks.
struct TilesPlan: ViewLayout {
  let area: Rect
  let layout: TilesLayout
  let board: TileBoard
  /// The first causes, as many as a screen may have room for.
  let causes: [TileCause]
  /// How many there are; at most as many as are counted.
  let causeCount: Int
  let failures: [BannerView.Line]

  private static let mostCauses = 12
  static let mostCountedCauses = 100

  init(_ context: DrawContext, area: Rect) {
    let (state, tiles) = (context.state, context.state.tiles.index)
    let board = state.board
    let counted = state.tileCauses(Self.mostCountedCauses)
    let causes = Array(counted.prefix(Self.mostCauses))
    let failures =
      area.width >= 60 ? BannerView(context: context).failures(height: area.height + 4) : []
    let width = area.width - 2 * TilesLayout.margin(width: area.width)
    let calm = CalmText(context: context)
    self.area = area
    self.board = board
    self.causes = causes
    causeCount = counted.count
    self.failures = failures
    layout = TilesLayout(
      width: area.width,
      height: area.height,
      fixed: failures.count,
      // With everything fine, the other figures would be distracting zeros.
      canHaveFigures: calm == nil && area.width >= 100
        && FiguresView(context: context, board: board).fits(width: area.width - 8),
      isWall: state.shell.wall != nil,
      TilesLayout.Content(
        causes: causes.map {
          TileCauseLine(context: context, cause: $0, of: $0.all, width: width).height
        },
        criticalCauses: causes.prefix { $0.cause.severity == .critical }.count,
        board: board,
        changes: state.latestEvents.count,
        index: tiles,
        longestText: Self.longestText(board, context),
        longestWABA: Self.longestWABA(context),
        calm: calm
      )
    )
  }

  /// The longest name after its mark, or reason, on tiles that may be wide.
  private static func longestText(_ board: TileBoard, _ context: DrawContext) -> Int {
    let places = TileSection.Kind.allCases.flatMap { board[$0].places.prefix(24) }
    return places.map { place in
      let record = context.state.fleet.records[Int(place)]
      let name = record.shownName.map { TextWidth.cells(of: $0) + 2 } ?? 0
      return max(name, TextWidth.cells(of: record.reason))
    }.max() ?? 0
  }

  /// Only as many as a screen has rows.
  private static func longestWABA(_ context: DrawContext) -> Int {
    context.state.tiles.index.groups.prefix(60)
      .map { TextWidth.cells(of: context.name(of: $0)) }.max() ?? 0
  }

  func adopt(in state: inout ScreenState) {
    state.tiles.columns = layout.columns
    state.tiles.pages = layout.pages
    state.tiles.grouped = Set(
      TileSection.Kind.allCases.filter { layout.tiles(of: $0).style.isGrouped }
    )
    state.tiles.turn(to: state.tiles.page)
  }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    canvas.within(area) { TilesView(context: context, plan: self).draw(on: &$0) }
  }

  func placement(in bounds: Rect) -> TilesPlacement {
    TilesPlacement(layout, failures: failures.count, in: bounds)
  }
}

// MARK: - Where a tile is

extension TilesPlan {
  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (row, column) = (row - area.row, column - area.column)
    let bounds = Rect(row: 0, column: 0, width: area.width, height: area.height)
    let placement = placement(in: bounds)
    var before = 0
    for kind in TileSection.Kind.allCases {
      let tiles = layout.tiles(of: kind)
      let count = board[kind].tileCount(grouped: tiles.style.isGrouped)
      let body = placement.sections.first { $0.part.kind == kind }?.body
      if let body, body.rows.contains(row), column >= body.column, tiles.height > 0 {
        let line = (row - body.row) / tiles.height
        let place = min((column - body.column) / layout.tileWidth, layout.columns - 1)
        let seen = window(kind, state)
        let tile = seen.lowerBound + line * layout.columns + place
        guard seen.contains(tile) else { return nil }
        return tile == selected(in: kind, state) ? .open : .select(visibleRow: before + tile)
      }
      before += count
    }
    return nil
  }

  /// The selected tile of a section.
  func selected(in kind: TileSection.Kind, _ state: ScreenState) -> Int? {
    guard let chosen = state.selectedTile(in: board), chosen.kind == kind else { return nil }
    let isGrouped = layout.tiles(of: kind).style.isGrouped
    return board[kind].tile(holding: chosen.index, grouped: isGrouped)
  }

  /// The visible tiles of a section, around the cursor if not all fit.
  func window(_ kind: TileSection.Kind, _ state: ScreenState) -> Range<Int> {
    let tiles = layout.tiles(of: kind)
    let count = board[kind].tileCount(grouped: tiles.style.isGrouped)
    let room = tiles.rows * layout.columns
    guard count > room, tiles.rows > 0 else { return 0..<(tiles.rows > 0 ? count : 0) }
    let row = (selected(in: kind, state) ?? 0) / layout.columns
    let first = max(row - tiles.rows + 1, 0) * layout.columns
    return first..<min(first + room, count)
  }
}
