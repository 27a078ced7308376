import Canvas
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

@Suite struct EventsScreenTests {
  private static let events = Stage.shift.after(.showEvents)

  @Test(arguments: [(80, 24), (120, 40), (160, 50), (40, 10)], [Marks.unicode, .ascii])
  func `what changed, the latest first`(size: (Int, Int), marks: Marks) {
    let screen = Self.events.screen(size.0, size.1, marks)
    #expect(screen.events.selects("config configuration"))
    #expect(
      screen.events.begin(
        with: "config configuration",
        "gone   1065403522420",
        "new    1065403522999",
        "back   india"
      )
    )
    #expect(screen.shows("following the latest"))
    guard size.0 >= 80 else { return }
    #expect(screen.events.hasRows(13))
    #expect(screen.shows("this run Nov 16", "13 events", "14:32:22 0s", "Nov 20   19h"))
    #expect(screen.shows("answers again", "this run started"))
  }

  @Test func `what became worse, and what better, has the colours of both states`() {
    let screen = Self.events.screen()
    let changes: [(String, Role, Role)] = [
      ("● → ✘  WABA", .textMuted, .statusBlocked), ("▲ → ●  QUALITY", .textMuted, .statusAvailable),
      ("● → ◌  +44", .textMuted, .statusStale),
    ]
    for (change, before, after) in changes {
      let row = screen.canvas.cells(row: screen.line(of: change) ?? 0)
      let marks = row.filter { "●▲✘◌".unicodeScalars.contains($0.glyph.scalars.first ?? " ") }
      #expect(marks.map(\.role) == [before, after], "\(change) \(screen.testDescription)")
    }
  }

  @Test func `the help says what a dash before an arrow means, where there is one`() {
    #expect(Self.events.after(.help).screen(80, 60).shows("in several states before"))
    #expect(Stage.incident.after(.help).screen(80, 60).doesNotShow("in several states before"))
  }

  @Test(arguments: EventKind.allCases)
  func `the bars count only what is shown of a kind`(kind: EventKind) {
    var stage = Self.events
    stage.state.show(only: kind)
    let rows = (0..<stage.state.eventRowCount).compactMap { stage.state.eventRow($0)?.event }
    #expect(rows.count < Self.events.state.eventRowCount)
    #expect(rows.allSatisfy { kind.includes($0) })
    // Those of the last 24 hours.
    let count = rows.count { stage.state.now - $0.moment <= .seconds(86_400) }
    let density = stage.state.eventDensity(parts: 20)
    #expect(density?.counts.reduce(0, +) == count)
    let words = count == 1 ? "1 event" : "\(count) events"
    #expect(stage.screen(120, 40).shows("only \(kind.rawValue)", "shown ", words))
  }

  @Test func `only those of the chosen number`() {
    let screen = Stage.shift.after(.showEventsOfChosen).screen()
    #expect(screen.header.contains("List › Events of +447700900131"))
    #expect(
      screen.events.are(">12:18:07 2h14m   ● → ✘  WABA Acme UK ×9 numbers       payment failed")
    )
    #expect(screen.shows("e all events"))
  }

  @Test func `only those of the chosen cause, local times`() {
    let stage = Stage.shift.after(.show(.causes), .showEventsOfChosen)
      .after(.cycleTimeFormat, .cycleTimeFormat)
    let screen = stage.screen()
    #expect(screen.header.contains("Causes › Events of WABA Acme UK 102938475610"))
    #expect(screen.events.begin(with: "TEMPLATE otp_login", "WABA Acme UK"))
    #expect(screen.events.hasRows(2))
  }

  @Test func `where nothing has changed there is the beginning of the run`() {
    for (stage, clock) in [(Stage.noData, "14:32:07"), (.fine(40), "14:31:55")] {
      let screen = stage.after(.showEvents).screen()
      #expect(screen.events.selects("start  wabatop                       this run started"))
      #expect(screen.events.hasRows(1))
      #expect(screen.hasLine("nothing has changed since \(clock) UTC"))
    }
  }

  @Test func `everything has turned old: one event`() {
    let screen = Stage.stale.after(.showEvents).screen()
    #expect(screen.events.selects("14:36:07 0s      – → ◌  53 numbers"))
    #expect(screen.events.hasRows(8))
  }

  @Test func `nobody can be reached: one event`() {
    let screen = Stage.offline.after(.showEvents).screen()
    #expect(screen.events.selects("lost   all providers ×60 numbers     probably this machine's…"))
    #expect(screen.events.hasRows(8))
  }

  @Test func `ten thousand numbers turn at once: a line per cause`() {
    let stage = Stage.turning(10_000).after(.showEvents)
    let screen = stage.screen()
    #expect(
      screen.events.are(
        ">14:32:25 0s      – → ✘  WABA 20000000 ×50 numbers     payment failed",
        "14:32:16 9s      ● → ▲  4950 numbers                  name not approved",
        "14:31:55 30s     start  wabatop                       this run started"
      )
    )
    let unfolded = stage.after(.move(.top), .open).screen()
    #expect(unfolded.events.hasRows(17))
    #expect(unfolded.events.begin(with: "WABA 20000000", "├ ▲ → ✘  +12005550100 Acme Orders 0"))
    #expect(unfolded.shows("1-17 of 53", "f follows the latest"))
  }

  @Test(arguments: [Marks.unicode, .ascii])
  func `names in many scripts keep the columns straight`(marks: Marks) {
    let screen = Stage.turning(28).after(.showEvents, .move(.top), .open).screen(80, 24, marks)
    #expect(screen.events.hasRows(17))
    for row in screen.events.places.dropFirst() {
      // What a number takes from its WABA stands in the last column, wherever its name ends.
      let text = screen.canvas.cells(row: row).dropFirst(55).prefix(13).flatMap(\.glyph.scalars)
      #expect(text.elementsEqual("inherits WABA".unicodeScalars), "\(screen.testDescription)")
    }
  }
}
