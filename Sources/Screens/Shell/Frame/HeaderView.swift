import Canvas
import Health
import Monitor

/// The bar at the top: the product, the current view, and the clock.
///
/// It has the colour of errors if all data is old.
struct HeaderView {
  let context: DrawContext

  private var marks: Marks { context.marks }
  private var state: ScreenState { context.state }

  func draw(on canvas: inout Canvas) {
    let oldSince = context.overview.dataOldSince
    let bar: Role =
      state.isInPast ? .statusLimitedBadge : oldSince == nil ? .title : .statusBlockedBadge
    canvas.fill(Rect(row: 0, column: 0, width: canvas.width, height: 1), role: bar)
    var right = rightPart(width: canvas.width, oldSince: oldSince, bar: bar)
    var lefts: [[Phrase]] = []
    if state.shell.wall != nil {
      let wall = WallHeader(context: context)
      lefts = wall.lefts
      if let freshness = wall.freshness(room: canvas.width - 8 - right.cells) {
        right.insert(Phrase(freshness + marks.separator, bar), at: 0)
      }
    }
    let end = canvas.width - 1 - right.cells
    canvas.put(right, row: 0, column: end, width: right.cells)
    let left = lefts.isEmpty ? leftPart(room: end - 2) : lefts.first { $0.cells <= end - 2 } ?? []
    canvas.put(left.inRole(bar), row: 0, column: 1, width: max(end - 2, 0))
  }

  private func leftPart(room: Int) -> [Phrase] {
    let product = Phrase("wabatop  ", .title)
    let title = context.chrome.title.map { Phrase("\($0.sanitized)  ", .title) }
    // What is watched is worth more than what watches it.
    let choices = [
      [product] + [title].compactMap(\.self) + place,
      title.map { [$0] + place } ?? [product] + place,
      place, digits,
    ]
    return choices.first { $0.cells <= room } ?? here
  }

  private var place: [Phrase] {
    let place = state.room.isTab ? tabs.joined(separator: "  ") : path
    return [Phrase(place, .title)]
  }

  /// The views' tabs, with the current one in brackets.
  private var tabs: [String] {
    KeyBinding.Place.allCases.enumerated().map { index, place in
      let isHere = state.room.isTab && place == state.room.place
      return (isHere ? "[\(index + 1)]" : "\(index + 1) ") + place.title
    }
  }

  /// The name of this view alone, and the digits of the others.
  private var digits: [Phrase] {
    guard state.room.isTab else { return place }
    let tabs = tabs.map { $0.hasPrefix("[") ? $0 : String($0.prefix { $0 != " " }) }
    return [Phrase(tabs.joined(separator: "  "), .title)]
  }

  /// The shortest form of the current place.
  private var here: [Phrase] {
    guard state.room.isTab else { return place }
    return [Phrase(tabs.first { $0.hasPrefix("[") } ?? "", .title)]
  }

  private var path: String {
    let places = state.shell.routes.map { $0.room.title(context) }
    // Of a long path, the end is shown, because the way back matters.
    let shown = places.count > 3 ? [places[0], marks.ellipsis] + places.suffix(1) : places
    return shown.joined(separator: " \(marks.path) ")
  }

  private func rightPart(width: Int, oldSince: Moment?, bar: Role) -> [Phrase] {
    if let past = state.travel.past {
      return [PastWords(context: context, past: past).header(isShort: width < 60, bar)]
    }
    var parts: [Phrase] = []
    if let oldSince { parts.append(Phrase("DATA \(Age(context.now - oldSince).text) OLD", bar)) }
    if let pause = state.pause {
      parts.append(Phrase(" PAUSED \(Age(context.now - pause.since).text) ", .statusLimitedBadge))
    }
    if let note = state.shell.pollingNote, width >= 60 { parts.append(Phrase(note, bar)) }
    if context.chrome.showsClock, width >= 32 || parts.isEmpty {
      let clock = ClockTime(context.now.date, isUTC: context.saysUTC).clock
      parts.append(Phrase(clock, bar))
    }
    return Array(parts.map { [$0] }.joined(separator: [Phrase("  ", bar)]))
  }
}
