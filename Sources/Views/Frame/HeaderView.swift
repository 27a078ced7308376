import Dashboard
import Health
import Terminal

/// The bar at the top: the product, where the operator is, and the clock.
///
/// It turns to the colour of errors when all data is old.
struct HeaderView {
  let scene: Scene

  private var marks: Marks { scene.marks }
  private var state: DashboardState { scene.state }

  func draw(on canvas: inout Canvas, _ overview: Overview) {
    let oldSince = overview.dataOldSince
    let bar: Role = oldSince == nil ? .title : .statusBlockedBadge
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: bar)
    var right = rightPart(width: canvas.width, oldSince: oldSince, bar: bar)
    var lefts: [[Phrase]] = []
    if state.wall != nil {
      let wall = WallHeader(scene: scene, overview: overview)
      lefts = wall.lefts
      let room = canvas.width - 8 - right.cells - lefts[0].cells
      let freshness = wall.freshness.first { TextWidth.cells(of: $0) <= room } ?? ""
      if !freshness.isEmpty { right.insert(Phrase(freshness + marks.separator, bar), at: 0) }
    }
    let end = canvas.width - 1 - right.cells
    canvas.put(right, row: 0, column: end, width: right.cells)
    let left = lefts.isEmpty ? leftPart(room: end - 2) : lefts.first { $0.cells <= end - 2 } ?? []
    canvas.put(left.inRole(bar), row: 0, column: 1, width: max(end - 2, 0))
  }

  private func leftPart(room: Int) -> [Phrase] {
    let product = Phrase("wabatop  ", .title)
    let title = scene.chrome.title.map { Phrase("\($0.sanitized)  ", .title) }
    let full = [product] + [title].compactMap(\.self) + place
    if full.cells <= room { return full }
    let withoutTitle = [product] + place
    return withoutTitle.cells <= room ? withoutTitle : Array(place)
  }

  private var place: [Phrase] {
    switch state.route {
    case .list, .tiles: tabs
    case .tree: [Phrase(path, .title)]
    }
  }

  /// The views that can be chosen, this one in brackets.
  private var tabs: [Phrase] {
    let views = [("1", "List", Route.list), ("2", "Tiles", .tiles)]
    let names = views.map { key, name, route in
      state.route == route ? "[\(key)]\(name)" : "\(key) \(name)"
    }
    return [Phrase((names + ["3 Tree"]).joined(separator: "  "), .title)]
  }

  private var path: String {
    let places = state.routes.map { route in
      switch route {
      case .list: "List"
      case .tiles: "Tiles"
      case .tree(let id): state.fleet[id].map { scene.number($0) } ?? id.target?.sanitized ?? "?"
      }
    }
    // The way back is what matters: of a long one its end.
    let shown = places.count > 3 ? [places[0], marks.ellipsis] + places.suffix(1) : places
    return shown.joined(separator: " \(marks.path) ")
  }

  private func rightPart(width: Int, oldSince: Moment?, bar: Role) -> [Phrase] {
    var parts: [Phrase] = []
    if let oldSince { parts.append(Phrase("DATA \(Age(scene.now - oldSince).text) OLD", bar)) }
    if let pause = state.pause {
      parts.append(Phrase(" PAUSED \(Age(scene.now - pause.since).text) ", .statusLimitedBadge))
    }
    if scene.chrome.showsClock, width >= 32 || parts.isEmpty {
      let clock = ClockTime(scene.now.date, isUTC: scene.saysUTC).clock
      parts.append(Phrase(clock, bar))
    }
    return Array(parts.map { [$0] }.joined(separator: [Phrase("  ", bar)]))
  }
}
