import Canvas

/// Columns and rows of a terminal.
package struct ScreenSize: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = max(width, 0)
    self.height = max(height, 0)
  }
}

/// Where the regions of the screen are.
struct ScreenLayout {
  /// So small that a line of counts is all.
  let isSummary: Bool
  let header: Rect
  let counts: Rect
  let banner: Rect
  let bannerLines: [BannerView.Line]
  let list: Rect
  /// The detail beside the list, on wide screens.
  let pane: Rect?
  let tree: TreeLayout
  let causes: CausesLayout
  let events: EventsLayout
  /// Between the header and the two lines at the foot.
  let body: Rect
  let stateLine: Rect
  let footer: Rect

  private static let smallest = (width: 40, height: 8)
  private static let paneFrom = 140

  init(size: ScreenSize, state: ScreenState, banner lines: [BannerView.Line]) {
    isSummary = size.width < Self.smallest.width || size.height < Self.smallest.height
    let screen = Rect(row: 0, column: 0, width: size.width, height: size.height)
    let (header, rest) = screen.splitTop(1)
    // A blank line over the foot, where there is room for one.
    let air = size.height >= 20 ? 1 : 0
    let feetCount = state.wall == nil ? 2 : 1
    let (body, bottom) = rest.splitTop(rest.height - feetCount - air)
    let (_, feet) = bottom.splitTop(air)
    (stateLine, footer) = feet.splitTop(1)
    self.header = header
    self.body = body
    bannerLines = lines
    let (counts, underCounts) = body.splitTop(1)
    self.counts = counts
    let (banner, list) = underCounts.splitTop(lines.count)
    self.banner = banner
    if size.width >= Self.paneFrom, !state.wideColumns {
      let width = Self.listWidth(beside: size.width)
      self.list = list.splitLeft(width).left
      pane = list.splitLeft(width + 1).rest
    } else {
      (self.list, pane) = (list, nil)
    }
    causes = CausesLayout(area: body, lines: state.causeLineCount)
    events = EventsLayout(area: body)
    tree = TreeLayout(area: body, isZoomed: state.isZoomed, nodes: state.outline?.nodes.count ?? 0)
  }

  /// What the list keeps where a pane stands beside it.
  private static func listWidth(beside width: Int) -> Int {
    // From 180 on the list has all its columns again.
    width >= 180 ? max(120, width * 66 / 100) : min(max(92, width * 64 / 100), 119)
  }
}
