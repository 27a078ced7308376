import Canvas
import Health
import Monitor

/// The tiles for a desk or a wall: large figures readable across the room, causes and tiles
/// readable from the desk, and a mark for every number, whose pattern shows where the trouble is.
struct TilesView {
  let context: DrawContext
  let plan: TilesPlan

  var layout: TilesLayout { plan.layout }
  var board: TileBoard { plan.board }
  var causes: [TileCause] { plan.causes }
  /// How many of them there is room for.
  var shownCauses: Int { min(layout.causeLines - layout.remedyLines, causes.count) }
  var state: ScreenState { context.state }
  var marks: Marks { context.marks }

  func draw(on canvas: inout Canvas) {
    let placement = plan.placement(in: canvas.bounds)
    if let line = placement.topLine { drawTopLine(line, on: &canvas) }
    canvas.within(placement.failures) {
      BannerView(context: context).draw(plan.failures, on: &$0)
    }
    if let figures = placement.figures {
      canvas.within(figures) {
        FiguresView(context: context, board: board).draw(on: &$0)
      }
    }
    if state.tiles.index.total.total == 0 {
      let empty = EmptyText(state.emptyList, hasKeys: context.chrome.hasKeys)
      return canvas.put(empty.lines, inTheMiddleOf: placement.rest.rows)
    }
    if let calm = placement.calm {
      canvas.within(calm) { canvas in
        CalmText(context: context)?.draw(layout.calmScale, column: layout.margin, on: &canvas)
      }
    }
    for section in placement.sections {
      if let heading = section.heading {
        canvas.within(heading) { rule(of: section.part).draw(row: 0, on: &$0) }
      }
      canvas.within(section.body) { draw(section.part, on: &$0) }
    }
  }
}

// MARK: - Above the sections

extension TilesView {
  /// From this width on, the wall's header has room for the age of the data.
  private static let narrowestHeader = 40

  /// The totals and the data's age, with the counts if there are no figures.
  private func drawTopLine(_ rect: Rect, on canvas: inout Canvas) {
    let isInHeader = state.shell.wall != nil && canvas.width >= Self.narrowestHeader
    let counts = CountsView(context: context, showsAge: !isInHeader)
    canvas.within(rect) { canvas in
      guard layout.hasFigures else { return counts.draw(on: &canvas) }
      let census = [Phrase(Totals(context: context).text, .textMuted)]
      let used = canvas.put(census, row: 0, column: 1, width: canvas.width - 1)
      for freshness in counts.freshness {
        let end = canvas.width - 1
        let phrase = [Phrase(freshness, .textMuted)]
        if canvas.put(phrase, row: 0, endingAt: end, after: used + 4) < end { return }
      }
    }
  }
}

// MARK: - The sections

extension TilesView {
  private func draw(_ part: TilesPlacement.Part, on canvas: inout Canvas) {
    switch part {
    case .causes: drawCauses(on: &canvas)
    case .critical, .limited, .atRisk: part.kind.map { drawTiles(of: $0, on: &canvas) }
    case .marks: MarksView(context: context, layout: layout).draw(on: &canvas)
    case .changes: ChangesView(context: context, columns: layout.changeColumns).draw(on: &canvas)
    }
  }

  /// The total for all bars: the numbers that aren't fine.
  var troubled: Int { state.tiles.index.total.total - state.tiles.index.total[.available] }

  private func drawCauses(on canvas: inout Canvas) {
    var row = 0
    for (place, cause) in causes.enumerated() where row < canvas.height {
      let line = TileCauseLine(context: context, cause: cause, of: troubled, width: canvas.width)
      let height = place < layout.remedies ? line.height : 1
      line.draw(row: row, height: height, on: &canvas)
      row += height
    }
  }

  private func drawTiles(of kind: TileSection.Kind, on canvas: inout Canvas) {
    let (section, tiles) = (board[kind], layout.tiles(of: kind))
    let selected = showsCursor ? plan.selected(in: kind, state) : nil
    for (place, tile) in plan.window(kind, state).enumerated() {
      let rect = Rect(
        row: place / layout.columns * tiles.height,
        column: place % layout.columns * layout.tileWidth,
        width: layout.tileWidth,
        height: tiles.height
      )
      let numbers = section.tile(tile, grouped: tiles.style.isGrouped)
      let record = state.fleet.records[Int(section.places[numbers.lowerBound])]
      let view = TileView(context: context, record: record, count: numbers.count)
      canvas.within(rect) { view.draw(isSelected: tile == selected, on: &$0) }
    }
  }

  /// In wall mode there is a cursor only after a key was pressed.
  private var showsCursor: Bool { state.shell.wall?.isRotating != true }
}
