import Canvas
import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

/// What a line of Events says, and what the lines under it say.
@Suite struct EventWordsTests {
  /// Numbers 1 to 3 fall one after the other, and are fine again at once.
  private static func recovered() -> Stage {
    var state = EventsTests.calm()
    EventsTests.receive(1...1, quality: "RED", after: 5, &state)
    EventsTests.receive(1...2, isUnpaid: true, after: 10, &state)
    EventsTests.receive(3...3, isUnpaid: true, after: 40, &state)
    EventsTests.receive(1...3, after: 130, &state)
    var stage = Stage(state)
    stage.now = state.now
    return stage.after(.showEvents)
  }

  @Test(arguments: [60, 80, 160])
  func `of a group the count is whole, and the name is cut for it`(width: Int) {
    let screen = Stage.shift.after(.showEvents).screen(width, 24)
    let groups = screen.lines.filter { $0.contains(" → ") && $0.contains("×") }
    #expect(groups.count > 2, "\(screen.testDescription)")
    #expect(groups.allSatisfy { $0.contains(#/×\d+ numbers?( |$)/#) }, "\(screen.testDescription)")
    #expect(!screen.lines.contains { $0.contains(#/→ \d/#) }, "\(screen.testDescription)")
  }

  @Test func `numbers that were in several states say under their group what each went through`() {
    let stage = Self.recovered().after(.move(.down), .open)
    let screen = stage.screen()
    #expect(screen.shows("– → ✘  WABA"))
    #expect(screen.shows("├ ▲ → ✘  +", "├ ● → ✘  +"))
    // The row of the second one that was fine has a branch of its own.
    #expect(
      screen.lines.count { $0.contains("├ ") || $0.contains("└ ") } == stage.state.shownVictims
    )
    let ascii = stage.screen(80, 24, .ascii)
    #expect(ascii.shows("- -> X WABA", "| ! -> X "))
  }

  @Test func `numbers of one former state say it too`() {
    let screen = Self.recovered().after(.move(.top), .open).screen()
    #expect(screen.shows("├ ✘ → ●  +", "└ ✘ → ●  +"))
  }

  @Test func `numbers of an account that fails, and that answers again, say it`() {
    var state = EventsTests.calm()
    for seconds in [30, 60, 90, 120] {
      EventsTests.fail(.sampleUnauthorized, [.samples[0]], after: seconds, &state)
    }
    var stage = Stage(state)
    stage.now = state.now
    let lost = stage.after(.showEvents, .move(.top), .open).screen()
    #expect(lost.shows("├ ● → ?  +", "└ ● → ?  +"))
    EventsTests.fail(nil, [.samples[0]], after: 150, &state)
    stage = Stage(state)
    stage.now = state.now
    let back = stage.after(.showEvents, .move(.top), .open).screen()
    #expect(back.shows("├ ? → ●  +", "└ ? → ●  +"))
  }

  @Test func `a recovery says from which time to which its numbers were down`() {
    let stage = Self.recovered()
    #expect(stage.state.journal.events.last?.lasted == .seconds(90))
    #expect(stage.state.journal.events.last?.longest == .seconds(125))
    #expect(stage.screen().shows("×3 numbers", "down 1m30s to 2m05s"))
    #expect(stage.screen(60, 24).shows("up to 2m05s"))
    #expect(stage.screen(160, 50).shows("down 1m30s to 2m05s"))
  }

  @Test(arguments: [
    (HealthState.blocked, HealthState.critical, "better: BLK → CRT"),
    (.critical, .blocked, "worse: CRT → BLK"),
    (.limited, .warning, "better: LIM → WRN"),
    (.warning, .limited, "worse: WRN → LIM"),
  ])
  func `where both marks are the same, the words say which way it went`(
    from: HealthState,
    to: HealthState,
    words: String
  ) {
    var journal = EventJournal(startedAt: .sample)
    let number = PhoneNumber.sample("1").id
    journal.note(
      StateChange(
        number: number,
        from: from,
        to: to,
        moment: .sample,
        since: .sample,
        sinceIsLowerBound: false,
        isFlapping: false
      ),
      cycle: .seconds(30)
    )
    var stage = Stage(EventsTests.calm())
    stage.state.journal = journal
    let screen = stage.after(.showEvents).screen()
    #expect(screen.shows(words), "\(screen.testDescription)")
    #expect(
      stage.after(.showEvents).screen(80, 24, .ascii)
        .shows(words.replacing("→", with: "->"))
    )
  }
}

extension ScreenState {
  /// The lines under the unfolded events.
  fileprivate var shownVictims: Int {
    (0..<eventRowCount).count { eventRow($0)?.victim != nil }
  }
}
