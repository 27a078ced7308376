import Canvas
import Health
import Monitor

/// The bar at the top: the product, where the operator is, and the clock.
///
/// It turns to the colour of errors when all data is old.
struct HeaderView {
  let scene: DrawContext

  private var marks: Marks { scene.marks }
  private var state: ScreenState { scene.state }

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
    if withoutTitle.cells <= room { return withoutTitle }
    return place.cells <= room ? place : here
  }

  private var place: [Phrase] {
    switch state.route {
    case .list, .tiles, .causes, .events(nil): tabs
    case .tree, .inversion, .events: [Phrase(path, .title)]
    }
  }

  /// The views that can be chosen, this one in brackets.
  private var tabs: [Phrase] {
    let views: [(key: String, name: String, isHere: Bool)] = [
      ("1", "List", state.route == .list), ("2", "Tiles", state.route == .tiles),
      ("3", "Tree", false), ("4", "Causes", state.route == .causes),
      ("5", "Events", state.route == .events(nil)),
    ]
    let tabs = views.map { $0.isHere ? "[\($0.key)]\($0.name)" : "\($0.key) \($0.name)" }
    return [Phrase(tabs.joined(separator: "  "), .title)]
  }

  /// The least that says where one is.
  private var here: [Phrase] {
    switch state.route {
    case .list: [Phrase("[1]List", .title)]
    case .tiles: [Phrase("[2]Tiles", .title)]
    case .causes: [Phrase("[4]Causes", .title)]
    case .events(nil): [Phrase("[5]Events", .title)]
    case .tree, .inversion, .events: place
    }
  }

  private var path: String {
    let places = state.routes.map { route in
      switch route {
      case .list: "List"
      case .tiles: "Tiles"
      case .tree(let id): number(id)
      case .inversion(let cause): name(of: cause)
      case .causes: "Causes"
      case .events(let subject): subject.map { "Events of \(name(of: $0))" } ?? "Events"
      }
    }
    // The way back is what matters: of a long one its end.
    let shown = places.count > 3 ? [places[0], marks.ellipsis] + places.suffix(1) : places
    return shown.joined(separator: " \(marks.path) ")
  }

  private func number(_ id: PhoneNumber.ID) -> String {
    state.fleet[id].map { scene.number($0) } ?? id.target?.sanitized ?? "?"
  }

  private func name(of cause: CauseID) -> String {
    CauseName(scene: scene, id: cause).phrases(width: 30).map(\.text).joined()
  }

  private func name(of subject: EventSubject) -> String {
    switch subject {
    case .number(let id): number(id)
    case .cause(let cause): name(of: cause)
    case .account(let name): "account \(name.sanitized)"
    }
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
