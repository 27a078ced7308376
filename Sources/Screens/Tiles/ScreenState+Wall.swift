import Health

// Wall mode: rotating pages.
extension ScreenState {
  /// The rotating views, in order.
  package static let wallRoutes: [Route] = [.tiles, .causes, .events(nil)]

  /// Those of them that are not empty.
  package var wallRoutesInUse: [Route] {
    Self.wallRoutes.filter { $0.room.pages(in: self).count > 0 }
  }

  /// The number of rotating pages, and the current one: a large fleet's tiles have several pages.
  package var wallPages: (count: Int, current: Int) {
    let routes = wallRoutesInUse
    let pages = routes.map { $0.room.pages(in: self).count }
    let place = routes.firstIndex(of: route) ?? 0
    let before = pages[..<place].reduce(0, +)
    return (pages.reduce(0, +), before + room.pages(in: self).current)
  }

  mutating func toggleWall() {
    if let wall = shell.wall { return leave(wall) }
    let origin = shell.routes
    if !Self.wallRoutes.contains(route) { show(.tiles) }
    shell.overlay = nil
    shell.wall = WallMode(at: now, from: origin)
  }

  /// Goes back to where the operator was before.
  private mutating func leave(_ wall: WallMode) {
    shell.wall = nil
    guard shell.routes != wall.origin else { return }
    shell.routes = wall.origin
    leaveVanishedTrees("The number is no longer there.")
    room.reconcile(in: &self)
    refreshOutline()
  }

  /// Stops the rotation because of a key; opening something leaves wall mode.
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

  /// Resumes the rotation after a while without a key, and closes overlays.
  private mutating func resumeRotation() {
    guard let wall = shell.wall, let halted = wall.haltedAt, now - halted >= WallMode.resumeDelay
    else { return }
    shell.wall = WallMode(at: now, from: wall.origin)
    shell.overlay = nil
    shell.prompt = nil
    if isTypingFilter { editFilter(.drop) }
  }

  /// When the next page or the resumption is due; nil if there is only one page.
  var nextWallTurn: Moment? {
    guard let wall = shell.wall else { return nil }
    if let halted = wall.haltedAt { return halted + WallMode.resumeDelay }
    return wallPages.count > 1 ? wall.shownSince + WallMode.turn : nil
  }

  /// Shows the tiles in wall mode, for a picture of it.
  package mutating func showWall() {
    let origin = shell.routes
    show(.tiles)
    shell.wall = WallMode(at: now, from: origin)
  }

  /// Shows one of the pages of tiles, counted on from the last to the first.
  package mutating func turnTiles(to page: Int) { tiles.turn(to: page % max(tiles.pages, 1)) }
}
