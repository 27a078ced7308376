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

  func draw(on canvas: inout Canvas, oldSince: Moment?) {
    let bar: Role = oldSince == nil ? .title : .statusBlockedBadge
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: bar)
    let right = rightPart(width: canvas.width, oldSince: oldSince, bar: bar)
    let end = canvas.width - 1 - right.cells
    canvas.put(right, row: 0, column: end, width: right.cells)
    let left = leftPart(room: end - 2).inRole(bar)
    canvas.put(left, row: 0, column: 1, width: max(end - 2, 0))
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
    case .list: tabs
    case .tree: [Phrase(path, .title)]
    }
  }

  /// The views that can be chosen, this one in brackets.
  private var tabs: [Phrase] { [Phrase("[1]List  3 Tree", .title)] }

  private var path: String {
    let places = state.routes.map { route in
      switch route {
      case .list: "List"
      case .tree(let id): state.fleet[id]?.displayNumber.sanitized ?? id.target?.sanitized ?? "?"
      }
    }
    // The way back is what matters: of a long one its end.
    let shown = places.count > 3 ? ["List", marks.ellipsis] + places.suffix(1) : places
    return shown.joined(separator: " \(marks.path) ")
  }

  private func rightPart(width: Int, oldSince: Moment?, bar: Role) -> [Phrase] {
    var parts: [Phrase] = []
    if let oldSince { parts.append(Phrase("DATA \(Age(scene.now - oldSince).text) OLD", bar)) }
    if let pause = state.pause {
      parts.append(Phrase(" PAUSED \(Age(scene.now - pause.since).text) ", .statusLimitedBadge))
    }
    if scene.chrome.showsClock, width >= 32 || parts.isEmpty {
      let clock = ClockTime(scene.now.date, isUTC: state.timeFormat != .local).clock
      parts.append(Phrase(clock, bar))
    }
    return Array(parts.map { [$0] }.joined(separator: [Phrase("  ", bar)]))
  }
}
