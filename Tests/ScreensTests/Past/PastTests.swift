import Canvas
import Foundation
import Health
import History
import Monitor
import TestSupport
import Testing

@testable import Screens

/// Looking back: what is shown of the past, and what is not possible there.
@Suite struct PastTests {
  private func date(ago seconds: Int) -> Date { Moment.sample(ago: .seconds(seconds)).date }

  @Test func `a replay equals what was seen live`() async throws {
    let incident = try await RememberedIncident()
    for (moment, live) in incident.seen.dropLast() {
      let stage = try await incident.after(.travel(.to(moment.date)))
      let past = stage.state
      for state in HealthState.allCases {
        #expect(past.fleet.counts[state] == live.fleet.counts[state], "\(state) at \(moment.date)")
      }
      for record in live.fleet.records {
        let remembered = try #require(past.fleet[record.id])
        #expect(remembered.state == record.state)
        #expect(remembered.displayNumber == record.displayNumber)
        #expect(remembered.name == record.name)
        #expect(remembered.assessment.causes.map(\.text) == record.assessment.causes.map(\.text))
      }
      let causes = live.causes.lines(in: live.fleet).filter { !$0.isOfTemplates }
      let known = past.causeIndex.lines(in: past.fleet)
      #expect(known.map(\.id) == causes.map(\.id))
      #expect(known.map(\.hit) == causes.map(\.hit))
      #expect(known.map(\.state) == causes.map(\.state))
    }
  }

  @Test func `the header names the moment, and how long ago it was`() async throws {
    let incident = try await RememberedIncident()
    let screen = try await incident.after(.travel(.to(date(ago: 1000)))).screen()
    #expect(screen.header.hasSuffix("PAST 14:15:27 UTC · 16m ago"))
    #expect(Set(screen.canvas.cells(row: 0).map(\.role)) == [.statusLimitedBadge])
    #expect(screen.shows("press . to return"))
    let yesterday = try await incident.after(.travel(.to(date(ago: 90_000)))).screen(160, 50)
    #expect(yesterday.header.hasSuffix("PAST 2026-11-20 13:32:07 UTC · 1d1h ago"))
  }

  @Test func `ages are those of the moment`() async throws {
    let incident = try await RememberedIncident()
    // Acme lost its payment 8040 s ago.
    let screen = try await incident.after(.travel(.to(date(ago: 8000)))).screen()
    #expect(screen.list.begin(with: ">✘ BLK +447700900131"))
    #expect(screen.list.lines.first?.hasSuffix("40s") == true)
    #expect(screen.doesNotShow("unverified"))
  }

  @Test func `steps go to the moments at which something changed, and back to now`() async throws {
    let incident = try await RememberedIncident()
    let back = try await incident.after(.travel(.changes(-1)), .travel(.changes(-1)))
    // The last change was 12 s ago, the one before it 250 s.
    #expect(back.state.asOf.date == date(ago: 250))
    let further = try await incident.after(.travel(.changes(-3)))
    #expect(further.state.asOf.date == date(ago: 1620))
    let again = try await incident.after(.travel(.changes(-3)), .travel(.changes(2)))
    #expect(again.state.asOf.date == date(ago: 12))
    let now = try await incident.after(.travel(.changes(-3)), .travel(.changes(3)))
    #expect(!now.state.isInPast)
    #expect(now.screen().lines == incident.stage.screen().lines)
    let returned = try await incident.after(.travel(.to(date(ago: 9000))), .returnToPresent)
    #expect(returned.screen().lines == incident.stage.screen().lines)
  }

  @Test func `before anything is remembered there is nothing`() async throws {
    let incident = try await RememberedIncident()
    let before = try await incident.after(.travel(.to(date(ago: 1_000_000))))
    #expect(!before.state.isInPast)
    #expect(before.state.shell.message?.text.contains("the first is of 2026-11-16") == true)
    let first = try await incident.after(.travel(.changes(-100)))
    #expect(first.state.asOf == SampleIncident.steps[0].moment)
    // The first answers changed nothing.
    #expect(first.state.shell.message?.text.contains(" first seen ") == true)
    let further = try await incident.after(.travel(.changes(-100)), .travel(.changes(-1)))
    #expect(further.state.shell.message?.text == "Nothing is remembered from before.")
    #expect(further.state.asOf == first.state.asOf)
  }

