package import Foundation
import GRDB
import Health
package import History

extension SQLiteHistory {
  package func maintain(
    _ retention: Retention,
    at now: Date
  ) async throws(HistoryError) -> Bool {
    await shrinkLongLog()
    return try await write { db in
      let maintenance = try Maintenance(db, retention, today: Day(of: now.milliseconds))
      try maintenance.rollUp()
      try db.execute(
        sql: "DELETE FROM asked WHERE at < ?",
        arguments: [now.milliseconds - Day.length]
      )
      return try maintenance.prune()
    }
  }
}

/// Adds up days that are over, and takes away what is kept for too long, within a transaction.
private struct Maintenance {
  private let db: Database
  private let retention: Retention
  private let today: Day
  /// Nil while nothing was ever told.
  private let firstDay: Day?
  private let rolledUntil: Day?
  private let keptFrom: Day?

  init(_ db: Database, _ retention: Retention, today: Day) throws {
    self.db = db
    self.retention = retention
    self.today = today
    firstDay = try Int.fetchOne(
      db,
      sql:
        "SELECT min(at) FROM (SELECT min(at) AS at FROM transition UNION SELECT min(start) FROM coverage)"
    )
    .map(Day.init(of:))
    let state = try Row.fetchOne(db, sql: "SELECT rolledUntil, keptFrom FROM state")
    rolledUntil = (state?[0] as Int?).map(Day.init(number:))
    keptFrom = (state?[1] as Int?).map(Day.init(number:))
  }

  // MARK: Adding up

  /// A call adds up so many days at most, so that nobody waits long for it.
  private static let mostDays = 7

  func rollUp() throws {
    guard var day = rolledUntil ?? firstDay, day < today else { return }
    var count = 0
    while day < today, count < Self.mostDays {
      if try rollUp(day) { count += 1 }
      day = day.next
    }
    try db.execute(sql: "UPDATE state SET rolledUntil = ?", arguments: [day.number])
  }

  /// Returns whether there was anything to add up.
  private func rollUp(_ day: Day) throws -> Bool {
    let reader = try LineReader(db, in: day.start..<day.end)
    guard reader.isCovered else { return false }
    try reader.visitAll { row, line in
      guard !line.segments.isEmpty else { return }
      let times = line.times
      let sums = (0..<HealthState.allCases.count).map { code in
        HealthState(code: code).map { times[milliseconds: $0] } ?? 0
      }
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO rollUp VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      )
      .execute(arguments: StatementArguments([day.number, Int(row)] + sums))
    }
    return true
  }

  // MARK: Taking away

  /// Returns whether there is more to take away.
  func prune() throws -> Bool {
    let limit = Day(number: today.number - retention.days)
    guard let oldest = try oldestKept(from: keptFrom ?? firstDay, before: limit) else {
      try setKeptFrom(limit)
      return false
    }
    let border = oldest.next
    try prune(before: border.start)
    try pruneRollUps(before: border)
    try collect()
    try setKeptFrom(border)
    return try oldestKept(from: border, before: limit) != nil
  }

  /// The first day before a limit of which anything is there that has not been pruned.
  private func oldestKept(from: Day?, before limit: Day) throws -> Day? {
    guard let from, from < limit else { return nil }
    let first = try Int.fetchOne(
      db,
      sql: """
        SELECT min(at) FROM (
          SELECT min(at) AS at FROM transition WHERE at >= ?1
          UNION SELECT max(start, ?1) FROM coverage WHERE stop > ?1
        )
        """,
      arguments: [from.start]
    )
    return first.map(Day.init(of:)).flatMap { $0 < limit ? $0 : nil }
  }

  private func setKeptFrom(_ day: Day) throws {
    guard firstDay != nil else { return }
    try db.execute(
      sql: """
        UPDATE state SET keptFrom = max(coalesce(keptFrom, ?1), ?1),
          rolledUntil = max(coalesce(rolledUntil, ?1), ?1)
        """,
      arguments: [day.number]
    )
  }

  /// What each line's state was at the border is kept, whenever it began.
  private func prune(before border: Int) throws {
    try db.execute(
      sql: """
        DELETE FROM transition WHERE at < ?1 AND (
          kind >= 6 OR shadow IS NOT NULL OR EXISTS (
            SELECT 1 FROM transition AS later
            WHERE later.subject = transition.subject AND later.shadow IS NULL AND later.kind < 6
              AND later.at <= ?1
              AND (later.at, later.id) > (transition.at, transition.id)
          )
        )
        """,
      arguments: [border]
    )
    // A subject that went away before the border has no line any more.
    try db.execute(
      sql: "DELETE FROM transition WHERE at < ? AND kind = ?",
      arguments: [border, Transition.Kind.vanished.code]
    )
    try db.execute(sql: "DELETE FROM coverage WHERE stop <= ?", arguments: [border])
    try db.execute(sql: "UPDATE coverage SET start = ?1 WHERE start < ?1", arguments: [border])
    try db.execute(
      sql: "DELETE FROM victim WHERE incident IN (SELECT id FROM incident WHERE stop < ?)",
      arguments: [border]
    )
    // A notice that still waits is for a receiver that is not configured any more.
    for table in ["incident WHERE stop", "comment WHERE at", "notice WHERE at"] {
      try db.execute(sql: "DELETE FROM \(table) < ?", arguments: [border])
    }
    try db.execute(
      sql: "DELETE FROM told WHERE at < ? AND incident NOT IN (SELECT id FROM incident)",
      arguments: [border]
    )
    for table in ["acknowledgement", "mute"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE until < ?1 OR endedAt < ?1",
        arguments: [border]
      )
    }
    try db.execute(
      sql:
        "DELETE FROM number WHERE NOT isPresent AND subject NOT IN (SELECT subject FROM transition)"
    )
  }

  /// The oldest day, as with everything else; never one whose transitions are still there.
  private func pruneRollUps(before border: Day) throws {
    try db.execute(
      sql: "DELETE FROM rollUp WHERE day = (SELECT min(day) FROM rollUp) AND day < ?",
      arguments: [min(border.number, today.number - retention.rollUpDays)]
    )
  }

  /// Takes away contents and subjects that nothing refers to; nobody may rely on known rows after that.
  private func collect() throws {
    try db.execute(
      sql: """
        DELETE FROM content WHERE id NOT IN (
          SELECT reason FROM transition WHERE reason IS NOT NULL
          UNION SELECT others FROM transition WHERE others IS NOT NULL
          UNION SELECT details FROM transition WHERE details IS NOT NULL
          UNION SELECT content FROM reading WHERE content IS NOT NULL
          UNION SELECT goodContent FROM reading WHERE goodContent IS NOT NULL
          UNION SELECT content FROM entity UNION SELECT content FROM templateList
          UNION SELECT reason FROM incident
        );
        DELETE FROM subject WHERE id NOT IN (
          SELECT subject FROM transition UNION SELECT subject FROM number
          UNION SELECT subject FROM rollUp UNION SELECT subject FROM entity
          UNION SELECT subject FROM victim UNION SELECT subject FROM acknowledgement
          UNION SELECT subject FROM comment
        );
        UPDATE state SET collections = collections + 1;
        """
    )
  }
}
