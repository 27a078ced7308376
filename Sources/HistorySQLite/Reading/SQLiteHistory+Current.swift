import Foundation
import GRDB
package import Health
package import History
import Monitor

extension SQLiteHistory {
  package func current(
    after revision: Int?,
    at now: Moment
  ) async throws(HistoryError) -> Current {
    try await read { db in try CurrentReader(db, after: revision ?? -1, at: now).current() }
  }

  package func revision() async throws(HistoryError) -> Int {
    try await read { db in
      try Int.fetchOne(db.cachedStatement(sql: "SELECT revision FROM state")) ?? 0
    }
  }
}

/// Reads what was last known within a transaction.
private struct CurrentReader {
  private let db: Database
  private let revision: Int
  private let now: Moment
  private var contents = ContentReader()

  init(_ db: Database, after revision: Int, at now: Moment) {
    self.db = db
    self.revision = revision
    self.now = now
  }

  func current() throws -> Current {
    var reader = self
    var current = Current()
    current.numbers = try reader.numbers()
    current.gone = revision < 0 ? [] : try gone()
    current.accounts = try accounts()
    current.entities = try entities()
    current.templates = try templates()
    let state = try Row.fetchOne(
      db,
      sql: "SELECT revision, accountOrder, accountOrderRevision FROM state"
    )
    guard let state else { return current }
    current.revision = state[0]
    let order: String? = state[1]
    if let order, state[2] > revision {
      current.accountOrder = try? JSONDecoder().decode([String].self, from: Data(order.utf8))
    }
    return current
  }

  private mutating func numbers() throws -> [NumberReadings] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT kind, scope, key, provider, label,
          at, content, httpStatus, latency, said, isGood,
          goodAt, goodContent, goodStatus, goodLatency, goodSaid,
          latest.body, good.body, polls, worst
        FROM number JOIN subject ON subject.id = number.subject
        LEFT JOIN reading ON reading.subject = number.subject
        LEFT JOIN content AS latest ON latest.id = content
        LEFT JOIN content AS good ON good.id = goodContent
        WHERE isPresent AND (number.revision > ?1 OR reading.revision > ?1)
        ORDER BY scope, kind DESC, key
        """,
      arguments: [revision]
    )
    var numbers: [NumberReadings] = []
    while let row = try rows.next() { numbers.append(try readings(row)) }
    return numbers
  }

  private mutating func readings(_ row: Row) throws -> NumberReadings {
    let isWithoutTarget = row[0] == SubjectKey.numberWithoutTarget
    let number = PhoneNumber(
      account: row[1],
      provider: row[3],
      target: isWithoutTarget ? nil : row[2],
      label: row[4]
    )
    let latest = try reading(of: number, row, from: 5, body: 16)
    let isGood = row[10] == true
    let good = isGood ? latest : try reading(of: number, row, from: 11, body: 17)
    let packed: Int64? = row[18]
    return NumberReadings(
      number: number,
      latest: latest,
      lastGood: good,
      polls: packed.map { PollStates(packed: $0, worst: HealthState(code: row[19])) }
    )
  }

  private mutating func reading(
    of number: PhoneNumber,
    _ row: Row,
    from column: Int,
    body: Int
  ) throws -> Reading? {
    guard let at: Int = row[column], let content: Int64 = row[column + 1],
      let result = try row.withUnsafeData(atIndex: body, { contents.result(content, $0) })
    else { return nil }
    let latency: Int? = row[column + 3]
    return Reading(
      number: number,
      moment: Moment(remembered: Date(milliseconds: at), now: now),
      result: result.map { $0.said(at: Self.stated(row[column + 4])) },
      httpStatus: row[column + 2],
      latency: latency.map { .milliseconds($0) }
    )
  }

  private static func stated(_ value: DatabaseValue) -> StatedTime? {
    switch value.storage {
    case .int64(let milliseconds): .date(Date(milliseconds: Int(milliseconds)))
    case .string(let words): .words(words)
    case .null, .double, .blob: nil
    }
  }

  private func gone() throws -> [PhoneNumber.ID] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, scope, key FROM number JOIN subject ON subject.id = number.subject
        WHERE NOT isPresent AND revision > ? ORDER BY scope, key
        """,
      arguments: [revision]
    )
    return rows.map { row in
      let isWithoutTarget = row[0] == SubjectKey.numberWithoutTarget
      return PhoneNumber.ID(account: row[1], target: isWithoutTarget ? nil : row[2])
    }
  }

  private func accounts() throws -> [AccountCondition] {
    let bodies = try Data.fetchAll(
      db,
      sql: "SELECT condition FROM account WHERE revision > ? ORDER BY name",
      arguments: [revision]
    )
    return bodies.compactMap { try? Packed.condition(from: $0, at: now) }
  }

  private func entities() throws -> [DatedEntity] {
    try dated("entity JOIN subject ON subject.id = entity.subject", by: "scope, key")
      .compactMap { at, bytes in
        (try? Packed.entity(from: bytes)).map { DatedEntity($0, at: at) }
      }
  }

  private func templates() throws -> [DatedTemplates] {
    try dated("templateList", by: "waba").compactMap { at, bytes in
      (try? Packed.templates(from: bytes)).map { DatedTemplates($0, at: at) }
    }
  }

  private func dated(_ table: String, by order: String) throws -> [(Date, Data)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT at, body FROM \(table) JOIN content ON content.id = content
        WHERE revision > ? ORDER BY \(order)
        """,
      arguments: [revision]
    )
    .map { (Date(milliseconds: $0[0]), $0[1]) }
  }
}