  @Test func `numbers that nobody polled then are not known`() async throws {
    let gap = date(ago: 5000)..<date(ago: 4000)
    let incident = try await RememberedIncident(gap: gap)
    let stage = try await incident.after(.travel(.to(date(ago: 4500))))
    let unseen = stage.state.fleet.records.filter { $0.number.account == "direct" }
    #expect(!unseen.isEmpty)
    #expect(unseen.allSatisfy { $0.state == .unknown && $0.latest == nil })
    #expect(stage.state.causeIndex.count(of: .critical) == 0)
    let screen = stage.screen()
    #expect(screen.shows("\(unseen.count) not polled then", "not polled then"))
  }

  @Test func `an answer that comes too late changes nothing`() async throws {
    let incident = try await RememberedIncident()
    var stage = incident.stage.after(.travel(.to(date(ago: 9000))))
    let first = try #require(stage.state.travel.asked)
    let late = try await incident.answer(in: stage)
    _ = stage.state.perform(.travel(.to(date(ago: 1000))))
    let second = try #require(stage.state.travel.asked)
    let hasArrivedLate = stage.state.arrive(late, to: first)
    #expect(!hasArrivedLate && !stage.state.isInPast)
    let answer = try await incident.answer(in: stage)
    let hasArrived = stage.state.arrive(answer, to: second)
    #expect(hasArrived)
    #expect(stage.state.asOf.date == date(ago: 1000))
    // Who goes back to now meanwhile comes there.
    _ = stage.state.perform(.travel(.changes(-1)))
    let third = try #require(stage.state.travel.asked)
    let another = try await incident.answer(in: stage)
    _ = stage.state.perform(.returnToPresent)
    let hasGoneBack = stage.state.arrive(another, to: third)
    #expect(!hasGoneBack)
    #expect(stage.state.travel.isReturning)
  }

  @Test func `steps that are asked for before the answer came add up`() async throws {
    let incident = try await RememberedIncident()
    let back = Command.travel(.changes(-1))
    let stage = incident.stage.after(back, back, back, .travel(.changes(1)))
    #expect(stage.state.travel.asked?.step == .changes(-2))
    let nowhere = stage.after(.travel(.changes(1)), .travel(.changes(1)))
    #expect(nowhere.state.travel.asked == nil)
  }

  @Test func `what comes from the monitor meanwhile does not show`() async throws {
    let incident = try await RememberedIncident()
    var stage = try await incident.after(.travel(.to(date(ago: 1000))))
    let lines = stage.screen().lines
    let last = incident.seen[incident.seen.count - 1].snapshot
    stage.state.adopt(last, at: .sample)
    stage.state.advance(to: .sample)
    #expect(stage.screen().lines == lines)
  }

  @Test(arguments: ["r", "R", "a", "m", "J", "p", "w", "6"])
  func `keys that act on the present are refused with a sentence`(key: Character) async throws {
    let incident = try await RememberedIncident()
    let stage = try await incident.after(.travel(.to(date(ago: 1000))))
    let answer = KeyMap.answer(to: .character(key), in: stage.state)
    let what = key == "6" ? "the accounts view is not remembered" : "this works only in the present"
    #expect(answer == .disabled("\(what); the key . returns to now"))
    #expect(KeyMap.answer(to: .character("."), in: stage.state) == .command(.returnToPresent))
  }

  @Test func `the filter, the order and the cursor stay`() async throws {
    let incident = try await RememberedIncident()
    let stage = try await incident.after(
      .filter("acme"),
      .sort(.number),
      .move(.bottom),
      .travel(.to(date(ago: 1000)))
    )
    #expect(stage.state.filtering.filter.text == "acme")
    #expect(stage.state.list.sort.column == .number)
    #expect(
      stage.state.selectedRecord?.id
        == incident.stage.after(.filter("acme"), .sort(.number), .move(.bottom)).state
        .selectedRecord?.id
    )
  }

  @Test(arguments: [
    ("at 03:12", CommandMeaning.command(.travel(.to(Date(timeIntervalSince1970: 1_795_230_720))))),
    ("at now", .command(.returnToPresent)),
    ("at", .command(.typeCommand("at "))),
    ("at 2030-01-01", .mistake("That is yet to come.")),
    ("at 2026-02-30", .mistake("There is no such day.")),
    (
      "at noon",
      .mistake("at takes \(TimeWords.forms).")
    ),
  ])
  func `is typed`(_ line: String, _ meaning: CommandMeaning) {
    #expect(CommandWords.meaning(of: line, in: Stage.incident.state) == meaning)
  }
}
