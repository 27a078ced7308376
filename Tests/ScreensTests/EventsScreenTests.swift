import Canvas
import Health
import TestSupport
import Testing

@testable import Screens

@Suite struct EventsScreenTests {
  private static let sizes = [(80, 24), (120, 40), (160, 50), (40, 10)]

  @Test(arguments: sizes, [Marks.unicode, .ascii])
  func `what changed, the latest first`(size: (Int, Int), marks: Marks) {
    let stage = Stage.shift.after(.showEvents)
    expectScreen(stage.draw(size.0, size.1, marks), name("events", size, marks))
  }

  @Test func `an event with its numbers`() {
    let stage = Stage.shift.after(.showEvents)
      .after(.olderIncident, .olderIncident, .olderIncident, .olderIncident, .olderIncident, .open)
    expectScreen(stage.draw(80, 24), "events-unfolded-80x24")
  }

  @Test func `only those of the chosen number`() {
    expectScreen(Stage.shift.after(.showEventsOfChosen).draw(80, 24), "events-number-80x24")
  }

  @Test func `only those of the chosen cause, local times`() {
    let stage = Stage.shift.after(.show(.causes), .showEventsOfChosen)
    expectScreen(stage.after(.cycleTimeFormat, .cycleTimeFormat).draw(80, 24), "events-cause-80x24")
  }

  @Test func `nothing has happened yet`() {
    expectScreen(Stage.noData.after(.showEvents).draw(80, 24), "events-no-data-80x24")
  }

  @Test func `all fine is quiet`() {
    expectScreen(Stage.fine(40).after(.showEvents).draw(80, 24), "events-fine-80x24")
  }

  @Test func `everything has turned old`() {
    expectScreen(Stage.stale.after(.showEvents).draw(80, 24), "events-stale-80x24")
  }

  @Test func `nobody can be reached: one event`() {
    expectScreen(Stage.offline.after(.showEvents).draw(80, 24), "events-offline-80x24")
  }

  @Test func `ten thousand numbers turn at once: a line per cause`() {
    let stage = Stage.turning(10_000).after(.showEvents)
    expectScreen(stage.draw(80, 24), "events-many-80x24")
    expectScreen(stage.after(.move(.top), .open).draw(80, 24), "events-many-unfolded-80x24")
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `names in many scripts keep the columns straight`(marks: Marks) {
    let stage = Stage.turning(28).after(.showEvents, .move(.top), .open)
    expectScreen(stage.draw(80, 24, marks), name("events-scripts", (80, 24), marks))
  }
}
