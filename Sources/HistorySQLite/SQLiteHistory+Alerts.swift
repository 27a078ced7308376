package import Foundation
import GRDB
package import History

extension SQLiteHistory {
  package func told(to channel: String) async throws(HistoryError) -> [ToldTrouble] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT key, incident, account, rank, body, at FROM told WHERE channel = ? ORDER BY at, key
          """,
        arguments: [channel]
      )
      .map { row in
        ToldTrouble(
          channel: channel,
          key: row[0],
          incident: row[1],
          account: row[2],
          rank: row[3],
          body: row[4],
          date: Date(milliseconds: row[5])
        )
      }
    }
  }

  package func tell(_ tellings: [Telling]) async throws(HistoryError) {
    try await write { db in
      for telling in tellings where try db.note(telling.step) {
        if let notice = telling.notice { try db.add(notice) }
      }
    }
  }

  package func takeNotice(
    of channel: String,
    for holder: String,
    at now: Date,
    until: Date
  ) async throws(HistoryError) -> Notice? {
    try await write { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          UPDATE notice SET holder = ?1, heldUntil = ?2
          WHERE due <= ?3 AND (holder IS NULL OR holder = ?1 OR heldUntil <= ?3) AND rowid = (
            SELECT rowid FROM notice WHERE channel = ?4 AND sent IS NULL ORDER BY at, rowid LIMIT 1
          )
          RETURNING id, channel, body, at, due, attempts, failure
          """,
        arguments: [holder, until.milliseconds, now.milliseconds, channel]
      )
      return row.map(Notice.init(row:))
    }
  }

  package func waitingNotices(
    of channel: String,
    limit: Int
  ) async throws(HistoryError) -> [Notice] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, channel, body, at, due, attempts, failure FROM notice
          WHERE channel = ? AND sent IS NULL ORDER BY at, rowid LIMIT ?
          """,
        arguments: [channel, limit]
      )
      .map(Notice.init(row:))
    }
  }

  package func finish(
    _ notice: Notice,
    by holder: String,
    as outcome: Notice.Outcome,
    at now: Date
  ) async throws(HistoryError) -> Bool {
    try await write { db in
      try db.execute(
        sql: """
          UPDATE notice SET sent = ?, isGivenUp = ?, attempts = ?, failure = ?
          WHERE id = ? AND holder = ? AND sent IS NULL
          """,
        arguments: [
          now.milliseconds, outcome == .givenUp, notice.attempts, notice.failure, notice.id, holder,
        ]
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

  package func note(
    _ failure: String?,
    of channel: String,
    at now: Date
  ) async throws(HistoryError) {
    try await write { db in
      try db.execute(
        sql: """
          INSERT INTO channel (name, sent, failure) VALUES (?1, ?2, ?3)
          ON CONFLICT (name) DO UPDATE SET sent = coalesce(?2, sent), failure = ?3
          """,
        arguments: [channel, failure == nil ? now.milliseconds : nil, failure]
      )
    }
  }

  package func delivery(to channel: String) async throws(HistoryError) -> ChannelDelivery {
    try await read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT
            (SELECT count(*) FROM notice WHERE channel = ?1 AND sent IS NULL),
            (SELECT count(*) FROM notice
              WHERE channel = ?1 AND isGivenUp = 1 AND sent IS NOT NULL),
            (SELECT sent FROM channel WHERE name = ?1),
            (SELECT failure FROM channel WHERE name = ?1)
          """,
        arguments: [channel]
      )
      guard let row else { return ChannelDelivery() }
      return ChannelDelivery(
        waiting: row[0],
        dead: row[1],
        lastSent: row.date(2),
        failure: row[3]
      )
    }
  }

  package func finishedNotices(limit: Int) async throws(HistoryError) -> [FinishedNotice] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, channel, body, at, due, attempts, failure, isGivenUp, sent FROM notice
          WHERE sent IS NOT NULL ORDER BY sent DESC, rowid DESC LIMIT ?
          """,
        arguments: [limit]
      )
      .map { row in
        FinishedNotice(
          Notice(row: row),
          row[7] ? .givenUp : .sent,
          date: Date(milliseconds: row[8])
        )
      }
    }
  }
}

extension Database {
  /// Whether it was news.
  fileprivate func note(_ step: Telling.Step) throws -> Bool {
    switch step {
    case .begin(let told):
      try cachedStatement(sql: "INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?, ?, ?)")
        .execute(
          arguments: [
            told.channel, told.key, told.incident, told.account, told.rank, told.body,
            told.date.milliseconds,
          ]
        )
    case .change(let told, let former):
      try cachedStatement(
        sql: """
          UPDATE told SET incident = ?, account = ?, rank = ?, body = ?
          WHERE channel = ? AND key = ? AND incident = ? AND rank = ?
          """
      )
      .execute(
        arguments: [
          told.incident, told.account, told.rank, told.body, former.channel, former.key,
          former.incident, former.rank,
        ]
      )
    case .end(let told):
      try cachedStatement(sql: "DELETE FROM told WHERE channel = ? AND key = ? AND incident = ?")
        .execute(arguments: [told.channel, told.key, told.incident])
    case .remark: return true
    }
    return changesCount > 0
  }

  fileprivate func add(_ notice: Notice) throws {
    try cachedStatement(
      sql: """
        INSERT OR IGNORE INTO notice (id, channel, body, at, due, attempts, failure)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    )
    .execute(
      arguments: [
        notice.id, notice.channel, notice.body, notice.date.milliseconds, notice.due.milliseconds,
        notice.attempts, notice.failure,
      ]
    )
  }
}

extension Notice {
  /// Of a row that begins with its columns.
  fileprivate init(row: Row) {
    self.init(
      id: row[0],
      channel: row[1],
      body: row[2],
      date: Date(milliseconds: row[3]),
      due: Date(milliseconds: row[4]),
      attempts: row[5],
      failure: row[6]
    )
  }
}
