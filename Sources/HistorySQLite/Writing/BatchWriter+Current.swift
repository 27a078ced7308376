import Foundation
import GRDB
import Health
import History
import Monitor

extension BatchWriter {
  func write(_ readings: NumberReadings, _ known: inout KnownRows) throws {
    let id = readings.number.id
    let names = readings.names
    var hasher = Hasher()
    hasher.combine(readings.number)
    hasher.combine(names)
    let fingerprint = hasher.finalize()
    var number: KnownRows.Number
    if let same = known[id], same.fingerprint == fingerprint {
      number = same
    } else {
      let row = try db.row(of: .number(id), names: names)
      try write(readings.number, row)
      number = KnownRows.Number(row: row, fingerprint: fingerprint)
    }
    number.latest = try readings.latest.map {
      try content(of: $0, like: number.latest, number.good)
    }
    number.good = try readings.lastGood.map {
      try content(of: $0, like: number.good, number.latest)
    }
    known[id] = number
    try write(readings, number)
  }

  private func content(
    of reading: Reading,
    like candidates: KnownRows.Content?...
  ) throws -> KnownRows.Content {
    if let same = candidates.compactMap(\.self).first(where: { $0.isSame(as: reading) }) {
      return KnownRows.Content(reading: reading, row: same.row)
    }
    let row = try db.row(ofContent: Packed.bytes(of: reading.result))
    return KnownRows.Content(reading: reading, row: row)
  }

  private func write(_ number: PhoneNumber, _ row: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO number (subject, provider, label, isPresent, revision) VALUES (?, ?, ?, 1, ?)
        ON CONFLICT (subject) DO UPDATE SET
          provider = excluded.provider, label = excluded.label, isPresent = 1,
          revision = excluded.revision
        WHERE isPresent = 0 OR provider <> excluded.provider OR label IS NOT excluded.label
        """
    )
    .execute(arguments: [row, number.provider, number.label, revision])
  }

  private func write(_ readings: NumberReadings, _ number: KnownRows.Number) throws {
    let latest = readings.latest
    let isGood = latest != nil && latest == readings.lastGood
    let good = isGood ? nil : readings.lastGood
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO reading
          (subject, revision, at, content, httpStatus, latency, said, isGood,
          goodAt, goodContent, goodStatus, goodLatency, goodSaid, polls, worst)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    .execute(
      arguments: [
        number.row, revision,
        latest?.moment.date.milliseconds, number.latest?.row, latest?.httpStatus,
        latest?.latency?.milliseconds, latest?.said, isGood,
        good?.moment.date.milliseconds, good == nil ? nil : number.good?.row, good?.httpStatus,
        good?.latency?.milliseconds, good?.said,
        readings.polls?.packed, readings.polls?.worst?.code,
      ]
    )
  }

  func remove(_ number: Subject) throws {
    guard let row = try db.existingRow(of: number) else { return }
    try db.execute(sql: "DELETE FROM reading WHERE subject = ?", arguments: [row])
    try db.execute(
      sql: "UPDATE number SET isPresent = 0, revision = ? WHERE subject = ? AND isPresent = 1",
      arguments: [revision, row]
    )
  }

  /// Accounts that are not in the order go, but for those that another process polls at the same time.
  func write(accounts: [AccountCondition], order: [String]?, under leases: [Lease]) throws {
    for condition in accounts {
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO account (name, condition, revision) VALUES (?, ?, ?)"
      )
      .execute(
        arguments: [condition.account.name, Data(Packed.bytes(of: condition)), revision]
      )
    }
    guard let order else { return }
    let names = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    let own = leases.max { $0.renewed < $1.renewed }
    try db.execute(
      sql: """
        DELETE FROM account WHERE name NOT IN (SELECT value FROM json_each(?1))
          AND name NOT IN (SELECT account FROM lease WHERE holder <> ?2 AND until > ?3)
        """,
      arguments: [names, own?.holder, own?.renewed.milliseconds]
    )
    try db.execute(
      sql: "UPDATE state SET accountOrder = ?, accountOrderRevision = ?",
      arguments: [names, revision]
    )
  }

  func write(_ entity: DatedEntity) throws {
    let reference = entity.facts.reference
    let names = entity.facts.name.map { Names($0) }
    let row = try db.row(of: .entity(reference), names: names)
    let content = try db.row(ofContent: Packed.bytes(of: entity.facts))
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO entity (subject, at, content, revision) VALUES (?, ?, ?, ?)"
    )
    .execute(arguments: [row, entity.date.milliseconds, content, revision])
  }

  func write(_ templates: DatedTemplates) throws {
    let content = try db.row(ofContent: Packed.bytes(of: templates.list))
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO templateList (waba, at, content, revision) VALUES (?, ?, ?, ?)"
    )
    .execute(arguments: [templates.list.waba, templates.date.milliseconds, content, revision])
  }
}

extension Reading {
  fileprivate var said: (any DatabaseValueConvertible)? {
    switch report?.providerTime {
    case .date(let date): date.milliseconds
    case .words(let words): words
    case nil: nil
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    Int(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
