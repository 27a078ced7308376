import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct SelectionTests {
  static func number(_ index: Int) -> PhoneNumber.ID { PhoneNumber.sample(numbered: index).id }

  /// 40 fine numbers of one account; ten rows fit.
  static let calm: ScreenState = {
    var state = ScreenState.sample(numbers: 40)
    state.list.visibleRows = 10
    return state
  }()

  /// A turn for the worse puts a number on top.
  func worsen(_ index: Int, in state: inout ScreenState) {
    let moment = state.now + .seconds(1)
    let reading = Reading.sample(numbered: index, at: moment, isWorse: true)
    state.receive(FleetUpdate(readings: [reading]), at: moment)
  }

  @Test func `until the operator moves, the cursor is on whatever is worst`() {
    var state = Self.calm
    #expect(state.selectedRecord?.id == Self.number(0))
    worsen(30, in: &state)
    #expect(state.selectedRecord?.id == Self.number(30))
    #expect(state.list.selection == nil)
  }

  @Test func `the cursor stays on its number when rows move`() {
    var state = Self.calm.after(.move(.down), .move(.down))
    worsen(30, in: &state)
    worsen(35, in: &state)
    #expect(state.selectedRecord?.id == Self.number(2))
    #expect((state.list.selectedRow, state.list.scroll) == (4, 0))
  }

  @Test func `a number that recovers goes alone, and the cursor stays on its row`() {
    var state = Self.calm.after(.move(.down))
    worsen(1, in: &state)
    worsen(30, in: &state)
    #expect((state.list.selectedRow, state.list.scroll) == (0, 0))
    let moment = state.now + .seconds(1)
    let better = Reading.sample(numbered: 1, at: moment)
    state.receive(FleetUpdate(readings: [better]), at: moment)
    #expect(state.selectedRecord?.id == Self.number(30))
    #expect((state.list.selectedRow, state.list.scroll) == (0, 0))
    #expect(
      state.shell.message?.text.hasSuffix("is fine again; the cursor stayed on its row.") == true
    )
  }

  @Test func `what came of a key stays when the cursor's number goes`() {
    var state = Self.calm.after(.move(.down))
    worsen(1, in: &state)
    worsen(30, in: &state)
    state.say("Muted acme.")
    let moment = state.now + .seconds(1)
    let better = Reading.sample(numbered: 1, at: moment)
    state.receive(FleetUpdate(readings: [better]), at: moment)
    #expect(state.selectedRecord?.id == Self.number(30))
    #expect(state.shell.message?.text == "Muted acme.")
  }

  @Test func `a view at its top stays there when others push the cursor's number out`() {
    var state = Self.calm.after(.move(.down))
    for index in 20..<30 { worsen(index, in: &state) }
    #expect(state.list.scroll == 0)
    #expect(state.list.window.contains(state.list.selectedRow))
    #expect(state.selectedRecord?.state.needsAttention == true)
  }

  @Test func `after a minute without a key the list is at its top again`() {
    var state = Self.calm.after(.move(.bottom))
    #expect(state.nextVisibleChange.map { $0 <= .sample + .seconds(60) } == true)
    state.advance(to: .sample + .seconds(59))
    #expect(state.list.scroll > 0)
    state.advance(to: .sample + .seconds(60))
    #expect((state.list.selection, state.list.selectedRow, state.list.scroll) == (nil, 0, 0))
  }

  @Test func `who reads help or types is not moved`() {
    for command in [Command.help, .startFilter, .open] {
      var state = Self.calm.after(.move(.bottom), command)
      state.advance(to: .sample + .seconds(120))
      #expect(state.list.selectedRow == 39)
    }
  }

  @Test func `further down, the number also stays on its line of the screen`() {
    var state = Self.calm.after(.move(.pageDown), .move(.pageDown), .move(.up))
    let line = state.list.selectedRow - state.list.scroll
    worsen(39, in: &state)
    #expect(state.selectedRecord?.id == Self.number(19))
    #expect(state.list.selectedRow - state.list.scroll == line)
  }

  @Test func `when its number vanishes, the cursor keeps its row`() {
    var state = Self.calm.after(.move(.down), .move(.down))
    state.receive(FleetUpdate(vanished: [Self.number(2)]), at: .sample)
    #expect(state.selectedRecord?.id == Self.number(3))
    #expect(state.list.selectedRow == 2)
  }

  @Test func `when the last number vanishes, the cursor goes up`() {
    var state = Self.calm.after(.move(.bottom))
    state.receive(FleetUpdate(vanished: [Self.number(39)]), at: .sample)
    #expect(state.selectedRecord?.id == Self.number(38))
  }

  @Test func `when every number vanishes, nothing is selected and nothing breaks`() {
    var state = Self.calm.after(.move(.down))
    state.receive(FleetUpdate(vanished: (0..<40).map(Self.number)), at: .sample)
    #expect(state.selectedRecord == nil)
    #expect(state.list.window == 0..<0)
    for command in [
      Command.move(.down), .move(.bottom), .open, .nextProblem, .select(visibleRow: 0),
      .pollSelected,
      .copyRow, .copyRemedy, .copyIdentifier, .showTree, .reverseSort,
    ] {
      #expect(state.perform(command).isEmpty)
    }
    #expect(state.shell.routes == [.list])
  }

  @Test func `a filter that hides the number leaves the cursor to the first one that shows`() {
    let state = ScreenState.sample
      .after(.move(.bottom), .startFilter, .editFilter(.insert("\"acme 3\"")))
    #expect(state.list.rows.count == 1)
    #expect(state.selectedRecord?.displayNumber == "+447700900133")
  }

  @Test(arguments: [1, 2, 5, 10, 39, 40, 41, 100], Movement.all)
  func `the cursor is always in the window, and the window is full`(
    height: Int,
    movement: Movement
  ) {
    var state = Self.calm
    state.list.visibleRows = height
    for row in [0, 7, 20, 39] {
      state.list.select(row: row, in: state.fleet)
      _ = state.perform(.move(movement))
      let window = state.list.window
      #expect(window.contains(state.list.selectedRow))
      #expect(window.count == min(height, 40))
    }
  }

  @Test func `a paused display stands still, ages, and catches up`() {
    var state = Self.calm.after(.togglePause)
    var monitor = state.monitor
    let later = Moment.sample + .seconds(30)
    let worse = Reading.sample(numbered: 30, at: later, isWorse: true)
    _ = monitor.receive(FleetUpdate(readings: [worse]), at: later)
    let snapshot = monitor.takeSnapshot()
    state.adopt(snapshot, at: later)
    #expect(state.fleet.counts[.limited] == 0)
    #expect(state.now > Moment.sample)
    state = state.after(.togglePause)
    state.adopt(snapshot, at: later)
    #expect(state.fleet.counts[.limited] == 1)
    #expect(state.selectedRecord?.id == Self.number(30))
  }
}

extension Movement {
  static let all: [Movement] = [
    .up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .top, .bottom,
  ]
}
