package import Foundation
import GRDB
import Health
package import History
package import Monitor

extension SQLiteHistory {
  /// Writes something that others shall see, in a transaction of its own.
  func writeRecord<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(HistoryError) -> Value {
    try await write { db in
      try db.execute(sql: "UPDATE state SET revision = revision + 1")
      return try body(db)
    }
  }

  package func save(_ acknowledgement: Acknowledgement) async throws(HistoryError) {
    try await writeRecord { db in
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO acknowledgement
            (id, subject, author, comment, at, until, state, endedAt, endedWhy)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          acknowledgement.id, try db.row(of: acknowledgement.subject, names: nil),
          acknowledgement.author, acknowledgement.comment, acknowledgement.date.milliseconds,
          acknowledgement.until?.milliseconds, acknowledgement.state.code,
          acknowledgement.ending?.date.milliseconds, acknowledgement.ending?.why,
        ]
      )
    }
  }

  package func acknowledgements(
    at date: Date
  ) async throws(HistoryError) -> [Acknowledgement] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: "\(Self.acknowledgements) WHERE \(Self.isInForce) ORDER BY at, acknowledgement.id",
        arguments: [date.milliseconds]
      )
      .map(Acknowledgement.init)
    }
  }

  package func acknowledgement(_ id: String) async throws(HistoryError) -> Acknowledgement? {
    try await read { db in
      try Row.fetchOne(
        db,
        sql: "\(Self.acknowledgements) WHERE acknowledgement.id = ?",
        arguments: [id]
      )
      .map(Acknowledgement.init)
    }
  }

  private static let acknowledgements = """
    SELECT acknowledgement.id, kind, scope, key, author, comment, at, until, state,
      endedAt, endedWhy
    FROM acknowledgement JOIN subject ON subject.id = acknowledgement.subject
    """

  private static let isInForce = """
    at <= ?1 AND coalesce(until > ?1, true) AND coalesce(endedAt > ?1, true)
    """

  package func save(_ mute: Mute) async throws(HistoryError) {
    try await writeRecord { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO mute VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          mute.id, mute.filter, mute.author, mute.comment, mute.date.milliseconds,
          mute.until.milliseconds, mute.ending?.date.milliseconds, mute.ending?.why,
        ]
      )
    }
  }

  package func mutes(at date: Date) async throws(HistoryError) -> [Mute] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT * FROM mute WHERE \(Self.isInForce) ORDER BY at, id",
        arguments: [date.milliseconds]
      )
      .map(Mute.init)
    }
  }

  package func mute(_ id: String) async throws(HistoryError) -> Mute? {
    try await read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM mute WHERE id = ?", arguments: [id])
        .map(Mute.init)
    }
  }

  package func save(_ comment: Comment) async throws(HistoryError) {
    try await writeRecord { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO comment VALUES (?, ?, ?, ?, ?)",
        arguments: [
          comment.id, try db.row(of: comment.subject, names: nil), comment.author, comment.text,
          comment.date.milliseconds,
        ]
      )
    }
  }

  package func comments(on subject: Subject) async throws(HistoryError) -> [Comment] {
    try await read { db in
      guard let row = try db.existingRow(of: subject) else { return [] }
      return try Row.fetchAll(
        db,
        sql: "SELECT id, author, text, at FROM comment WHERE subject = ? ORDER BY at, id",
        arguments: [row]
      )
      .map { row in
        Comment(
          id: row[0],
          subject: subject,
          author: row[1],
          text: row[2],
          date: Date(milliseconds: row[3])
        )
      }
    }
  }
}

extension Acknowledgement {
  fileprivate init(_ row: Row) {
    self.init(
      id: row[0],
      subject: SubjectKey(kind: row[1], scope: row[2], key: row[3]).subject,
      author: row[4],
      comment: row[5],
      date: Date(milliseconds: row[6]),
      until: row.date(7),
      state: HealthState(code: row[8]) ?? .unknown,
      ending: row.ending(from: 9)
    )
  }
}

extension Mute {
  fileprivate init(_ row: Row) {
    self.init(
      id: row[0],
      filter: row[1],
      author: row[2],
      comment: row[3],
      date: Date(milliseconds: row[4]),
      until: Date(milliseconds: row[5]),
      ending: row.ending(from: 6)
    )
  }
}

extension Row {
  func date(_ column: Int) -> Date? {
    (self[column] as Int?).map { Date(milliseconds: $0) }
  }

  fileprivate func ending(from column: Int) -> Ending? {
    date(column).map { Ending($0, why: self[column + 1] ?? "") }
  }
}
