import Canvas
import Health
import Monitor

extension KeyBinding.Place {
  package static let causes = Self(
    "causes",
    .show(.causes),
    "view: what explains the bad numbers, by how many it hits"
  )
}

/// The causes of the bad numbers, worst first.
struct CausesRoom: ViewRoom {
  let place = KeyBinding.Place.causes
  let isFiltered = true

  // MARK: Drawing

  func layOut(_ context: DrawContext, in area: Rect) -> any ViewLayout {
    CausesLayout(area: area, lines: context.state.causeLineCount)
  }

  func standing(_ context: DrawContext) -> [[Phrase]] {
    let (state, separator) = (context.state, context.marks.separator)
    if state.causeCount == 0 { return context.narrowed([[Phrase("no causes", .textMuted)]]) }
    let groups: [(RankedCause.Group, String)] = [
      (.critical, "blocking"), (.warning, "limiting"), (.polling, "of polling, not WhatsApp's"),
    ]
    let parts = groups.compactMap { group, word in
      let count = state.causeCount(of: group)
      return count > 0 ? "\(count) \(word)" : nil
    }
    let total = state.causeCount == 1 ? "1 cause" : "\(state.causeCount) causes"
    let long = ([total] + parts).joined(separator: separator)
    let order = "\(separator)by severity, then numbers hit"
    return context.narrowed([long + order, long, total].map { [Phrase($0, .textMuted)] })
  }

  func visiblePart(of state: ScreenState) -> VisiblePart {
    VisiblePart(range: state.visibleCauseRows, count: state.causeCount)
  }

  func pages(in state: ScreenState) -> (count: Int, current: Int) {
    (state.causeCount > 0 ? 1 : 0, 0)
  }

  func visibleAges(in state: ScreenState) -> [Age] {
    let moments = state.causeWindow.compactMap { line in
      if case .cause(let cause, _)? = state.causeLine(line) { cause.since } else { nil }
    }
    return state.ages(of: moments)
  }

  // MARK: Moving

  func move(_ movement: Movement, in state: inout ScreenState) {
    let (row, count) = (state.causes.selectedRow, state.causeCount)
    let height = state.causes.visibleRows
    state.select(
      causeRow: Scrolling.target(of: movement, from: row, count: count, height: height)
    )
  }

  func select(visibleRow: Int, in state: inout ScreenState) {
    let line = state.causeWindow.lowerBound + visibleRow
    if let row = state.causeRow(ofLine: line) { state.select(causeRow: row) }
  }

  /// Opens the tree of a single number, or the tree of what many numbers have in common.
  func open(in state: inout ScreenState) {
    guard let cause = state.selectedCause else { return }
    if let only = chosenNumber(in: state), !cause.id.isPolling {
      state.openTree(of: only)
    } else {
      state.openInversion(of: cause.id)
    }
  }

  func invert(in state: inout ScreenState) {
    if let cause = state.selectedCause { state.openInversion(of: cause.id) }
  }

  func reconcile(in state: inout ScreenState) { state.reconcileCauses() }

  func returnToTop(in state: inout ScreenState) {
    state.causes.selection = nil
    state.reconcileCauses()
  }

  // MARK: What is chosen

  func hasLine(in state: ScreenState) -> Bool { state.causeCount > 0 }

  /// The number of a cause that concerns only one.
  func chosenNumber(in state: ScreenState) -> PhoneNumber.ID? {
    let few = fewChosenNumbers(in: state)
    return few.count == 1 ? few[0] : nil
  }

  func numberForTree(in state: ScreenState) -> PhoneNumber.ID? { fewChosenNumbers(in: state).first }

  /// At most two of the numbers that the chosen cause hits: a single one is opened directly.
  private func fewChosenNumbers(in state: ScreenState) -> [PhoneNumber.ID] {
    guard let cause = state.selectedCause else { return [] }
    return state.causeIndex.places(of: cause.id, first: 2).map { state.fleet.records[$0].id }
  }

  /// For a number's own fault, the number.
  func eventSubject(in state: ScreenState) -> EventSubject? {
    guard let cause = state.selectedCause else { return nil }
    if case .entity(let reference) = cause.id, reference.type == .phoneNumber {
      return chosenNumber(in: state).map(EventSubject.number)
    }
    return .cause(cause.id)
  }

  func identifierToCopy(in state: ScreenState) -> CopiedText? {
    let identifier: String? =
      switch state.selectedCause?.id {
      case .entity(let reference)?: reference.id
      case .account(let name, _)?, .provider(let name, _)?: name
      case .signal(_, let text)?: text
      case .templates(let status)?: status.word
      case .offline?, nil: nil
      }
    guard let identifier else { return state.numbersToCopy }
    return CopiedText(what: identifier.printable, text: identifier.printable)
  }

  func linkToCopy(in state: ScreenState) -> CopiedText? {
    state.causeReport(hits: 1)?.advice.link.map(CopiedText.init(link:))
  }

  func remedyToCopy(in state: ScreenState) -> CopiedText? {
    state.causeTicket ?? state.ticketsToCopy
  }
}
