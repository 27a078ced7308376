import Canvas
import Health
import Monitor

/// The bar at the top in wall mode: title, totals and the data's age.
struct WallHeader {
  let context: DrawContext

  private var overview: Overview { context.overview }
  private var separator: String { context.marks.separator }

  /// The longest first.
  var lefts: [[Phrase]] {
    let title = context.chrome.title.map { "\($0.sanitized)   " } ?? ""
    let filter = context.state.filtering.filter.text.sanitized
    let narrowing = filter.isEmpty ? "" : "   filter \"\(filter)\""
    return [
      "wabatop   \(title)\(Totals(context: context).text)\(narrowing)",
      "wabatop   \(title)\(narrowing)",
      "wabatop",
    ].map { [Phrase($0, .title)] }
  }

  /// The text before the clock: the totals are shortened for it, because old data must not look new.
  func freshness(room: Int) -> String? {
    lefts.lazy.compactMap { left in
      freshness.first { TextWidth.cells(of: $0) <= room - left.cells }
    }.first
  }

  /// Longest first.
  private var freshness: [String] {
    let counts = CountsView(context: context).freshness
    let sources = "\(overview.answeringAccounts)/\(overview.totalAccounts) accounts answering"
    let said = overview.totalAccounts == 0 ? [] : [sources]
    return counts.map { ([$0] + said).joined(separator: separator) } + counts
  }
}

/// The last line in wall mode: the current page and how to leave; or the question before quitting.
struct WallLine {
  let context: DrawContext

  func draw(on canvas: inout Canvas) {
    guard let wall = context.state.shell.wall else { return }
    if wall.isQuitAsked {
      let question = "Quit wabatop?  q or y quits, any other key stays"
      canvas.put(" \(question) ", row: 0, column: 1, role: .statusLimitedBadge)
      return
    }
    if let message = context.state.shell.message {
      let text = context.masked(message.text.sanitized)
      MessageView(message: message, marks: context.marks, text: text)
        .draw(on: &canvas, width: canvas.width - 2)
      return
    }
    let end = canvas.width - 1
    let start = canvas.put(keys, row: 0, endingAt: end, after: 12)
    let fitting = pages(wall).first { $0.cells <= start - 3 } ?? []
    canvas.put(fitting, row: 0, column: 1, width: max(start - 3, 0))
  }

  /// The rotating views, with the current one in brackets.
  private func pages(_ wall: WallMode) -> [[Phrase]] {
    let seconds = WallMode.turn.components.seconds
    let gap = context.marks.separator
    guard context.chrome.hasKeys else { return [[Phrase(page, .textMuted)]] }
    guard context.state.wallPages.count > 1 else { return [[Phrase("wall mode", .textMuted)]] }
    let turning =
      wall.isRotating
      ? "rotates every \(seconds)s" : "stopped; rotates again a minute after the last key"
    let names = context.state.wallRoutesInUse.enumerated().map { place, route in
      let name = name(of: route)
      let isHere = route == context.state.route
      return Phrase(
        (place > 0 ? "  " : "") + (isHere ? "[\(name)]" : name),
        isHere ? .accent : .textMuted
      )
    }
    return [
      [Phrase("wall mode\(gap)\(turning)\(gap)", .textMuted)] + names,
      [Phrase("\(turning)\(gap)", .textMuted)] + names, names,
    ]
  }

  /// Which page of the tiles it is, if there are several.
  private var page: String {
    let tiles = context.state.tiles
    return tiles.pages > 1 ? "page \(tiles.page + 1) of \(tiles.pages)" : ""
  }

  private func name(of route: Route) -> String {
    let state = context.state
    let (name, pages) = (route.room.place.name, route.room.pages(in: state))
    guard route == state.route, pages.count > 1 else { return name }
    return "\(name) \(pages.current + 1)/\(pages.count)"
  }

  private var keys: [Phrase] {
    let isMasked = context.state.shell.masksNumbers
    guard context.chrome.hasKeys else {
      return isMasked ? [Phrase("numbers masked", .textMuted)] : []
    }
    let mask = isMasked ? "numbers masked\(context.marks.separator)" : ""
    return [
      Phrase(mask, .textMuted), Phrase("w", .accent), Phrase(" leave", .textMuted),
      Phrase("  ?", .accent), Phrase(" keys", .textMuted),
    ]
  }
}
