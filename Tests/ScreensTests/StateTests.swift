import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

/// A state over a sample fleet, and what commands make of it.
extension ScreenState {
  static func sample(numbers count: Int) -> ScreenState {
    var state = ScreenState(now: .sample)
    state.receive(.sample(numbers: count), at: .sample)
    return state
  }

  static let sample: ScreenState = {
    var state = ScreenState(now: SampleIncident.steps[0].moment)
    for step in SampleIncident.steps { state.receive(step.update, at: step.moment) }
    state.letTimePass(to: .sample)
    return state
  }()

  /// The state after some commands.
  func after(_ commands: Command...) -> ScreenState {
    var state = self
    for command in commands { _ = state.perform(command) }
    return state
  }
}

/// All of a state but the fleet: what commands change.
struct Arrangement: Equatable {
  var routes: [Route] = [.list]
  var overlay: Overlay?
  var selection: String?
  var selectedRow = 0
  var scroll = 0
  var pan = 0
  var isWide = false
  var sort = SortOrder.standard
  var filter = ""
  var isTyping = false
  var onlyProblems = false
  var isZoomed = false
  var isPaused = false
  var timeFormat = TimeFormat.age
  var message: String?
  var rows = 60

  init() {}

  init(_ state: ScreenState) {
    routes = state.shell.routes
    overlay = state.shell.overlay
    selection = state.list.selection?.target
    selectedRow = state.list.selectedRow
    scroll = state.list.scroll
    pan = state.list.pan
    isWide = state.list.wideColumns
    sort = state.list.sort
    filter = state.filtering.filter.text
    isTyping = state.isTypingFilter
    onlyProblems = state.filtering.onlyProblems
    isZoomed = state.tree.isZoomed
    isPaused = state.pause != nil
    timeFormat = state.shell.timeFormat
    message = state.shell.message?.text
    rows = state.list.rows.count
  }

  func with(_ change: (inout Self) -> Void) -> Self {
    var changed = self
    change(&changed)
    return changed
  }
}

