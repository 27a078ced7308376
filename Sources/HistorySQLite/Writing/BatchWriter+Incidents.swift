import GRDB
import History

extension BatchWriter {
  func write(_ incident: Incident) throws {
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
    try db.execute(sql: "DELETE FROM victim WHERE incident = ?", arguments: [incident.id])
    for (place, victim) in incident.victims.enumerated() {
      try db.cachedStatement(
        sql: """
          INSERT INTO victim (incident, subject, joined, leftAt, place) VALUES (?, ?, ?, ?, ?)
          """
      )
      .execute(
        arguments: [
          incident.id, try db.row(of: victim.subject, names: nil), victim.joined.milliseconds,
          victim.left?.milliseconds, place,
        ]
      )
    }
  }
}
