package import Foundation
import GRDB
package import History

extension SQLiteHistory {
  package func add(_ notices: [Notice]) async throws(HistoryError) {
    try await write { db in
      for notice in notices {
        try db.cachedStatement(
          sql: """
            INSERT OR IGNORE INTO notice (id, channel, body, at, due, attempts, failure)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        )
        .execute(
          arguments: [
            notice.id, notice.channel, notice.body, notice.date.milliseconds,
            notice.due.milliseconds, notice.attempts, notice.failure,
          ]
        )
      }
    }
  }

  package func takeNotices(
    for holder: String,
    at now: Date,
    until: Date,
    limit: Int
  ) async throws(HistoryError) -> [Notice] {
    try await write { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          UPDATE notice SET holder = ?1, heldUntil = ?2 WHERE id IN (
            SELECT id FROM notice
            WHERE sent IS NULL AND due <= ?3
              AND (holder IS NULL OR holder = ?1 OR heldUntil <= ?3)
            ORDER BY due, id LIMIT ?4
          )
          RETURNING id, channel, body, at, due, attempts, failure
          """,
        arguments: [holder, until.milliseconds, now.milliseconds, limit]
      )
      return rows.map { row in
        Notice(
          id: row[0],
          channel: row[1],
          body: row[2],
          date: Date(milliseconds: row[3]),
          due: Date(milliseconds: row[4]),
          attempts: row[5],
          failure: row[6]
        )
      }
      .sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }
  }

  package func finish(
    _ notice: Notice,
    by holder: String,
    at now: Date
  ) async throws(HistoryError) -> Bool {
    try await write { db in
      try db.execute(
        sql: "UPDATE notice SET sent = ? WHERE id = ? AND holder = ? AND sent IS NULL",
        arguments: [now.milliseconds, notice.id, holder]
      )
      return db.changesCount > 0
    }
  }

  package func postpone(
    _ notice: Notice,
    by holder: String
  ) async throws(HistoryError) -> Bool {
    try await write { db in
      try db.execute(
        sql: """
          UPDATE notice SET due = ?, attempts = ?, failure = ?, holder = NULL, heldUntil = NULL
          WHERE id = ? AND holder = ? AND sent IS NULL
          """,
        arguments: [
          notice.due.milliseconds, notice.attempts, notice.failure, notice.id, holder,
        ]
      )
      return db.changesCount > 0
    }
  }
}