@Suite struct CommandTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let commands: [Command]
    let change: @Sendable (inout Arrangement) -> Void
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing", commands: []) { _ in },
    Case(name: "down", commands: [.move(.down)]) {
      ($0.selection, $0.selectedRow) = ("1065403522132", 1)
    },
    Case(name: "up at the top", commands: [.move(.up)]) { $0.selection = "1065403522131" },
    Case(name: "page down", commands: [.move(.pageDown)]) {
      ($0.selectedRow, $0.scroll) = (17, 1)
      $0.selection = "1065403522304"
    },
    Case(name: "bottom and top", commands: [.move(.bottom), .move(.top)]) {
      $0.selection = "1065403522131"
    },
    Case(name: "pan", commands: [.right, .right, .left]) { $0.pan = 8 },
    Case(name: "pan no further than the edge", commands: [.left]) { _ in },
    Case(name: "open", commands: [.move(.down), .open]) {
      ($0.selection, $0.selectedRow) = ("1065403522132", 1)
      $0.routes = [.list, .tree(.init(account: "direct", target: "1065403522132"))]
    },
    Case(name: "open and back", commands: [.open, .back]) { _ in },
    Case(name: "from a tree to the list", commands: [.open, .toggleZoom, .show(.list)]) { _ in },
    Case(name: "the tree of a row", commands: [.showTree, .showTree]) {
      $0.routes = [.list, .tree(.init(account: "direct", target: "1065403522131"))]
    },
    Case(name: "back at the root", commands: [.back, .back]) { _ in },
    Case(name: "type a filter", commands: [.startFilter, .editFilter(.insert("GLOB"))]) {
      ($0.filter, $0.isTyping, $0.rows) = ("GLOB", true, 0)
    },
    Case(
      name: "keep a filter",
      commands: [.startFilter, .editFilter(.insert("glob")), .editFilter(.keep)]
    ) { ($0.filter, $0.rows) = ("glob", 2) },
    Case(
      name: "drop what is typed",
      commands: [.startFilter, .editFilter(.insert("glob")), .editFilter(.drop)]
    ) { _ in },
    Case(
      name: "back leaves typing first, then the filter",
      commands: [
        .startFilter, .editFilter(.insert("glob")), .open, .startFilter,
        .editFilter(.insert("x")), .back,
      ]
    ) { ($0.filter, $0.rows) = ("glob", 2) },
    Case(
      name: "back clears the filter",
      commands: [.startFilter, .editFilter(.insert("glob")), .editFilter(.keep), .back]
    ) { _ in },
    Case(
      name: "delete in a filter",
      commands: [
        .startFilter, .editFilter(.insert("acme uk")), .editFilter(.deleteBackward),
        .editFilter(.deleteWord), .editFilter(.deleteBackward), .editFilter(.keep),
      ]
    ) { ($0.filter, $0.rows) = ("acme", 30) },
    Case(
      name: "typing without a filter does nothing",
      commands: [.editFilter(.insert("x"))]
    ) { _ in },
    Case(name: "only problems, and back", commands: [.toggleOnlyProblems]) {
      ($0.onlyProblems, $0.rows) = (true, 21)
    },
    Case(name: "back lets all in again", commands: [.toggleOnlyProblems, .back]) { _ in },
    Case(name: "next sort column", commands: [.nextSortColumn]) { $0.sort = SortOrder(.number) },
    Case(name: "the columns go round", commands: [.previousSortColumn]) {
      $0.sort = SortOrder(.polled)
    },
    Case(name: "reverse", commands: [.reverseSort]) {
      $0.sort = SortOrder(.status, isReversed: true)
    },
    Case(name: "sort menu", commands: [.openSortMenu, .move(.down), .move(.down), .open]) {
      $0.sort = SortOrder(.name)
    },
    Case(name: "leave the sort menu", commands: [.openSortMenu, .move(.down), .back]) { _ in },
    Case(name: "help", commands: [.help]) { $0.overlay = .help(scroll: 0) },
    Case(name: "leave help", commands: [.help, .help]) { _ in },
    Case(name: "another key leaves help and counts", commands: [.help, .toggleWideColumns]) {
      $0.isWide = true
    },
    Case(name: "time formats go round", commands: [.cycleTimeFormat]) { $0.timeFormat = .local },
    Case(
      name: "pause",
      commands: [.togglePause]
    ) { $0.isPaused = true },
    Case(name: "pause and go on", commands: [.togglePause, .togglePause]) { _ in },
    Case(name: "next problem", commands: [.move(.bottom), .nextProblem]) {
      $0.selection = "1065403522131"
    },
    Case(name: "previous problem", commands: [.previousProblem]) {
      ($0.selection, $0.selectedRow, $0.scroll) = ("1065403522360", 20, 4)
    },
    Case(name: "point at a row", commands: [.select(visibleRow: 3)]) {
      ($0.selection, $0.selectedRow) = ("1065403522134", 3)
    },
    Case(name: "point below the rows", commands: [.select(visibleRow: 900)]) {
      ($0.selection, $0.selectedRow, $0.scroll) = ("1065403522458", 59, 43)
    },
  ]

  @Test(arguments: cases)
  func `a command changes what it is for and nothing else`(_ case: Case) {
    var state = ScreenState.sample
    for command in `case`.commands { #expect(state.perform(command).isEmpty) }
    #expect(Arrangement(state) == Arrangement().with(`case`.change))
  }

  @Test func `what the state cannot do is handed out`() {
    var state = ScreenState.sample
    let first = PhoneNumber.ID(account: "direct", target: "1065403522131")
    #expect(state.perform(.quit) == [.quit])
    #expect(state.perform(.suspend) == [.suspend])
    #expect(state.perform(.redraw) == [.redraw])
    #expect(state.perform(.pollAll) == [.pollAll])
    #expect(state.perform(.pollSelected) == [.poll([first])])
    #expect(state.shell.message?.text == "Polling +447700900131.")
    #expect(state.perform(.copyIdentifier) == [.copy("+447700900131")])
    #expect(state.shell.message?.text == "Copied +447700900131.")
  }

  @Test func `quitting works below a menu and a tree`() {
    var state = ScreenState.sample.after(.open, .help)
    #expect(state.perform(.quit) == [.quit])
  }

  @Test func `the remedy is what people paste into a ticket`() {
    var state = ScreenState.sample
    guard case .copy(let text) = state.perform(.copyRemedy).first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(
      text == """
        payment failed: +447700900131 Acme 1: BLOCKED, since 2026-11-21 12:18:07 UTC (2h14m)
        Account: direct (meta)
        Id: 1065403522131
        Cause: WABA 102938475610, code 141006
        Meaning: The account's payment failed: business-initiated messages are not sent.
        Fix: Add a valid payment method to this WABA in Billing and make it the default. \
        Replies within 24 hours of a customer's message are still sent.
        Who acts: you
        Link: https://business.facebook.com/billing_hub/accounts/details/?asset_id=102938475610
        Provider's words: There is an error with the payment method.
        Provider's advice: There was an error with your payment method. \
        Please add a new payment method.
        Last answer: 2026-11-21 14:31:55 UTC (12s)
        """
    )
  }

  @Test func `what is copied cannot run when it is pasted`() {
    var state = ScreenState(now: .sample)
    let report = HealthReport.sample(name: "Evil\u{1B}]52;\u{7}\u{9B}31m\r\nrm -rf")
    let reading = Reading.sample(.sample("1"), .success(report))
    state.receive(FleetUpdate(readings: [reading]), at: .sample)
    guard case .copy(let text) = state.perform(.copyRow).first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(
      text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    )
  }
}
