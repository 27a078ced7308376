import GRDB
import History
import Monitor

extension BatchWriter {
  func write(_ incident: Incident, _ known: KnownRows) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO incident (id, reason, start, stop, worst, announced)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    )
    .execute(
      arguments: [
        incident.id, try db.row(ofWords: incident.reason), incident.start.milliseconds,
        incident.end?.milliseconds, incident.worst.code, incident.announced?.milliseconds,
      ]
    )
    let former = try victims(of: incident.id)
    let rows = try rowsOfTemplates(in: incident)
    for (place, victim) in incident.victims.enumerated() {
      let row = VictimRow(
        subject: try known.row(of: victim.subject) ?? rows[victim.subject]
          ?? db.row(of: victim.subject, names: nil),
        joined: victim.joined.milliseconds,
        left: victim.left?.milliseconds
      )
      // An outage has thousands, of which few change at a time.
      if place < former.count, former[place] == row { continue }
      try write(row, at: place, of: incident.id)
    }
    if former.count > incident.victims.count {
      try db.execute(
        sql: "DELETE FROM victim WHERE incident = ? AND place >= ?",
        arguments: [incident.id, incident.victims.count]
      )
    }
  }

  /// As it stands in the file.
  private struct VictimRow: Hashable {
    let subject: Int64
    let joined: Int
    let left: Int?
  }

  /// By their places, which have no gaps.
  private func victims(of incident: Incident.ID) throws -> [VictimRow] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: "SELECT subject, joined, leftAt FROM victim WHERE incident = ? ORDER BY place"
      ),
      arguments: [incident]
    )
    var victims: [VictimRow] = []
    while let row = try rows.next() {
      victims.append(VictimRow(subject: row[0], joined: row[1], left: row[2]))
    }
    return victims
  }

  /// The rows of templates that were its victims before: to look up thousands one by one takes long.
  private func rowsOfTemplates(in incident: Incident) throws -> [Subject: Int64] {
    guard incident.victims.contains(where: { $0.subject.template != nil }) else { return [:] }
    let found = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT subject.id, scope, key FROM victim JOIN subject ON subject.id = victim.subject
          WHERE incident = ? AND kind = ?
          """
      ),
      arguments: [incident.id, SubjectKey.template]
    )
    var rows: [Subject: Int64] = [:]
    while let row = try found.next() { rows[.template(waba: row[1], id: row[2])] = row[0] }
    return rows
  }

  private func write(_ victim: VictimRow, at place: Int, of incident: Incident.ID) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO victim (incident, subject, joined, leftAt, place)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    .execute(arguments: [incident, victim.subject, victim.joined, victim.left, place])
  }
}

extension KnownRows {
  /// Nil where this process has not written the number itself.
  fileprivate func row(of subject: Subject) -> Int64? {
    guard case .number(let id) = subject else { return nil }
    return self[id]?.row
  }
}
