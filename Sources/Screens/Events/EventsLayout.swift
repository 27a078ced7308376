import Canvas

/// Where the parts of the events are on a screen of some size.
struct EventsLayout: Hashable, Sendable {
  let counts: Rect
  /// When it happened, over the whole width; nil where there is no room.
  let density: Rect?
  let list: Rect

  private static let leastForDensity = 9

  init(area: Rect) {
    var rest: Rect
    (counts, rest) = area.splitTop(1)
    if area.height >= Self.leastForDensity, area.width >= 50 {
      (density, rest) = rest.splitTop(1)
    } else {
      density = nil
    }
    list = rest
  }
}
