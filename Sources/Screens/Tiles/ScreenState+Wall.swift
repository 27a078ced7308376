import Health

// The wall: pages that take turns by themselves.
extension ScreenState {
  /// The views that take turns, in their order.
  package static let wallRoutes: [Route] = [.tiles, .causes, .events(nil)]

  /// Those of them that have something to show.
  package var wallRoutesInUse: [Route] {
    Self.wallRoutes.filter { $0.room.pages(in: self).count > 0 }
  }

  /// What takes turns now, and which of it is seen: a large fleet's tiles are several pages.
  package var wallPages: (count: Int, current: Int) {
    let routes = wallRoutesInUse
    let pages = routes.map { $0.room.pages(in: self).count }
    let place = routes.firstIndex(of: route) ?? 0
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
    shell.wall?.haltedAt = now
    shell.wall?.isQuitAsked = false
  }

  mutating func leaveWallWhereItEnds() {
    if shell.wall != nil, !Self.wallRoutes.contains(route) { shell.wall = nil }
  }

  /// Shows the next page when it is due.
  mutating func turnWall() {
    resumeRotation()
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
    let later = Self.wallRoutes[(place + 1)...] + Self.wallRoutes[...place]
    let inUse = wallRoutesInUse
    if let following = later.first(where: inUse.contains) { show(following) }
    tiles.page = 0
  }

  /// Pages take turns again once nobody has pressed a key for a while; what lay over them goes.
  private mutating func resumeRotation() {
    guard let halted = shell.wall?.haltedAt, now - halted >= WallMode.patience else { return }
    shell.wall = WallMode(at: now)
    shell.overlay = nil
    shell.prompt = nil
    if isTypingFilter { editFilter(.drop) }
  }

  /// When the next page is due, or the turning itself; nil while there is only this one.
  var nextWallTurn: Moment? {
    guard let wall = shell.wall else { return nil }
    if let halted = wall.haltedAt { return halted + WallMode.patience }
    return wallPages.count > 1 ? wall.shownSince + WallMode.turn : nil
  }
}
