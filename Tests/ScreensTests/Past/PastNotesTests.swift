import Canvas
import Foundation
import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

/// What operators had said at a moment of the past, and what changed just then.
@Suite struct PastNotesTests {
  private func date(ago seconds: Int) -> Date { Moment.sample(ago: .seconds(seconds)).date }

  @Test func `what was acknowledged and muted then has its marks`() async throws {
    let incident = try await RememberedIncident()
    let there = try await incident.after(.travel(.to(date(ago: 200))))
    let bad = try #require(there.state.fleet.records.first { $0.state == .blocked })
    let fine = try #require(there.state.fleet.records.first { $0.state == .available })
    try await incident.store.save(
      Acknowledgement(
        id: "one",
        subject: .number(bad.id),
        author: "ann",
        comment: "ticket 8841",
        date: date(ago: 300),
        state: .blocked,
        // Taken back since.
        ending: Ending(date(ago: 100), why: "taken back")
      )
    )
    try await incident.store.save(
      Mute(
        id: "two",
        filter: "number=\(fine.displayNumber)",
        author: "ben",
        date: date(ago: 300),
        until: date(ago: 50)
      )
    )
    let noted = try await incident.after(.travel(.to(date(ago: 200))))
    #expect(noted.state.fleet[bad.id]?.marks == .acknowledged)
    #expect(noted.state.fleet[fine.id]?.marks == .muted)
    #expect(noted.state.fleet.counts.acknowledged == 1)
    #expect(noted.screen().lines[1].contains("acked 1"))
    let acks = noted.after(.showNotes(.acknowledgements)).screen()
    #expect(acks.shows("ann", "ticket 8841", "1m ago"))
    let before = try await incident.after(.travel(.to(date(ago: 400))))
    #expect(before.state.notes.isEmpty && before.state.fleet.counts.acknowledged == 0)
    let now = try await incident.after(.travel(.to(date(ago: 200))), .returnToPresent)
    #expect(now.state.notes.isEmpty)
  }

  /// How far a change is confirmed is known of the present alone.
  @Test func `what waits for its confirmation now has no mark in the past`() async throws {
    let incident = try await RememberedIncident()
    var stage = try await incident.after(.travel(.to(date(ago: 1000))))
    let past = stage.screen().list.lines
    var confirmation = Confirmation(ConfirmationRules())
    let changes = stage.state.fleet.records.map { record in
      StateChange(
        number: record.id,
        from: record.state == .available ? .limited : .available,
        to: record.state,
        moment: .sample,
        since: .sample,
        sinceIsLowerBound: false,
        isFlapping: false
      )
    }
    _ = confirmation.receive(NumberChanges(states: changes), polled: [], at: .sample)
    stage.state.confirmation = confirmation
    #expect(stage.screen().shows("1/2"))
    _ = stage.state.perform(.travel(.to(date(ago: 1000))))
    let question = try #require(stage.state.travel.asked)
    _ = stage.state.arrive(try await incident.answer(in: stage), to: question)
    #expect(stage.screen().list.lines == past)
    #expect(stage.screen().doesNotShow("1/2"))
  }

  @Test(arguments: [
    ("past-notes-80x24", 80, 24, Marks.unicode), ("past-notes-160x50", 160, 50, .unicode),
    ("past-notes-ascii-80x24", 80, 24, .ascii),
  ])
  func `is as recorded`(_ name: String, _ width: Int, _ height: Int, _ marks: Marks) async throws {
    let incident = try await RememberedIncident()
    try await incident.store.save(
      Acknowledgement(
        id: "one",
        subject: .cause("entity/WABA/102938475610"),
        author: "ann",
        date: date(ago: 300),
        state: .blocked
      )
    )
    // The last change, and the one before it.
    let stage = try await incident.after(.travel(.changes(-1)), .travel(.changes(-1)))
    expectScreen(
      stage.draw(width, height, marks),
      name,
      callerPath: #filePath.replacing("/Past/", with: "/")
    )
  }

  @Test func `a step goes over all numbers that one cause hits, and says what changed`()
    async throws
  {
    let incident = try await RememberedIncident()
    let number = PhoneNumber.sample("9")
    let start = date(ago: 150)
    var batch = Batch()
    // One a second, as they are polled.
    for place in 0..<11 {
      batch.transitions.append(
        Transition(
          date: start.addingTimeInterval(Double(place)),
          subject: .number(PhoneNumber.ID(account: number.account, target: "90\(place)")),
          names: Names("+1 555 010\(place)"),
          event: .state(from: .available, to: .blocked),
          reason: Change.Reason(
            key: "entity/WABA/102938475610",
            summary: "WABA 102938475610",
            code: "141006",
            text: "There is an error with the payment method.",
            severity: "critical"
          )
        )
      )
    }
    try await incident.store.write(batch)
    let back = try await incident.after(.travel(.changes(-1)), .travel(.changes(-1)))
    #expect(back.state.asOf.date == start.addingTimeInterval(10))
    let text = back.state.shell.message?.text
    #expect(text == "11 numbers BLOCKED (payment failed, Acme UK).")
    // All of them go at once, and come again at once.
    let before = try await incident.after(.travel(.changes(-2)), .travel(.changes(-1)))
    #expect(before.state.asOf.date == date(ago: 250))
    let again = try await incident.after(.travel(.changes(-3)), .travel(.changes(1)))
    #expect(again.state.asOf.date == start.addingTimeInterval(10))
    #expect(again.state.shell.message?.text == text)
    // Who goes to a moment is told nothing.
    let there = try await incident.after(.travel(.to(start)))
    #expect(there.state.shell.message == nil)
  }
}
