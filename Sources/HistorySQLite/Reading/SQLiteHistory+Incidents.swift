package import Foundation
import GRDB
import Health
package import History
import Monitor

extension SQLiteHistory {
  package func incidents(
    in window: Range<Date>
  ) async throws(HistoryError) -> [Incident] {
    try await read { db in
      try db.incidents(
        "WHERE start < ?2 AND coalesce(stop > ?1, true) ORDER BY start DESC, id",
        [window.lowerBound.milliseconds, window.upperBound.milliseconds]
      )
    }
  }

  package func incident(_ id: String) async throws(HistoryError) -> Incident? {
    try await read { db in try db.incidents("WHERE id = ?", [id]).first }
  }
}

extension Database {
  fileprivate func incidents(
    _ condition: String,
    _ arguments: StatementArguments
  ) throws -> [Incident] {
    var reasons = WordsReader<Change.Reason>(self)
    let rows = try Row.fetchAll(
      self,
      sql: "SELECT id, reason, start, stop, worst, announced FROM incident " + condition,
      arguments: arguments
    )
    return try rows.compactMap { row in
      guard let reason = try reasons.value(row[1]) else { return nil }
      return Incident(
        id: row[0],
        reason: reason,
        start: Date(milliseconds: row[2]),
        end: row.date(3),
        worst: HealthState(code: row[4]) ?? .unknown,
        announced: row.date(5),
        victims: try victims(of: row[0])
      )
    }
  }

  fileprivate func victims(of incident: String) throws -> [Incident.Victim] {
    try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT kind, scope, key, joined, leftAt FROM victim
          JOIN subject ON subject.id = victim.subject WHERE incident = ? ORDER BY place
          """
      ),
      arguments: [incident]
    )
    .map { row in
      Incident.Victim(
        SubjectKey(kind: row[0], scope: row[1], key: row[2]).subject,
        joined: Date(milliseconds: row[3]),
        left: row.date(4)
      )
    }
  }
}
