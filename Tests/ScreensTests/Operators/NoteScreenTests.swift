import Canvas
import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import Screens

/// What operators said, on every view.
@Suite struct NoteScreenTests {
  @Test(arguments: [
    ("list", Command.show(.list)), ("tiles", .show(.tiles)), ("causes", .show(.causes)),
  ])
  func `a view with acknowledged and muted numbers`(_ name: String, _ command: Command) {
    let stage = Stage.noted.after(command)
    expectScreen(stage.draw(80, 24), "notes-\(name)-80x24")
    expectScreen(stage.draw(160, 50), "notes-\(name)-160x50")
  }

  @Test func `what was said is in the events, with its end`() {
    let events = Stage.notedNow.after(.showEvents)
    expectScreen(events.draw(80, 24), "notes-events-80x24")
    expectScreen(events.draw(160, 50), "notes-events-160x50")
  }

  @Test func `the same in ASCII`() {
    expectScreen(Stage.noted.draw(80, 24, .ascii), "notes-list-80x24-ascii")
    expectScreen(
      Stage.noted.after(.show(.causes)).draw(80, 24, .ascii),
      "notes-causes-80x24-ascii"
    )
  }

  @Test func `the overlays with what is in force`() {
    let acks = Stage.noted.after(.showNotes(.acknowledgements))
    expectScreen(acks.draw(80, 24), "notes-acks-80x24")
    expectScreen(acks.draw(160, 50), "notes-acks-160x50")
    let mutes = Stage.noted.after(.showNotes(.mutes))
    expectScreen(mutes.draw(80, 24), "notes-mutes-80x24")
    #expect(Stage.incident.after(.showNotes(.mutes)).screen().shows("nothing is muted"))
  }

  @Test func `a prompt at the bottom`() {
    expectScreen(Stage.incident.after(.acknowledge).draw(80, 24), "notes-prompt-80x24")
  }

  @Test func `acknowledged rows sink within their severity, and muted ones below them`() {
    let rows = Stage.noted.screen(80, 40).list.lines
    let acme = rows.firstIndex { $0.contains("Acme 3") }
    let lastBlocked = rows.lastIndex { $0.contains("BLK") }
    #expect(acme == lastBlocked)
    #expect(rows[acme ?? 0].contains(" a "))
    let hooli = rows.firstIndex { $0.contains("Hooli 1") }
    let globex = rows.firstIndex { $0.contains("Globex 1") }
    #expect((globex ?? 99) < (hooli ?? 0))
    #expect(rows[hooli ?? 0].contains(" m "))
  }

  @Test(arguments: [60, 80, 100, 160])
  func `what is acknowledged and muted is counted at every width`(_ width: Int) {
    let line = Stage.noted.screen(width, 24).lines[1]
    #expect(line.contains("acked 3") || line.contains("a3"))
    #expect(line.contains("muted 2") || line.contains("m2"))
  }

  @Test func `nothing is said of notes while there are none`() {
    let screen = Stage.incident.screen()
    #expect(screen.doesNotShow("acked", "muted"))
  }

  @Test func `where numbers are masked they are so in the prompts and overlays too`() {
    var state = ScreenState(now: SampleIncident.steps[0].moment, masksNumbers: true)
    for step in SampleIncident.steps { state.receive(step.update, at: step.moment) }
    state.letTimePass(to: .sample)
    state.letSay(
      OperatorNotes(
        acknowledgements: Stage.noted.state.notes.acknowledgements,
        mutes: [
          Mute(
            id: "3",
            filter: "number=+447700900133",
            author: "bob",
            date: Moment.sample.date,
            until: Moment.sample.date + 60
          )
        ]
      )
    )
    let stage = Stage(state)
    let commands: [Command] = [
      .acknowledge, .mute, .showNotes(.acknowledgements), .showNotes(.mutes), .showEvents,
    ]
    for command in commands {
      #expect(stage.after(command).screen(160, 50).doesNotShow("447700900"))
    }
  }

  @Test func `a number's tree says who has it`() {
    var stage = Stage.noted
    stage.layOut(160, 50)
    stage.state.choose("Acme 3")
    let screen = stage.after(.open).screen(160, 50)
    #expect(screen.lines[1].contains("ack"))
    #expect(screen.shows("ann, 1m ago, for 1h57m more"))
  }
}
