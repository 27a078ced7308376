import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct FilterEverywhereTests {
  private static let kapso = Stage.incident.after(.filter("provider:kapso"))

  @Test func `causes are those that hit a number that is shown`() {
    let state = Self.kapso.after(.show(.causes)).state
    #expect(state.causeCount == 1)
    #expect(state.selectedCause?.cause?.kind == .token)
    #expect(state.causeCount(of: .critical) == 1)
    #expect(state.causeCount(of: .warning) == 0)
    #expect(Stage.incident.after(.show(.causes)).state.causeCount == 7)
  }

  @Test func `tiles have the causes of the numbers that are shown, whatever view was left`() {
    let state = Stage.incident.after(.show(.causes), .filter("provider:360dialog"), .show(.tiles))
      .state
    let causes = state.tileCauses(10)
    #expect(causes.count == 1)
    #expect(causes.first?.count == 2)
  }

  @Test func `events are those of the numbers that are shown`() {
    let stage = Self.kapso.after(.showEvents)
    #expect(stage.state.eventCount > 0)
    #expect(stage.state.eventCount < Stage.incident.after(.showEvents).state.eventCount)
    let lines = stage.draw(120, 40).lines.joined(separator: "\n")
    #expect(lines.contains("Initech"))
    #expect(!lines.contains("Acme"))
  }

  @Test(arguments: [Command.show(.list), .show(.tiles), .show(.causes), .showEvents, .open])
  func `every view says that it is narrowed, and how many of how many are shown`(view: Command) {
    let stage = Self.kapso.after(view)
    let lines = stage.draw(120, 40).lines
    #expect(lines.contains { $0.contains("filter \"provider:kapso\"") })
    if view != .open { #expect(lines.contains { $0.contains("1 of 60") }) }
  }

  @Test func `it is typed in causes and events too, and Esc drops it there`() {
    for view in [Command.show(.causes), .showEvents] {
      let typing = Stage.incident.after(view, .startFilter, .editFilter(.insert("p:kap")))
      #expect(KeyMap.binding(for: .character("/"), in: typing.state.room.place) != nil)
      let kept = typing.after(.editFilter(.keep))
      #expect(!kept.state.filtering.filter.isEmpty)
      #expect(kept.after(.back).state.filtering.filter.isEmpty)
      #expect(kept.after(.back).state.route == kept.state.route)
    }
  }

  @Test func `a filter that no cause passes says so`() {
    let stage = Stage.incident.after(.filter("zzzz"), .show(.causes))
    let lines = stage.draw(80, 24).lines
    #expect(lines.contains { $0.contains("Esc clears the filter") }, "\(lines)")
  }
}
