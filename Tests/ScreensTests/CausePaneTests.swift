import Canvas
import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

/// What the pane of the causes says where there is little room.
@Suite struct CausePaneTests {
  /// Numbers with all faults that have a code.
  private static func stage(_ code: Int) -> Stage {
    let error = EntityError(code: .number(code), description: "Words.", solution: nil)
    let readings = (0..<12).map { index in
      Reading.sample(
        .sample("10\(index)"),
        .success(
          .sample("10\(index)", waba: .sample("WABA", "102938475610", "BLOCKED", errors: [error]))
        ),
        at: .sample
      )
    }
    var state = ScreenState(now: .sample)
    state.receive(FleetUpdate(readings: readings), at: .sample)
    return Stage(state).after(.show(.causes))
  }

  /// Those that keep a number from sending.
  private static let codes = Knowledge.all.compactMap(\.code)
    .filter { stage($0).state.selectedCause?.cause?.code == .number($0) }

  @Test(arguments: codes, [(80, 24), (80, 20), (100, 30), (160, 50)])
  func `the fix is whole, and the link is there or the key that copies it`(
    code: Int,
    size: (Int, Int)
  ) throws {
    let stage = Self.stage(code)
    let advice = try #require(stage.state.causeReport(hits: 1)?.advice)
    let screen = stage.screen(size.0, size.1)
    // In a line of its own, or beside the list.
    let text = screen.lines.map { $0.split(separator: "│").last.map(String.init) ?? "" }
      .joined(separator: " ").split(separator: " ").joined(separator: " ")
    // A code without a remedy of its own has the provider's words alone.
    guard let remedy = advice.remedy else { return }
    let fix = remedy.split(separator: " ").joined(separator: " ")
    #expect(text.contains("Fix: \(fix)"), "\(screen.testDescription)")
    guard advice.link != nil else { return }
    #expect(
      text.contains("https://") || text.contains("Y copies the link"),
      "\(screen.testDescription)"
    )
    #expect(stage.state.meets(.link))
  }

  @Test func `the flags of failing polls are explained in the pane and in the help`() {
    let causes = Stage.incident.after(.show(.causes), .move(.bottom))
    #expect(causes.screen(160, 50).shows("ours: polls fail on our side: the key, the network"))
    let help = causes.after(.help).screen(80, 60)
    #expect(
      help.shows("ours      polls fail on our side", "provider  polls fail on the provider's")
    )
    #expect(Stage.incident.after(.help).screen(80, 60).doesNotShow("polls fail on our side"))
  }
}
