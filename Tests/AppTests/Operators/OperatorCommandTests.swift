import ArgumentParser
import Foundation
import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import App
@testable import Monitor

/// What `wabatop ack` and `wabatop mute` do with a store.
struct OperatorCommandTests {
  private let clock = ManualClock()
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let blocked = PhoneNumber.sample("1", label: "Orders")
  private static let limited = PhoneNumber.sample("2", on: Account.samples[1])
  private static let fine = PhoneNumber.sample("3")

  private func store() async throws -> any HistoryStore {
    let store = try await SQLiteHistory.open(directory: folder.path, at: clock.now.date).store
    var batch = Batch()
    batch.accounts = [.sample(Account.samples[0]), .sample(Account.samples[1])]
    batch.numbers = [
      (Self.blocked, HealthReport.sample("1", number: "+44 7700 900131", waba: Self.waba)),
      (Self.limited, .sample("2", number: "+44 7700 900132", quality: "YELLOW")),
      (Self.fine, .sample("3", number: "+44 7700 900133")),
    ]
    .map { number, report in
      let reading = Reading.sample(number, .success(report), at: clock.now)
      return NumberReadings(number: number, latest: reading, lastGood: reading)
    }
    try await store.write(batch)
    return store
  }

  private static let waba = HealthEntity.sample(
    "WABA",
    "102938475610",
    "BLOCKED",
    errors: [.samplePayment]
  )

  private func session(_ store: any HistoryStore) async throws -> OperatorSession {
    let ledger = OperatorLedger(time: clock) { UUID().uuidString }
    return try await OperatorSession(store, ledger, time: clock)
  }

  @Test(arguments: ["+447700900131", "447700900131", "1", "Orders"])
  func `a number is found by what it is called`(_ name: String) async throws {
    let session = try await session(store())
    #expect(try session.state.trouble(named: name).subject == .number(Self.blocked.id))
    #expect(try session.state.trouble(named: name).state == .blocked)
  }

  @Test(arguments: ["102938475610", "WABA 102938475610", "entity/WABA/102938475610"])
  func `a cause is found by its id, its title or its key`(_ name: String) async throws {
    let session = try await session(store())
    #expect(try session.state.trouble(named: name).subject == .cause("entity/WABA/102938475610"))
  }

  @Test(arguments: [
    ("nobody", "no number matches \"nobody\", and no cause that is there now is named so"),
    ("+4477009001", "3 numbers match, such as"),
  ])
  func `a name that is nobody's, or several's, is refused`(
    _ name: String,
    _ expected: String
  ) async throws {
    let session = try await session(store())
    let error = #expect(throws: CommandFailure.self) { try session.state.trouble(named: name) }
    #expect(error?.text.contains(expected) == true)
  }

  @Test func `what is said is remembered, listed and taken back`() async throws {
    let store = try await store()
    var session = try await session(store)
    let trouble = try session.state.trouble(named: "Orders")
    try await session.perform(
      .acknowledge(
        [.init(trouble.subject, trouble.state)],
        author: "ann",
        comment: "ticket 8841",
        until: nil
      )
    )
    try await session.perform(
      .mute(
        filter: "provider:kapso",
        author: "bob",
        comment: "",
        until: clock.now.date + 7200
      )
    )
    session = try await self.session(store)
    let listing = NoteListing(state: session.state)
    #expect(
      listing.acknowledgements == """
        +447700900131 Orders; BLOCKED; by ann, "ticket 8841", 2026-01-01 00:00:00 UTC; \
        until it is over

        """
    )
    #expect(
      listing.mutes == """
        provider:kapso; 1 number; by bob, 2026-01-01 00:00:00 UTC; until 2026-01-01 02:00:00 UTC

        """
    )
    let json = try JSONSerialization.jsonObject(with: Data(listing.acknowledgementsJSON.utf8))
    let notes = (json as? [String: Any])?["acknowledgements"] as? [[String: Any]]
    #expect(notes?.first?["number"] as? String == "+447700900131")
    #expect(notes?.first?["until"] is NSNull)
    #expect(listing.mutesJSON.contains("\"numbers\": 1"))

    let ids = try session.state.acknowledgements(named: "1").map(\.id)
    #expect(ids.count == 1)
    try await session.perform(.end(Set(ids), author: "ann"))
    session = try await self.session(store)
    #expect(session.notes.acknowledgements.isEmpty)
    let told = try await store.transitions(TransitionQuery()).map(\.transition.event)
    #expect(told.first == .unacknowledged("taken back by ann"))
    #expect(told.count == 3)
  }

  @Test(arguments: [("provider:kapso", nil), ("provider:wati", ProcessStatus.unknown)])
  func `a mute that no number passes is in force, and exits with 3`(
    filter: String,
    expected: ProcessStatus?
  ) async throws {
    let store = try await store()
    let command = try #require(try Wabatop.parseAsRoot(["mute", filter]) as? MuteCommand)
    let session = try await session(store)
    var status: ProcessStatus?
    do {
      try await command.mute(Filter(filter), until: clock.now.date + 7200, in: session, "bob")
    } catch let thrown as ProcessStatus {
      status = thrown
    }
    #expect(status == expected)
    #expect(try await self.session(store).notes.mutes.map(\.filter) == [filter])
  }

  @Test func `what is old counts as it was last known`() async throws {
    let store = try await store()
    clock.advance(by: .seconds(7200))
    let session = try await session(store)
    #expect(try session.state.trouble(named: "Orders").state == .blocked)
  }

  @Test func `a command ends nothing by a rule, since it polls nothing`() async throws {
    let store = try await store()
    var session = try await session(store)
    try await session.perform(
      .acknowledge([.init(.number(Self.fine.id), .blocked)], author: "a", comment: "", until: nil)
    )
    session = try await self.session(store)
    #expect(session.notes.acknowledgements.count == 1)
  }

  @Test(arguments: [
    ["ack"], ["ack", "--list", "x"], ["ack", "x", "--until", "yesterday"], ["ack", "x", "--json"],
    ["mute"], ["mute", "stauts:blocked"], ["mute", "acme", "--for", "1h", "--until", "18:00"],
    ["mute", "acme", "--for", "over"], ["mute", "@muted"], ["mute", "(acme"],
  ])
  func `wrong usage exits with 3`(_ arguments: [String]) async {
    #expect(await Wabatop.run(arguments) == 3)
  }
}
