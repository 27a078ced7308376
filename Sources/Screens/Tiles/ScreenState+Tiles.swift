package import Health
import Monitor

// The contents of the tiles, and navigation.
extension ScreenState {
  package var board: TileBoard { TileBoard(tiles.index, causeIndex) }

  /// The count of numbers in some states, and the oldest of them.
  package func figure(_ states: [HealthState], in board: TileBoard) -> TileFigure {
    let oldest = board.oldest(in: states, tiles.index)
    return TileFigure(
      count: states.reduce(0) { $0 + tiles.index.total[$1] },
      oldest: oldest?.since,
      isLowerBound: oldest?.sinceIsLowerBound ?? false
    )
  }

  /// The causes of the shown numbers, worst first.
  package func tileCauses(_ limit: Int) -> [TileCause] {
    (0..<causeIndex.count).lazy.compactMap { causeIndex.cause(row: $0, in: fleet) }
      .compactMap(tileCause)
      .prefix(limit).map(\.self)
  }

  /// The latest changes, newest first, as many as fit on a wall.
  package var latestEvents: [EventRow] {
    latestJournal.events.reversed().lazy
      .filter { !$0.kind.isOfProgram && passesFilter($0, in: latestJournal) }
      .prefix(Self.mostEvents)
      .map { EventRow(event: $0, victim: nil, number: nil, isUnfolded: false) }
  }

  private static let mostEvents = 12

  /// The tile under the cursor, as an index in its section; nil if the chosen number has none.
  package func selectedTile(in board: TileBoard) -> (kind: TileSection.Kind, index: Int)? {
    guard let id = selectedRecord?.id, let place = fleet.index(of: id) else { return nil }
    for kind in TileSection.Kind.allCases {
      if let index = board[kind].places.firstIndex(of: Int32(place)) { return (kind, index) }
    }
    return nil
  }

  /// The moments whose ages may be visible, at most a screenful.
  var visibleTileAges: [Moment] {
    let board = board
    let places = TileSection.Kind.allCases.flatMap { board[$0].places.prefix(Self.mostTiles) }
    return places.map { tiles.index.shares[Int($0)].since } + criticalCauses.compactMap(\.since)
      + [[HealthState.unknown], [.stale]].compactMap { figure($0, in: board).oldest }
  }

  /// More than fit on a wall.
  private static let mostTiles = 80

  private func tileCause(_ cause: RankedCause) -> TileCause? {
    guard !cause.isOfTemplates else { return nil }
    let (hits, sole) = shown(of: cause)
    // Stale numbers count only for polling troubles, because their last report is no longer valid.
    let current = hits.total - (cause.id.isPolling ? 0 : hits[.stale])
    guard current > 0 else { return nil }
    let states = Self.states(of: cause.severity)
    return TileCause(
      cause: cause,
      count: current,
      all: states.reduce(0) { $0 + tiles.index.total[$1] },
      restores: sole
    )
  }

  /// The numbers of a cause that pass the filter, and how many of them have no other cause as bad.
  private func shown(of cause: RankedCause) -> (hits: Tally, sole: Int) {
    let crowd = causeIndex.crowd(of: cause.id)
    guard list.rows.count < list.rows.total else { return (crowd.tally, cause.relieved) }
    let places = crowd.places.filter(tiles.index.shows)
    let sole = places.count { causeIndex.isSole(cause.id, at: $0) }
    return (Tally(places.map { fleet.records[$0].state }), sole)
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
extension ScreenState {
  mutating func stepTile(_ step: TileGrid.Step) {
    let board = board
    let sections = sections(of: board)
    let counts = sections.map { $0.section.tileCount(grouped: $0.isGrouped) }
    let grid = TileGrid(counts: counts, columns: max(tiles.columns, 1))
    let chosen = selectedTile(in: board).map { kind, index in
      let section = TileSection.Kind.allCases.firstIndex(of: kind) ?? 0
      let tile = board[kind].tile(holding: index, grouped: sections[section].isGrouped)
      return counts[..<section].reduce(0, +) + tile
    }
    guard let target = grid.target(of: step, from: chosen) else {
      return say("No number needs attention.")
    }
    choose(tile: target, in: sections)
  }

  /// Selects a clicked tile, counted through all sections.
  mutating func select(tile: Int) { choose(tile: tile, in: sections(of: board)) }

  private mutating func choose(tile: Int, in sections: [(section: TileSection, isGrouped: Bool)]) {
    var tile = tile
    for (section, isGrouped) in sections {
      let count = section.tileCount(grouped: isGrouped)
      if tile < count {
        let first = section.tile(max(tile, 0), grouped: isGrouped).lowerBound
        return choose(place: Int(section.places[first]))
      }
      tile -= count
    }
  }

  /// The current sections.
  private func sections(of board: TileBoard) -> [(section: TileSection, isGrouped: Bool)] {
    TileSection.Kind.allCases.map { (board[$0], tiles.grouped.contains($0)) }
  }

  private mutating func choose(place: Int) {
    if let row = list.rows.row(of: place) { list.select(row: row, in: fleet) }
  }

  /// Updates the tiles after the filter changed.
  mutating func applyFilterToTiles() {
    guard list.rows.count < list.rows.total else { return tiles.index.show { _ in true } }
    var shown = Array(repeating: false, count: fleet.records.count)
    for place in list.rows.places { shown[Int(place)] = true }
    tiles.index.show { shown[$0] }
  }
}
