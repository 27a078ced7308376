package import Health

// What the tiles show, and the way around in them.
extension DashboardState {
  package var board: TileBoard { TileBoard(tiles) }

  /// The states that a figure counts together, and since when the oldest number is in one of them.
  package func figure(_ states: [HealthState]) -> TileFigure {
    let count = states.reduce(0) { $0 + tiles.total[$1] }
    var oldest: TileIndex.Share?
    // What is fine is fine since any time; of the others there are few.
    if count > 0, states != [.available] {
      for share in tiles.shares where share.isShown && states.contains(share.state) {
        if oldest.map({ share.since < $0.since }) ?? true { oldest = share }
      }
    }
    return TileFigure(
      count: count,
      oldest: oldest?.since,
      isLowerBound: oldest?.sinceIsLowerBound ?? false
    )
  }

  /// What explains the numbers that are shown, worst first.
  package func tileCauses(_ limit: Int) -> [TileCause] {
    let isWhole = tiles.total.total == fleet.counts.total
    let incidents = isWhole ? incidents : filteredIncidents
    return incidents.lazy.compactMap(tileCause).prefix(limit).map(\.self)
  }

  /// The newest first.
  package var tileChanges: [BoardChange] { tiles.changes.entries.reversed() }

  /// The tile under the cursor, counted in `board`'s section; nil while the chosen number has none.
  package func selectedTile(in board: TileBoard) -> (kind: TileSection.Kind, index: Int)? {
    guard let id = selectedRecord?.id, let place = fleet.index(of: id) else { return nil }
    for kind in TileSection.Kind.allCases {
      if let index = board[kind].places.firstIndex(of: Int32(place)) { return (kind, index) }
    }
    return nil
  }

  /// The moments whose age the tiles show: of those that could be there, which is at most a screenful.
  var visibleTileAges: [Moment] {
    let board = board
    let places = TileSection.Kind.allCases.flatMap { board[$0].places.prefix(Self.mostTiles) }
    return places.map { tiles.shares[Int($0)].since } + incidents.map(\.since)
      + [[HealthState.unknown], [.stale]].compactMap { figure($0).oldest }
  }

  /// More than a wall has room for.
  private static let mostTiles = 80

  private var filteredIncidents: [Incident] {
    tiles.causes.lazy.filter { $0.hits.total > 0 }
      .compactMap { fleet.incident($0.key) }
      .sorted(by: Incident.precedes)
  }

  private func tileCause(_ incident: Incident) -> TileCause? {
    guard let cause = tiles.cause(of: incident.id) else { return nil }
    // What was last heard of a number that is old explains nothing now; that nothing comes does.
    let current = cause.hits.total - (incident.isOurs ? 0 : cause.hits[.stale])
    guard current > 0 else { return nil }
    let states = Self.states(of: incident.severity)
    return TileCause(
      incident: incident,
      count: current,
      all: states.reduce(0) { $0 + tiles.total[$1] },
      restores: states.reduce(0) { $0 + cause.sole[$1] },
      sinceIsLowerBound: cause.bounded > 0
    )
  }

  private static func states(of severity: Severity) -> [HealthState] {
    switch severity {
    case .critical: [.blocked, .critical]
    case .warning: [.limited, .warning]
    case .unknown, .ok: [.unknown, .stale]
    }
  }
}

// Moving.
extension DashboardState {
  mutating func showTiles() {
    routes = [.tiles]
    trees = [:]
    isZoomed = false
    refreshOutline()
  }

  mutating func moveTiles(_ movement: Movement) {
    switch movement {
    case .up: stepTile(.up)
    case .down: stepTile(.down)
    case .top: viewport.tilePages > 1 ? turnTiles(to: 0) : stepTile(.first)
    case .bottom: viewport.tilePages > 1 ? turnTiles(to: .max) : stepTile(.last)
    case .pageUp, .halfPageUp: turnTiles(to: tilesPage - 1)
    case .pageDown, .halfPageDown: turnTiles(to: tilesPage + 1)
    }
  }

  mutating func stepTile(_ step: TileGrid.Step) {
    let board = board
    let kinds = TileSection.Kind.allCases
    let tiles = kinds.map { kind in
      board[kind].tiles(grouped: viewport.groupedTiles.contains(kind))
    }
    let grid = TileGrid(counts: tiles.map(\.count), columns: max(viewport.tileColumns, 1))
    var chosen: Int?
    if let (kind, index) = selectedTile(in: board), let section = kinds.firstIndex(of: kind) {
      let before = tiles[..<section].reduce(0) { $0 + $1.count }
      chosen = tiles[section].firstIndex { $0.contains(index) }.map { before + $0 }
    }
    guard var target = grid.target(of: step, from: chosen) else {
      message = Message("No number needs attention.", at: now)
      return
    }
    for (section, kind) in kinds.enumerated() {
      if target < tiles[section].count {
        return choose(place: Int(board[kind].places[tiles[section][target].lowerBound]))
      }
      target -= tiles[section].count
    }
  }

  /// The marks of a large fleet are pages.
  private mutating func turnTiles(to page: Int) {
    tilesPage = min(max(page, 0), max(viewport.tilePages - 1, 0))
  }

  private mutating func choose(place: Int) {
    if let row = rows.row(of: place) { select(row: row) }
  }

  /// Tells the tiles which numbers the filter lets through.
  mutating func applyFilterToTiles() {
    guard rows.count < rows.total else { return tiles.show { _ in true } }
    var shown = Array(repeating: false, count: fleet.records.count)
    for row in 0..<rows.count { shown[rows[row]] = true }
    tiles.show { shown[$0] }
  }
}
