import Canvas
import Health
import Monitor

/// What the shell needs from a view; each view's folder has one conforming type.
///
/// A conforming value knows what the view was opened for, such as a tree's number. The view's
/// arrangement is in the state.
protocol ViewRoom: Sendable {
  /// Its name and its tab; keys depend on it.
  var place: KeyBinding.Place { get }
  /// Whether it has a tab; otherwise it is opened from another view.
  var isTab: Bool { get }
  /// Whether it shows only numbers that pass the filter.
  var isFiltered: Bool { get }
  /// Whether actions apply to the marked numbers if there are any.
  var usesMarks: Bool { get }

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout
  /// Its part of the path in the header.
  func title(_ context: DrawContext) -> String
  /// The view's status for the line above the keys: longest first; the last one is cut if it is too
  /// long.
  func standing(_ context: DrawContext) -> [[Phrase]]
  /// The visible part of the view.
  func visiblePart(of state: ScreenState) -> VisiblePart
  /// The visible ages.
  func visibleAges(in state: ScreenState) -> [Age]
  /// The number of pages in wall mode, and the current one; zero if it is empty.
  func pages(in state: ScreenState) -> (count: Int, current: Int)

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState)
  /// A clicked row, counted from the first visible one.
  func select(visibleRow: Int, in state: inout ScreenState)
  /// Scrolls; the cursor moves only if it would leave the window.
  func scroll(by lines: Int, in state: inout ScreenState)
  func goLeft(in state: inout ScreenState)
  func goRight(in state: inout ScreenState)
  func open(in state: inout ScreenState)
  /// Goes to the next or the previous problem.
  func seekProblem(_ step: Int, in state: inout ScreenState)
  /// Whether there is a line that isn't plainly fine.
  func hasProblem(in state: ScreenState) -> Bool
  /// Opens the inverted tree of the chosen item, or goes back from it.
  func invert(in state: inout ScreenState)
  /// Restores the cursor after lines have moved, or when the view is opened.
  func reconcile(in state: inout ScreenState)
  /// Goes back to the top, where the worst is.
  func returnToTop(in state: inout ScreenState)

  // MARK: What is chosen

  /// Whether there is a line under the cursor.
  func hasLine(in state: ScreenState) -> Bool
  /// The chosen number; nil if the chosen item concerns many.
  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID?
  /// What is polled when it is asked for; nil where nothing can be.
  func pollRequest(in state: ScreenState) -> PollRequest?
  /// The number for the tree view.
  func numberForTree(in state: ScreenState) -> PhoneNumber.ID?
  /// The subject for the events of the chosen item.
  func eventSubject(in state: ScreenState) -> EventSubject?
  func identifierToCopy(in state: ScreenState) -> CopiedText?
  func remedyToCopy(in state: ScreenState) -> CopiedText?
  /// The link for fixing the chosen fault; nil if none is known.
  func linkToCopy(in state: ScreenState) -> CopiedText?
}

/// Defaults.
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
      state.usesMarkedNumbers ? "\(records.count) marked numbers" : first.displayNumber
    return PollRequest(numbers: records.map(\.id), text: "Polling \(what).")
  }
  func identifierToCopy(in state: ScreenState) -> CopiedText? { state.numbersToCopy }
  func remedyToCopy(in state: ScreenState) -> CopiedText? { state.ticketsToCopy }
  func linkToCopy(in state: ScreenState) -> CopiedText? {
    let record = chosenNumber(in: state).flatMap { state.fleet[$0] }
    return record.flatMap(\.link).map(CopiedText.init(link:))
  }
}

/// The places of a view's parts in a frame, without the state.
protocol ViewLayout: Sendable {
  /// Tells the state how much room the view has, for paging and for keeping the cursor visible.
  func adopt(in state: inout ScreenState)
  func draw(_ context: DrawContext, on canvas: inout Canvas)
  /// The command for a click: it selects, or opens what is already selected.
  func command(forPressAt row: Int, _ column: Int, in state: ScreenState) -> Command?
}

extension ViewLayout {
  /// The same for a list of lines.
  ///
  /// - Parameters:
  ///   - row: The row of the click.
  ///   - column: The column of the click.
  ///   - lines: The area of the lines, without headings.
  ///   - visible: The visible lines.
  ///   - selected: The line under the cursor.
  /// - Returns: Nil if there is no line.
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

/// The visible part of a view or text, and its total.
struct VisiblePart {
  let range: Range<Int>
  let count: Int
  /// Whether it counts pages instead of lines.
  var isPages = false
  /// The total without the filter, if it is shown.
  var unfiltered: Int?
}
