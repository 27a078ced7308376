import Canvas
import Health
import Monitor

extension KeyBinding.Place {
  package static let tiles = Self(
    "tiles",
    .show(.tiles),
    "view: what is broken and why, and a mark for every number",
    isFiltered: true
  )
}

/// The tiles view: faults, causes, and a mark for every number.
struct TilesRoom: ViewRoom {
  let place = KeyBinding.Place.tiles

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout {
    TilesPlan(context, area: area)
  }

  func standing(_ context: DrawContext) -> [[Phrase]] { TilesStanding(context: context).choices }

  func visiblePart(of state: ScreenState) -> VisiblePart {
    let (page, pages) = (state.tiles.page, state.tiles.pages)
    return VisiblePart(range: page..<min(page + 1, pages), count: pages, isPages: true)
  }

  func visibleAges(in state: ScreenState) -> [Age] { state.ages(of: state.visibleTileAges) }

  func pages(in state: ScreenState) -> (count: Int, current: Int) {
    (max(state.tiles.pages, 1), state.tiles.page)
  }

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState) {
    let tiles = state.tiles
    switch movement {
    case .up: state.stepTile(.up)
    case .down: state.stepTile(.down)
    case .top: tiles.pages > 1 ? state.tiles.turn(to: 0) : state.stepTile(.first)
    case .bottom: tiles.pages > 1 ? state.tiles.turn(to: .max) : state.stepTile(.last)
    case .pageUp, .halfPageUp: state.tiles.turn(to: tiles.page - 1)
    case .pageDown, .halfPageDown: state.tiles.turn(to: tiles.page + 1)
    }
  }

  func select(visibleRow: Int, in state: inout ScreenState) { state.select(tile: visibleRow) }

  func scroll(by lines: Int, in state: inout ScreenState) {
    move(lines > 0 ? .pageDown : .pageUp, in: &state)
  }

  func goLeft(in state: inout ScreenState) { state.stepTile(.left) }

  func goRight(in state: inout ScreenState) { state.stepTile(.right) }

  func open(in state: inout ScreenState) {
    if let id = chosenNumber(in: state) { state.openTree(of: id) }
  }

  func seekProblem(_ step: Int, in state: inout ScreenState) {
    state.stepTile(step > 0 ? .right : .left)
  }

  func returnToTop(in state: inout ScreenState) { state.list.returnToTop() }

  // MARK: What is chosen

  func hasLine(in state: ScreenState) -> Bool { state.list.rows.count > 0 }

  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID? { state.selectedRecord?.id }

  func eventSubject(in state: ScreenState) -> EventSubject? {
    chosenNumber(in: state).map(EventSubject.number)
  }
}
