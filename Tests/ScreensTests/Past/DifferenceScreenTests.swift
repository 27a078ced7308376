import Canvas
import Foundation
import Health
import History
import HistorySQLite
import Monitor
import TestSupport
import Testing

@testable import Screens

/// What the answers before and after a change say otherwise.
@Suite struct DifferenceScreenTests {
  /// The screen once what is wanted of the difference is looked up.
  private static func lookUp(_ stage: Stage, in incident: RememberedIncident) async throws -> Stage
  {
    var stage = stage
    guard let question = stage.state.wantedDifference else { return stage }
    stage.state.figures.difference.expect(question)
    let answer = try await question.answer(from: incident.store)
    let isAdopted = stage.state.figures.difference.adopt(answer, to: question)
    try #require(isAdopted)
    return stage
  }

  /// A number of the event in which a payment failed.
  private static func opened(_ incident: RememberedIncident) async throws -> Stage {
    var stage = incident.stage.after(.showEvents)
    let rows = 0..<stage.state.eventRowCount
    let row = try #require(
      rows.first { stage.state.eventRow($0)?.event.words?.shortName == "payment failed" }
    )
    stage.state.select(eventRow: row)
    return try await lookUp(stage.after(.open, .move(.down), .open), in: incident)
  }

  @Test func `a number's line of Events opens what the answers say otherwise`() async throws {
    let incident = try await RememberedIncident()
    let stage = try await Self.opened(incident)
    let screen = stage.screen()
    #expect(screen.shows("● AVAILABLE → ✘ BLOCKED", "payment failed 141006"))
    #expect(screen.shows("can_send_message  AVAILABLE → BLOCKED"))
    #expect(screen.shows("+ error", "141006: There is an error with the payment method."))
    #expect(screen.shows("⏎ tree", "how the answers before and after differ"))
    // A second Enter goes on to the number.
    let tree = stage.after(.open)
    #expect(tree.state.shell.overlay == nil)
    #expect(tree.state.treeNumber != nil)
    #expect(stage.after(.back).state.route == .events(nil))
  }

  @Test func `it works in the past too`() async throws {
    let incident = try await RememberedIncident()
    let date = Moment.sample(ago: .seconds(2000)).date
    var stage = try await incident.after(.travel(.to(date)), .showEvents)
    #expect(stage.screen().shows("the latest of then"))
    #expect(stage.screen().doesNotShow("following"))
    let rows = 0..<stage.state.eventRowCount
    let row = try #require(
      rows.first { stage.state.eventRow($0)?.event.words?.shortName == "quality yellow" }
    )
    stage.state.select(eventRow: row)
    let opened = stage.after(.open, .move(.down), .open)
    let screen = try await Self.lookUp(opened, in: incident).screen()
    #expect(screen.header.contains("PAST"))
    #expect(screen.shows("quality_rating  GREEN → YELLOW"))
  }

  @Test func `until it is known, and where it is not, there is a sentence`() async throws {
    let incident = try await RememberedIncident()
    var stage = try await Self.opened(incident)
    stage.state.figures.difference.reset()
    #expect(stage.screen().shows("Looking up what the answers said …"))
    let question = try #require(stage.state.wantedDifference)
    stage.state.figures.difference.expect(question)
    _ = stage.state.figures.difference.adopt(nil, to: question)
    #expect(stage.screen().shows("Nothing is remembered of this change."))
    let number = try #require(stage.state.figures.difference.answered?.number)
    for (from, sentence) in [
      (HealthState?.none, "It was the first answer about the number."),
      (.available, "What the answers said is not kept of this change."),
    ] {
      stage.state.figures.difference.reset()
      stage.state.figures.difference.expect(question)
      let transition = Transition(
        date: question.date,
        subject: .number(number),
        names: Names("+44"),
        event: .state(from: from, to: .blocked)
      )
      _ = stage.state.figures.difference.adopt(
        NumberTransition(transition: transition),
        to: question
      )
      #expect(stage.screen().shows(sentence))
    }
  }

  @Test(arguments: [
    ("difference-80x24", 80, 24, Marks.unicode), ("difference-160x50", 160, 50, .unicode),
    ("difference-ascii-80x24", 80, 24, .ascii),
  ])
  func `is as recorded`(_ name: String, _ width: Int, _ height: Int, _ marks: Marks) async throws {
    let stage = try await Self.opened(RememberedIncident())
    expectScreen(
      stage.draw(width, height, marks),
      name,
      callerPath: #filePath.replacing("/Past/", with: "/")
    )
  }
}
