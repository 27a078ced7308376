import Dashboard
import Health
import Terminal

/// The live grid for the wall, read from three distances: big figures from across the room, causes and
/// tiles from the desk, and a mark for every number, whose pattern says where it is.
struct TilesView {
  let scene: Scene
  let overview: Overview
  let layout: TilesLayout
  private let board: TileBoard
  private let causes: [TileCause]
  private let failures: [BannerView.Line]

  private var state: DashboardState { scene.state }
  private var marks: Marks { scene.marks }

  private static let mostCauses = 12

  init(scene: Scene, overview: Overview, area: Rect) {
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
        && FiguresView(scene: scene, overview: overview).fits(width: area.width - 8),
      isWall: scene.state.wall != nil,
      TilesLayout.Content(
        causes: causes.map { CauseLine(scene: scene, cause: $0, width: width).height },
        critical: board.critical,
        limited: board.limited,
        changes: scene.state.tileChanges.count,
        index: scene.state.tiles,
        longestName: Self.longestName(board, scene),
        isCalm: tally.total > 0 && tally[.available] == tally.total
      )
    )
  }

  /// Of the tiles that could be wide.
  private static func longestName(_ board: TileBoard, _ scene: Scene) -> Int {
    let places = TileSection.Kind.allCases.flatMap { board[$0].places.prefix(24) }
    return places.map { place in
      let name = scene.state.fleet.records[Int(place)].shownName
      return name.map { TextWidth.cells(of: $0) } ?? 0
    }.max() ?? 0
  }

  private func causeLine(_ cause: TileCause, width: Int) -> CauseLine {
    CauseLine(scene: scene, cause: cause, width: width)
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
    var rest = canvas.bounds
    func take(_ rows: Int) -> Rect {
      let (top, below) = rest.splitTop(rows)
      rest = below
      return top
    }
    if layout.hasTopLine { drawTopLine(take(1), on: &canvas) }
    canvas.within(take(failures.count)) {
      BannerView(scene: scene, overview: overview).draw(failures, on: &$0)
    }
    if layout.hasFigures {
      _ = take(1)
      canvas.within(inset(take(BigDigits.height), by: 4)) {
        FiguresView(scene: scene, overview: overview).draw(on: &$0)
      }
      _ = take(1)
    }
    if state.tiles.total.total == 0 {
      return drawEmpty(rest, on: &canvas)
    }
    if layout.calmLines > 0 { drawCalm(take(1), on: &canvas) }
    var needsGap = layout.calmLines > 0 || !layout.hasFigures
    for section in sections where section.lines > 0 {
      if layout.hasGaps, needsGap { _ = take(1) }
      needsGap = true
      if layout.hasHeadings {
        canvas.within(take(1)) { section.rule.draw(row: 0, on: &$0) }
      }
      canvas.within(inset(take(section.lines), by: layout.margin)) { section.draw(&$0) }
    }
  }

  private func inset(_ rect: Rect, by margin: Int) -> Rect {
    Rect(row: rect.row, column: margin, width: rect.width - 2 * margin, height: rect.height)
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
    let column = max(layout.margin, layout.hasFigures ? 4 : 1)
    canvas.put(phrases, row: rect.row, column: column, width: max(rect.width - column, 0))
  }

  private func drawEmpty(_ rect: Rect, on canvas: inout Canvas) {
    let lines = EmptyText(state.emptyList).lines
    let top = rect.row + max((rect.height - lines.count) / 2, 0)
    for (index, line) in lines.enumerated() where index < rect.height {
      canvas.put(
        line.text,
        row: top + index,
        column: 0,
        role: line.role,
        width: canvas.width,
        align: .center
      )
    }
  }
}

// MARK: - The sections

extension TilesView {
  private struct Section {
    let lines: Int
    let rule: SectionRule
    let draw: (inout Canvas) -> Void
  }

  private var sections: [Section] {
    [
      Section(lines: layout.causeLines, rule: causesRule, draw: drawCauses),
      Section(lines: layout.critical.lines, rule: rule(.critical)) {
        draw(.critical, layout.critical, on: &$0)
      },
      Section(lines: layout.limited.lines, rule: rule(.limited)) {
        draw(.limited, layout.limited, on: &$0)
      },
      Section(lines: layout.markLines, rule: marksRule) {
        MarksView(scene: scene, layout: layout).draw(on: &$0)
      },
      Section(lines: layout.changeLines, rule: changesRule) {
        ChangesView(scene: scene, columns: layout.changeColumns).draw(on: &$0)
      },
    ]
  }

  private func drawCauses(on canvas: inout Canvas) {
    var row = 0
    for cause in causes where row < canvas.height {
      let line = causeLine(cause, width: canvas.width)
      let height = layout.hasRemedies ? line.height : 1
      line.draw(row: row, height: height, on: &canvas)
      row += height
    }
  }

  private func draw(
    _ kind: TileSection.Kind,
    _ tiles: TilesLayout.Tiles,
    on canvas: inout Canvas
  ) {
    let section = board[kind]
    let ranges = section.tiles(grouped: tiles.style.isGrouped)
    let selected = state.selectedTile(in: board).flatMap { chosen in
      chosen.kind == kind ? ranges.firstIndex { $0.contains(chosen.index) } : nil
    }
    let shown = window(of: ranges.count, tiles, holding: selected)
    for (place, tile) in shown.enumerated() {
      let rect = Rect(
        row: place / layout.columns * tiles.height,
        column: place % layout.columns * layout.tileWidth,
        width: layout.tileWidth,
        height: tiles.height
      )
      let record = state.fleet.records[Int(section.places[ranges[tile].lowerBound])]
      let view = TileView(
        scene: scene,
        record: record,
        count: ranges[tile].count
      )
      canvas.within(rect) { view.draw(isSelected: tile == selected && showsCursor, on: &$0) }
    }
  }

