import GRDB
import Glibc
package import History
import Monitor
import Synchronization

extension SQLiteHistory {
  @discardableResult
  package func write(_ batch: Batch) async throws(HistoryError) -> Set<String> {
    guard !batch.isEmpty else { return [] }
    return try await write { [self] db in
      lowerPriority()
      let lost = try Set(batch.leases.filter { try !db.isHeld($0) }.map(\.account))
      let writer = try BatchWriter(db)
      let mine = lost.isEmpty ? batch : batch.filtered { !lost.contains($0) }
      try known.withLock { known in
        known.expect(collections: writer.collections)
        try writer.write(mine, &known)
      }
      return lost
    }
  }
}

/// Lets this thread, one of a pool for work of any kind, wait for threads that answer keys.
///
/// On Linux the priority is the thread's own. Where it can't be changed, writing works as well.
private func lowerPriority() { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }

/// Writes a batch within a transaction.
struct BatchWriter {
  let db: Database
  let revision: Int
  let collections: Int
  private let rolledUntil: Int?

  init(_ db: Database) throws {
    self.db = db
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          UPDATE state SET revision = revision + 1
          RETURNING revision, collections, rolledUntil
          """
      )
    )
    guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    revision = row[0]
    collections = row[1]
    rolledUntil = row[2]
  }

  func write(_ batch: Batch, _ known: inout KnownRows) throws {
    for readings in batch.numbers { try write(readings, &known) }
    for id in batch.gone {
      known[id] = nil
      try remove(.number(id))
    }
    try write(accounts: batch.accounts, order: batch.accountOrder, under: batch.leases)
    for entity in batch.entities { try write(entity) }
    for templates in batch.templates { try write(templates) }
    for transition in batch.transitions { try write(transition) }
    for coverage in batch.coverage { try write(coverage) }
    for incident in batch.incidents { try write(incident, known) }
  }

  /// Something of a day is another than when the day was added up.
  func noteChange(at moment: Int) throws {
    guard let rolledUntil, Day(of: moment).number < rolledUntil else { return }
    try db.execute(
      sql: """
        UPDATE state SET rolledUntil = min(rolledUntil, max(?, coalesce(keptFrom, ?)))
        """,
      arguments: [Day(of: moment).number, Day(of: moment).number]
    )
    try db.execute(
      sql: "DELETE FROM rollUp WHERE day >= (SELECT rolledUntil FROM state)"
    )
  }

  /// Polling that went on without a gap is one interval.
  private func write(_ coverage: Coverage) throws {
    let (start, stop) = (coverage.from.milliseconds, coverage.to.milliseconds)
    guard start < stop else { return }
    try db.cachedStatement(
      sql: """
        UPDATE coverage SET stop = max(stop, ?1)
        WHERE id = (SELECT max(id) FROM coverage WHERE account = ?2)
          AND start <= ?3 AND stop >= ?3
        """
    )
    .execute(arguments: [stop, coverage.account, start])
    if db.changesCount == 0 {
      try db.cachedStatement(sql: "INSERT INTO coverage (account, start, stop) VALUES (?, ?, ?)")
        .execute(arguments: [coverage.account, start, stop])
    }
    try noteChange(at: start)
  }
}
