import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct MarkTests {
  private func marked(_ state: ScreenState) -> [String] {
    state.markedRecords.map(\.displayNumber)
  }

  @Test func `a mark goes on to the next row, and comes off again`() {
    let two = ScreenState.sample.after(.toggleMark, .toggleMark)
    #expect(marked(two) == ["+447700900131", "+447700900132"])
    #expect(two.list.selectedRow == 2)
    #expect(marked(two.after(.move(.top), .toggleMark)) == ["+447700900132"])
    #expect(two.after(.clearMarks).shell.marks.ids.isEmpty)
  }

  @Test func `a range goes from the last mark to the cursor, in either direction`() {
    let down = ScreenState.sample.after(.toggleMark, .move(.down), .move(.down), .markRange)
    #expect(down.shell.marks.ids.count == 4)
    let up = ScreenState.sample.after(.move(.bottom), .markRange, .move(.up), .markRange)
    #expect(up.shell.marks.ids.count == 2)
    let open = ScreenState.sample.after(.markRange)
    #expect(open.shell.marks.ids.count == 1)
    #expect(open.shell.message != nil)
  }

  @Test func `marks stay on their numbers whatever rows do`() {
    let state = ScreenState.sample.after(.toggleMark, .toggleMark, .sort(.number), .reverseSort)
    #expect(Set(marked(state)) == ["+447700900131", "+447700900132"])
    let range = ScreenState.sample.after(.toggleMark, .sort(.name), .move(.down), .markRange)
    #expect(range.shell.marks.ids.count >= 2)
  }

  @Test func `a filter hides marked rows and keeps their marks`() {
    let state = ScreenState.sample.after(.toggleMark, .filter("globex"), .toggleMark)
    #expect(state.shell.marks.ids.count == 2)
    #expect(marked(state).last == "+447700900131")
  }

  @Test func `a number that vanishes takes its mark along`() throws {
    var state = ScreenState.sample.after(.toggleMark, .toggleMark)
    let gone = try #require(state.fleet.records.first { $0.displayNumber == "+447700900131" })
    state.receive(FleetUpdate(vanished: [gone.id]), at: state.now)
    #expect(marked(state) == ["+447700900132"])
  }

  @Test func `back clears marks after the filter`() {
    let state = ScreenState.sample.after(.toggleMark, .filter("acme"), .back)
    #expect(state.shell.marks.ids.count == 1)
    #expect(state.after(.back).shell.marks.ids.isEmpty)
  }

  @Test func `polling and copying take the marked ones`() {
    var state = ScreenState.sample.after(.toggleMark, .toggleMark)
    let ids = ["1065403522131", "1065403522132"].map {
      PhoneNumber.ID(account: "direct", target: $0)
    }
    #expect(state.perform(.pollSelected) == [.poll(ids)])
    #expect(state.shell.message?.text == "Polling 2 marked numbers.")
    #expect(state.perform(.copyIdentifier) == [.copy("+447700900131\n+447700900132")])
    #expect(state.shell.message?.text == "Copied 2 numbers.")
    _ = state.perform(.open)
    #expect(state.perform(.pollSelected).count == 1)
  }

  @Test func `a cursor that doesn't follow stays on its row`() throws {
    var state = ScreenState.sample.after(.move(.down), .toggleFollowing)
    let first = try #require(state.fleet.records.first { $0.displayNumber == "+447700900131" })
    state.receive(FleetUpdate(vanished: [first.id]), at: state.now)
    #expect(state.list.selectedRow == 1)
    #expect(state.selectedRecord?.displayNumber == "+447700900133")
    var following = ScreenState.sample.after(.move(.down))
    following.receive(FleetUpdate(vanished: [first.id]), at: state.now)
    #expect(following.list.selectedRow == 0)
  }

  @Test func `the wheel moves the window, and the cursor only where it would be lost`() {
    let state = ScreenState.sample.after(.move(.down), .scroll(3))
    #expect(state.list.scroll == 3)
    #expect(state.list.selectedRow == 3)
    #expect(state.after(.move(.down), .move(.down), .scroll(1)).list.selectedRow == 5)
    #expect(state.after(.scroll(-90)).list.scroll == 0)
    #expect(state.after(.scroll(900)).list.scroll == 43)
  }
}
