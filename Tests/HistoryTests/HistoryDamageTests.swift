import Foundation
import GRDB
import Health
import History
import Monitor
import TestSupport
import Testing

@testable import HistorySQLite

/// Files that are not what they were, or not for this version.
@Suite struct HistoryDamageTests {
  @Test(arguments: ["This is not a database at all, whatever its name says.", ""])
  func `a file with a damaged header is put aside`(_ header: String) async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    try await history.fill()
    // Or what is damaged would be read from the log beside it.
    _ = try await history.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    history.close()
    let file = folder.path + "/history.sqlite"
    let handle = try #require(FileHandle(forUpdatingAtPath: file))
    let bytes = header.isEmpty ? Data(count: 4096) : Data(header.utf8)
    try handle.write(contentsOf: bytes)
    try handle.close()
    let (new, setAside) = try await openHistory(folder)
    #expect(setAside == folder.path + "/history-damaged-2026-01-01T000000.sqlite")
    #expect(FileManager.default.fileExists(atPath: setAside ?? ""))
    #expect(try await new.transitionCount == 0)
    try await new.fill(500)
    #expect(try await new.transitionCount == 500)
  }

  @Test func `a file with a damaged page is put aside when that shows`() async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    try await history.fill()
    // Or what is damaged would be read from the log beside it.
    _ = try await history.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    history.close()
    let file = folder.path + "/history.sqlite"
    let size = try #require(
      FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    )
    let handle = try #require(FileHandle(forUpdatingAtPath: file))
    for page in (size / 4096 / 2)..<(size / 4096) {
      try handle.seek(toOffset: UInt64(page * 4096))
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    }
    try handle.close()
    let (broken, setAside) = try await openHistory(folder)
    #expect(setAside == nil)
    await #expect(throws: HistoryError.damaged(path: file)) {
      _ = try await broken.transitions(TransitionQuery(limit: .max))
    }
    let (new, path) = try await openHistory(folder, isSuspect: true)
    #expect(path != nil)
    #expect(try await new.transitionCount == 0)
    // Who still has the old one open finds out, and gets the new one.
    await #expect(throws: HistoryError.damaged(path: file)) {
      try await broken.write(.of([.event(.started, at: .start)]))
    }
    let (same, nothing) = try await openHistory(folder, isSuspect: true)
    #expect(nothing == nil)
    try await new.write(.of([.event(.started, at: .start)]))
    #expect(try await same.transitionCount == 1)
  }

  @Test func `a sound file with incidents is found sound`() async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    try await history.write(.of(incidents: [Self.incident]))
    history.close()
    let (same, setAside) = try await openHistory(folder, isSuspect: true)
    #expect(setAside == nil)
    #expect(try await same.integrity == ["ok"])
    #expect(try await same.incidents(in: .after(0)..<(.after(100))) == [Self.incident])
  }

  @Test func `an older version's file with incidents is kept, and found sound`() async throws {
    let folder = try TemporaryFolder()
    let older = try await openHistory(folder).history
    try await older.write(.of(incidents: [Self.incident]))
    try await older.pool.write { db in
      try db.execute(
        sql: """
          CREATE TABLE older (
            incident TEXT NOT NULL, subject INTEGER NOT NULL, joined INTEGER NOT NULL,
            leftAt INTEGER, place INTEGER NOT NULL, PRIMARY KEY (incident, place)
          ) WITHOUT ROWID;
          INSERT INTO older SELECT incident, subject, joined, leftAt, place FROM victim;
          DROP TABLE victim;
          ALTER TABLE older RENAME TO victim;
          DELETE FROM grdb_migrations WHERE identifier = '3 victims';
          """
      )
    }
    older.close()
    let (history, setAside) = try await openHistory(folder, isSuspect: true)
    #expect(setAside == nil)
    #expect(try await history.integrity == ["ok"])
    #expect(try await history.incidents(in: .after(0)..<(.after(100))) == [Self.incident])
  }

  @Test func `tables without row ids have the columns of their keys first`() async throws {
    let history = try await openHistory(try TemporaryFolder()).history
    let misplaced = try await history.pool.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.sql LIKE '%WITHOUT ROWID%' AND c.pk > 0
            AND c.cid >= (SELECT count(*) FROM pragma_table_info(m.name) k WHERE k.pk > 0)
          """
      )
    }
    #expect(misplaced == [])
  }

  private static let incident = Incident(
    id: "first",
    reason: .payment,
    start: .after(10),
    worst: .blocked,
    victims: [Incident.Victim(.number(.one), joined: .after(10))]
  )

  @Test func `a later version's file is left alone`() async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    try await history.pool.write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something new')")
    }
    history.close()
    await #expect(throws: HistoryError.newer(path: folder.path + "/history.sqlite")) {
      _ = try await openHistory(folder)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count <= 4)
  }
}
