import Canvas
import Health
import Monitor

extension KeyBinding.Place {
  package static let list = Self(
    "list",
    .show(.list),
    "view: every number, worst first",
    isFiltered: true
  )
}

/// Every number, worst first.
struct ListRoom: ViewRoom {
  let place = KeyBinding.Place.list
  let usesMarks = true

  private static let bannerFrom = 60

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout {
    let banner = BannerView(context: context)
    let lines = area.width >= Self.bannerFrom ? banner.lines(height: context.size.height) : []
    return ListLayout(area: area, banner: lines, isWide: context.state.list.wideColumns)
  }

  func standing(_ context: DrawContext) -> [[Phrase]] {
    let (state, marks) = (context.state, context.marks)
    let sort = state.list.sort
    let order = "sort \(sort.column.name)\(sort.isReversed ? ", reversed" : "")"
    let gap = Phrase(marks.separator, .textMuted)
    let filter = state.filtering.filter.text.sanitized
    let narrowing =
      (filter.isEmpty ? [] : [Phrase("filter \"\(filter)\"", .accent)])
      + (state.filtering.onlyProblems ? [Phrase("only problems", .accent)] : [])
    let parts = narrowing.isEmpty ? [Phrase("no filter", .textMuted)] : narrowing
    let tail = parts.flatMap { [gap, $0] }
    let count = state.shell.marks.ids.count
    let marked = count == 0 ? [] : [Phrase("\(count) marked", .mark), gap]
    let long = Phrase(sort == .standard ? "\(order), then cause" : order, .textMuted)
    // The filter is more important than the sort order.
    return [
      marked + [long] + tail, marked + [Phrase(order, .textMuted)] + tail,
      marked + tail.dropFirst(),
    ]
  }

  func visiblePart(of state: ScreenState) -> VisiblePart {
    let rows = state.list.rows
    return VisiblePart(range: state.list.window, count: rows.count, unfiltered: rows.total)
  }

  func visibleAges(in state: ScreenState) -> [Age] {
    state.list.window.map { state.age(of: state.record(at: $0)) }
  }

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState) {
    let (row, count) = (state.list.selectedRow, state.list.rows.count)
    let height = state.list.visibleRows
    select(row: Scrolling.target(of: movement, from: row, count: count, height: height), in: &state)
  }

  func select(visibleRow: Int, in state: inout ScreenState) {
    select(row: state.list.window.lowerBound + visibleRow, in: &state)
  }

  private func select(row: Int, in state: inout ScreenState) {
    state.list.select(row: row, in: state.fleet)
  }

  func scroll(by lines: Int, in state: inout ScreenState) {
    state.list.scroll(by: lines, in: state.fleet)
  }

  func goLeft(in state: inout ScreenState) {
    state.list.pan = max(0, state.list.pan - Self.panStep)
  }

  func goRight(in state: inout ScreenState) {
    state.list.pan = min(state.list.pan + Self.panStep, Self.furthestPan)
  }

  private static let panStep = 8
  /// Panning ends after as many steps as there are columns.
  private static let furthestPan = panStep * ListColumn.sortable.count

  func open(in state: inout ScreenState) {
    if let id = chosenNumber(in: state) { state.openTree(of: id) }
  }

  /// Continues at the other end if needed.
  ///
  /// If a filter passes only healthy numbers, each of them is a match.
  func seekProblem(_ step: Int, in state: inout ScreenState) {
    let count = state.list.rows.count
    var row = state.list.selectedRow
    for _ in 0..<count {
      row = (row + step + count) % count
      if state.record(at: row).state.needsAttention { return select(row: row, in: &state) }
    }
    if !state.filtering.filter.isEmpty, count > 0 {
      return select(row: (state.list.selectedRow + step + count) % count, in: &state)
    }
    state.say("No number needs attention.")
  }

  func returnToTop(in state: inout ScreenState) { state.list.returnToTop() }

  // MARK: What is chosen

  func hasLine(in state: ScreenState) -> Bool { state.list.rows.count > 0 }

  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID? { state.selectedRecord?.id }

  func eventSubject(in state: ScreenState) -> EventSubject? {
    chosenNumber(in: state).map(EventSubject.number)
  }
}
