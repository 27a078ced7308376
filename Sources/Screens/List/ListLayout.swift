import Canvas

/// The places of the counts, the banner, the list and the detail.
struct ListLayout: ViewLayout {
  let counts: Rect
  let banner: Rect
  let bannerLines: [BannerView.Line]
  let list: Rect
  /// The detail beside the list, on wide screens.
  let pane: Rect?

  private static let paneFrom = 140

  init(area: Rect, banner lines: [BannerView.Line], isWide: Bool) {
    let (counts, underCounts) = area.splitTop(1)
    let (banner, list) = underCounts.splitTop(lines.count)
    self.counts = counts
    self.banner = banner
    bannerLines = lines
    if area.width >= Self.paneFrom, !isWide {
      let width = Self.listWidth(beside: area.width)
      self.list = list.splitLeft(width).left
      pane = list.splitLeft(width + 1).rest
    } else {
      (self.list, pane) = (list, nil)
    }
  }

  /// The width of the list next to the pane.
  private static func listWidth(beside width: Int) -> Int {
    // From 180 on, the list has room for all its columns.
    width >= 180 ? max(120, width * 66 / 100) : min(max(92, width * 64 / 100), 119)
  }

  /// The rows below the column headings.
  private var rows: Rect { list.splitTop(1).rest }

  func adopt(in state: inout ScreenState) {
    guard state.list.visibleRows != rows.height else { return }
    state.list.visibleRows = rows.height
    state.list.reconcileSelection(with: state.fleet)
  }

  func draw(_ context: DrawContext, on canvas: inout Canvas) {
    canvas.within(counts) { CountsView(context: context).draw(on: &$0) }
    canvas.within(banner) { BannerView(context: context).draw(bannerLines, on: &$0) }
    canvas.within(list) { ListView(context: context).draw(on: &$0) }
    if let pane { SidePane(context: context).draw(in: pane, on: &canvas) }
    if case .sortMenu(let chosen) = context.state.shell.overlay {
      SortMenuView(context: context, chosen: chosen).draw(on: &canvas, over: list)
    }
  }

  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command? {
    let (visible, selected) = (state.list.window, state.list.selectedRow)
    return command(forPressAt: row, column, on: rows, visible: visible, selected: selected)
  }
}
