import Health

// The wall: pages that take turns by themselves.
extension ScreenState {
  /// The views that take turns, in their order.
  package static let wallRoutes: [Route] = [.tiles, .causes, .events(nil)]

  /// What takes turns now, and which of it is seen: a large fleet's tiles are several pages.
  package var wallPages: (count: Int, current: Int) {
    let pages = Self.wallRoutes.map { $0 == .tiles ? max(viewport.tilePages, 1) : 1 }
    let place = Self.wallRoutes.firstIndex(of: route) ?? 0
    let before = pages[..<place].reduce(0, +)
    return (pages.reduce(0, +), before + (route == .tiles ? tilesPage : 0))
  }

  mutating func toggleWall() {
    if wall != nil {
      wall = nil
      return
    }
    if !Self.wallRoutes.contains(route) { show(.tiles) }
    overlay = nil
    wall = WallMode(at: now)
  }

  /// What an operator does stops the turning; opening something to work with it leaves the wall.
  mutating func stopRotation() {
    guard wall != nil else { return }
    wall?.isRotating = false
    wall?.isQuitAsked = false
  }

  mutating func leaveWallWhereItEnds() {
    if wall != nil, !Self.wallRoutes.contains(route) { wall = nil }
  }

  /// Shows the next page when it is due.
  mutating func turnWall() {
    guard let wall, wall.isRotating, overlay == nil, now - wall.shownSince >= WallMode.turn else {
      return
    }
    self.wall?.shownSince = now
    let next = tilesPage + 1
    if route == .tiles, next < viewport.tilePages {
      tilesPage = next
      return
    }
    let place = Self.wallRoutes.firstIndex(of: route) ?? 0
    show(Self.wallRoutes[(place + 1) % Self.wallRoutes.count])
    tilesPage = 0
  }

  /// When the next page is due; nil while there is only this one.
  var nextWallTurn: Moment? {
    guard let wall, wall.isRotating, wallPages.count > 1 else { return nil }
    return wall.shownSince + WallMode.turn
  }
}
