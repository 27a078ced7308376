import Health

// The wall: pages that take turns by themselves.
extension ScreenState {
  /// The views that take turns, in their order.
  package static let wallRoutes: [Route] = [.tiles, .causes, .events(nil)]

  /// What takes turns now, and which of it is seen: a large fleet's tiles are several pages.
  package var wallPages: (count: Int, current: Int) {
    let pages = Self.wallRoutes.map { $0.room.pages(in: self).count }
    let place = Self.wallRoutes.firstIndex(of: route) ?? 0
    let before = pages[..<place].reduce(0, +)
    return (pages.reduce(0, +), before + room.pages(in: self).current)
  }

  mutating func toggleWall() {
    if shell.wall != nil {
      shell.wall = nil
      return
    }
    if !Self.wallRoutes.contains(route) { show(.tiles) }
    shell.overlay = nil
    shell.wall = WallMode(at: now)
  }

  /// What an operator does stops the turning; opening something to work with it leaves the wall.
  mutating func stopRotation() {
    guard shell.wall != nil else { return }
    shell.wall?.isRotating = false
    shell.wall?.isQuitAsked = false
  }

  mutating func leaveWallWhereItEnds() {
    if shell.wall != nil, !Self.wallRoutes.contains(route) { shell.wall = nil }
  }

  /// Shows the next page when it is due.
  mutating func turnWall() {
    guard let wall = shell.wall, wall.isRotating, shell.overlay == nil,
      now - wall.shownSince >= WallMode.turn
    else {
      return
    }
    shell.wall?.shownSince = now
    let next = tiles.page + 1
    if route == .tiles, next < tiles.pages {
      tiles.page = next
      return
    }
    let place = Self.wallRoutes.firstIndex(of: route) ?? 0
    show(Self.wallRoutes[(place + 1) % Self.wallRoutes.count])
    tiles.page = 0
  }

  /// When the next page is due; nil while there is only this one.
  var nextWallTurn: Moment? {
    guard let wall = shell.wall, wall.isRotating, wallPages.count > 1 else { return nil }
    return wall.shownSince + WallMode.turn
  }
}