  /// At the wall there is a cursor only once somebody has come to the keys.
  private var showsCursor: Bool { state.wall?.isRotating != true }

  /// The tiles that are seen where there are more than fit.
  private func window(
    of count: Int,
    _ tiles: TilesLayout.Tiles,
    holding selected: Int?
  ) -> Range<Int> {
    let room = tiles.rows * layout.columns
    guard count > room, tiles.rows > 0 else { return 0..<count }
    let row = (selected ?? 0) / layout.columns
    let first = max(row - tiles.rows + 1, 0) * layout.columns
    return first..<min(first + room, count)
  }
}

// MARK: - Their headings

extension TilesView {
  private var causesRule: SectionRule {
    var rule = SectionRule(marks: marks, title: [Phrase("WHAT BROKE IT", .textStrong)])
    if let first = causes.first, first.incident.severity > .unknown, first.restores > 0 {
      let text = "fixing the first restores \(first.restores) of \(first.all)"
      rule.notes =
        [[Phrase("fixing the first line restores \(first.restores) of \(first.all)", .text)]]
        + [[Phrase(text, .text)]]
    }
    return rule
  }

  private func rule(_ kind: TileSection.Kind) -> SectionRule {
    let mark = StateMark(kind == .critical ? .blocked : .limited)
    let tiles = kind == .critical ? layout.critical : layout.limited
    let section = board[kind]
    let all = tiles.style.isGrouped ? section.runs.count : section.count
    let seen = min(tiles.rows * layout.columns, all)
    let unit = tiles.style.isGrouped ? "causes" : "numbers"
    var rule = SectionRule(
      marks: marks,
      title: [Phrase("\(mark.phrase) ", .textStrong), Phrase(" \(section.count)", mark.role)]
    )
    if seen < all { rule.notes = [[Phrase("\(seen) of \(all) \(unit) shown", .textMuted)]] }
    return rule
  }

  private var marksRule: SectionRule {
    let legend = CountsView.groups.flatMap { group -> [Phrase] in
      let mark = StateMark(group[0])
      return [
        Phrase("  \(mark.sign(marks)) ", group == [.available] ? .text : mark.role),
        Phrase(mark.phrase.lowercased(), .textMuted),
      ]
    }
    let page = "page \(state.tilesPage + 1) of \(layout.pages)"
    let paging = layout.pages > 1 ? [Phrase(page, .accent)] : []
    let how = layout.pages > 1 ? "" : "one each, by provider and WABA"
    let short = [Phrase("one each", .textMuted)]
    let signs = legend.enumerated().map { place, phrase in
      // Nothing stands before the first one.
      place == 0 && paging.isEmpty
        ? Phrase(String(phrase.text.drop { $0 == " " }), phrase.role) : phrase
    }
    return SectionRule(
      marks: marks,
      title: [Phrase("EVERY NUMBER", .textStrong)],
      notes: [
        paging + [Phrase(how, .textMuted)] + legend, paging + signs,
        paging.isEmpty ? short : paging,
      ]
    )
  }

  private var changesRule: SectionRule {
    let zone = scene.saysUTC ? [Phrase("UTC", .textMuted)] : []
    return SectionRule(
      marks: marks,
      title: [Phrase("JUST NOW", .textStrong)],
      notes: [zone]
    )
  }
}

/// How much there is of what: `512 numbers · 6 providers · 61 WABAs`.
struct Census {
  let scene: Scene

  var text: String {
    let tiles = scene.state.tiles
    let total = tiles.total.total
    let all = scene.state.fleet.counts.total
    let numbers = total == all ? counted(total, "number") : "\(total) of \(counted(all, "number"))"
    let parts = [
      numbers, counted(tiles.providerCount, "provider"), counted(tiles.wabaCount, "WABA"),
    ]
    return parts.joined(separator: scene.marks.separator)
  }

  private func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }
}

/// How the tiles stand, for the line over the keys.
struct TilesStanding {
  let scene: Scene

  /// The longest first.
  var choices: [[Phrase]] {
    let state = scene.state
    let filter = state.filter.text.sanitized
    var parts: [Phrase] = []
    if !filter.isEmpty { parts.append(Phrase("filter \"\(filter)\"", .accent)) }
    if state.onlyProblems { parts.append(Phrase("only problems", .accent)) }
    let narrowing = joined(parts)
    guard let record = state.selectedRecord, record.state.isProblem else {
      return [narrowing.isEmpty ? [Phrase(Census(scene: scene).text, .textMuted)] : narrowing]
    }
    let number = Phrase(scene.number(record), .text)
    let named = (record.shownName.map { [Phrase($0, .textStrong)] } ?? []) + [number]
    let why = record.assessment.causes.first.map {
      [Phrase(scene.masked($0.text.sanitized), .textMuted)]
    }
    return [
      joined(parts + named + (why ?? [])), joined(parts + named), joined(parts + [number]),
      narrowing,
    ]
  }

  private func joined(_ parts: [Phrase]) -> [Phrase] {
    Array(parts.map { [$0] }.joined(separator: [Phrase(scene.marks.separator, .textMuted)]))
  }
}
