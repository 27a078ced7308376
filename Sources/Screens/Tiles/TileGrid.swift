/// Navigation between tiles: sections below each other, with the same number of columns.
struct TileGrid {
  enum Step: Hashable, Sendable {
    case left
    case right
    case up
    case down
    case first
    case last
  }

  /// How many tiles each section has.
  let counts: [Int]
  let columns: Int

  private var total: Int { counts.reduce(0, +) }

  /// The target of a step, counted through all sections; nil without tiles.
  func target(of step: Step, from tile: Int?) -> Int? {
    guard total > 0 else { return nil }
    guard let tile else { return step == .last ? total - 1 : 0 }
    switch step {
    case .left: return max(tile - 1, 0)
    case .right: return min(tile + 1, total - 1)
    case .up: return above(tile)
    case .down: return below(tile)
    case .first: return 0
    case .last: return total - 1
    }
  }

  private func below(_ tile: Int) -> Int {
    let (section, start) = section(of: tile)
    let (place, count) = (tile - start, counts[section])
    if place + columns < count { return tile + columns }
    // If the last row is short, its last tile is nearer than the next section.
    if place / columns < (count - 1) / columns { return start + count - 1 }
    guard let next = counts.indices.first(where: { $0 > section && counts[$0] > 0 }) else {
      return tile
    }
    return start + count + min(place % columns, counts[next] - 1)
  }

  private func above(_ tile: Int) -> Int {
    let (section, start) = section(of: tile)
    let place = tile - start
    if place >= columns { return tile - columns }
    guard let former = counts.indices.last(where: { $0 < section && counts[$0] > 0 }) else {
      return tile
    }
    let lastRow = (counts[former] - 1) / columns * columns
    return start - counts[former] + min(lastRow + place % columns, counts[former] - 1)
  }

  private func section(of tile: Int) -> (section: Int, start: Int) {
    var start = 0
    for (section, count) in counts.enumerated() {
      if tile < start + count { return (section, start) }
      start += count
    }
    return (max(counts.count - 1, 0), start - (counts.last ?? 0))
  }
}
