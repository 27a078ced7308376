import Canvas
import Health
import Monitor

/// What the shell needs of a view; the folder of each view has the one type that says it.
///
/// A room knows what it was opened for, such as whose tree it is. How the operator has arranged a view
/// is in the state.
protocol ViewRoom: Sendable {
  /// Its name and its tab; keys work by place.
  var place: KeyBinding.Place { get }
  /// A digit leads here, as against what is opened from another view.
  var isTab: Bool { get }
  /// Shows numbers, and only those that the filter lets through.
  var isFiltered: Bool { get }
  /// What the operator marked is meant, where anything is marked.
  var usesMarks: Bool { get }

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout
  /// Its part of the path in the header.
  func title(_ context: DrawContext) -> String
  /// How the view stands, for the line above the keys: the longest first, and the last is cut where even
  /// that is too long.
  func standing(_ context: DrawContext) -> [[Phrase]]
  /// The part of the view that is seen.
  func visiblePart(of state: ScreenState) -> VisiblePart
  /// The ages that are on the screen.
  func visibleAges(in state: ScreenState) -> [Age]
  /// How many screens it takes turns with at a wall, and which of them is seen; none while it is empty.
  func pages(in state: ScreenState) -> (count: Int, current: Int)

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState)
  /// A row that was pointed at, counted from the first visible one.
  func select(visibleRow: Int, in state: inout ScreenState)
  /// Moves the window; a cursor that would be out of sight goes with it.
  func scroll(by lines: Int, in state: inout ScreenState)
  func goLeft(in state: inout ScreenState)
  func goRight(in state: inout ScreenState)
  func open(in state: inout ScreenState)
  /// Goes to the next or the previous line that isn't plainly fine.
  func seekProblem(_ step: Int, in state: inout ScreenState)
  /// Whether there is a line that isn't plainly fine.
  func hasProblem(in state: ScreenState) -> Bool
  /// Opens who else hangs on what is chosen, or goes back from there.
  func invert(in state: inout ScreenState)
  /// Finds the cursor again after lines have moved, or when the view is opened.
  func reconcile(in state: inout ScreenState)
  /// Goes back to what is worst, whatever the operator had chosen.
  func returnToTop(in state: inout ScreenState)

  // MARK: What is chosen

  /// Whether there is a line under the cursor, whatever it is of.
  func hasLine(in state: ScreenState) -> Bool
  /// The one number that is chosen; nil where it is what many have in common.
  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID?
  /// What is polled when it is asked for; nil where nothing can be.
  func pollRequest(in state: ScreenState) -> PollRequest?
  /// The number whose tree is opened when a tree is asked for.
  func numberForTree(in state: ScreenState) -> PhoneNumber.ID?
  /// What the events are shown of when those of what is chosen are asked for.
  func eventSubject(in state: ScreenState) -> EventSubject?
  func identifierToCopy(in state: ScreenState) -> CopiedText?
  func remedyToCopy(in state: ScreenState) -> CopiedText?
  /// The address at which the fault that is chosen is fixed; nil where none is known.
  func linkToCopy(in state: ScreenState) -> CopiedText?
}

/// What a view does that says nothing of its own.
extension ViewRoom {
  var isTab: Bool { true }
  var isFiltered: Bool { isTab && place.isFiltered }
  var usesMarks: Bool { false }

  func title(_ context: DrawContext) -> String { place.title }
  func pages(in state: ScreenState) -> (count: Int, current: Int) { (1, 0) }

  func scroll(by lines: Int, in state: inout ScreenState) {
    move(lines > 0 ? .down : .up, in: &state)
  }
  func goLeft(in state: inout ScreenState) {}
  func goRight(in state: inout ScreenState) {}
  func seekProblem(_ step: Int, in state: inout ScreenState) {}
  func invert(in state: inout ScreenState) {}
  func reconcile(in state: inout ScreenState) {}
  func returnToTop(in state: inout ScreenState) {}

  func hasProblem(in state: ScreenState) -> Bool {
    state.fleet.counts[.available] != state.fleet.counts.total
  }

  func numberForTree(in state: ScreenState) -> PhoneNumber.ID? { chosenNumber(in: state) }
  func pollRequest(in state: ScreenState) -> PollRequest? {
    let records = state.chosenRecords
    guard let first = records.first else { return nil }
    let what =
      state.meansMarks ? "\(records.count) marked numbers" : first.displayNumber
    return PollRequest(numbers: records.map(\.id), text: "Asked for \(what).")
  }
  func identifierToCopy(in state: ScreenState) -> CopiedText? { state.numbersToCopy }
  func remedyToCopy(in state: ScreenState) -> CopiedText? { state.ticketsToCopy }
  func linkToCopy(in state: ScreenState) -> CopiedText? {
    let record = chosenNumber(in: state).flatMap { state.fleet[$0] }
    return record.flatMap(\.link).map(CopiedText.init(link:))
  }
}

/// Where the parts of a view are in a frame, without the state that they are drawn from.
protocol ViewLayout: Sendable {
  /// Tells the state how much room the view has: for paging, and to keep the cursor in sight.
  func adopt(in state: inout ScreenState)
  func draw(_ context: DrawContext, on canvas: inout Canvas)
  /// What a click asks for: a click selects, a click on what is selected opens it.
  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command?
}

extension ViewLayout {
  /// The same for a list of lines.
  ///
  /// - Parameters:
  ///   - row: Where the click is.
  ///   - column: Where the click is.
  ///   - lines: Where the lines are, without their heads.
  ///   - visible: Those of them that are seen.
  ///   - selected: The one under the cursor.
  /// - Returns: Nil where there is no line.
  func command(
    forPressAt row: Int,
    _ column: Int,
    on lines: Rect,
    visible: Range<Int>,
    selected: Int
  ) -> Command? {
    let line = row - lines.row
    guard lines.rows.contains(row), lines.columns.contains(column), line < visible.count else {
      return nil
    }
    return visible.lowerBound + line == selected ? .open : .select(visibleRow: line)
  }
}

/// What is polled now, and what is said about it.
struct PollRequest {
  let numbers: [PhoneNumber.ID]
  let text: String
}

/// The part of a view or a text that is seen, and of how much.
struct VisiblePart {
  let range: Range<Int>
  let count: Int
  /// It is counted in pages rather than in lines.
  var isPages = false
  /// How many there would be without the filter, where that is said at any rate.
  var unfiltered: Int?
}
