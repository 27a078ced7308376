import Foundation
import GRDB
import Health
import History
import TestSupport
import Testing

@testable import HistorySQLite
@testable import Monitor

/// Files of earlier versions.
@Suite struct SchemaTests {
  private static let number = PhoneNumber(account: "acme", provider: "kapso", target: "1")

  /// A file as a former version left it, with a number and a change.
  private static func makeFile(in folder: TemporaryFolder, upTo migration: String) throws {
    let queue = try DatabaseQueue(path: folder.path + "/history.sqlite")
    try Schema.migrator.migrate(queue, upTo: migration)
    let body = Data(Packed.bytes(of: .success(.sample())))
    try queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO subject VALUES (1, 0, 'acme', '1', '+44 1', 'Acme');
          INSERT INTO number VALUES (1, 'kapso', NULL, 1, 1);
          INSERT INTO transition (at, kind, subject, former, state)
            VALUES (\(Date.after(7).milliseconds), 0, 1, 6, 0);
          """
      )
      try db.execute(
        sql: "INSERT INTO content VALUES (1, ?, ?)",
        arguments: [ContentHash.of(Array(body)), body]
      )
      try db.execute(
        sql: "INSERT INTO reading (subject, revision, at, content, isGood) VALUES (1, 1, ?, 1, 1)",
        arguments: [Date.after(9).milliseconds]
      )
    }
    try queue.close()
  }

  @Test(arguments: ["1 polling", "2 asked"])
  func `an older file keeps what it has, and takes what is new`(_ migration: String) async throws {
    let folder = try TemporaryFolder()
    try Self.makeFile(in: folder, upTo: migration)
    let history = try await openHistory(folder).history
    let known = try await history.current(after: nil, at: .after(10))
    #expect(known.numbers.map(\.number) == [Self.number])
    #expect(known.numbers[0].latest?.result == .success(.sample()))
    #expect(known.numbers[0].polls == nil)
    let told = try await history.transitions(TransitionQuery(includesDifferences: true))
    #expect(told.map(\.transition.state) == [.blocked])
    #expect(told.allSatisfy { $0.transition.difference == nil })
    var polls = PollStates()
    for state in [HealthState.available, .blocked, .available] { polls.note(state) }
    let latest = try #require(known.numbers[0].latest)
    try await history.write(
      .of(
        numbers: [
          NumberReadings(number: Self.number, latest: latest, lastGood: latest, polls: polls)
        ]
      )
    )
    let again = try await history.current(after: nil, at: .after(10))
    #expect(again.numbers[0].polls == polls)
  }
}
