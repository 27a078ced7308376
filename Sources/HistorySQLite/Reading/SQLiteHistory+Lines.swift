package import Foundation
import GRDB
package import Health
package import History
import Monitor

extension SQLiteHistory {
  package func lines(
    of numbers: [PhoneNumber.ID],
    in window: Range<Date>
  ) async throws(HistoryError) -> [PhoneNumber.ID: StateLine] {
    try await read { db in
      let reader = try LineReader(db, in: window.milliseconds)
      var lines: [PhoneNumber.ID: StateLine] = [:]
      for id in numbers { lines[id] = try reader.line(of: id) }
      return lines
    }
  }

  package func times(
    of numbers: [PhoneNumber.ID]?,
    in window: Range<Date>
  ) async throws(HistoryError) -> [PhoneNumber.ID: StateTimes] {
    try await read { db in
      let reader = try TimesReader(db, in: window.milliseconds)
      var times: [PhoneNumber.ID: StateTimes] = [:]
      for (id, sum) in try reader.times(of: numbers ?? db.allNumbers())
      where numbers != nil || sum.covered > .zero {
        times[id] = sum
      }
      return times
    }
  }

  package func coverage(
    in window: Range<Date>
  ) async throws(HistoryError) -> [String: [Range<Date>]] {
    try await read { db in
      try db.coverage(in: window.milliseconds).mapValues { ranges in
        ranges.map { Date(milliseconds: $0.lowerBound)..<Date(milliseconds: $0.upperBound) }
      }
    }
  }
}

/// Reads lines of one window within a transaction.
struct LineReader {
  private let db: Database
  private let window: Range<Int>
  private let coverage: [String: [Range<Int>]]

  init(_ db: Database, in window: Range<Int>) throws {
    self.db = db
    self.window = window
    coverage = try db.coverage(in: window)
  }

  /// Anybody looked at any number.
  var isCovered: Bool { !coverage.isEmpty }

  func line(of id: PhoneNumber.ID) throws -> StateLine {
    guard let covered = coverage[id.account], let row = try db.existingRow(of: .number(id)) else {
      return StateLine([], covered: [], in: window)
    }
    return try line(ofRow: row, covered)
  }

  /// Lines of all numbers that somebody looked at.
  func visitAll(_ body: (Int64, StateLine) throws -> Void) throws {
    for (account, covered) in coverage {
      let rows = try Int64.fetchAll(
        db,
        sql: """
          SELECT id FROM subject
          WHERE kind <= \(SubjectKey.numberWithoutTarget) AND scope = ?
          """,
        arguments: [account]
      )
      for row in rows { try body(row, line(ofRow: row, covered)) }
    }
  }

  private func line(ofRow row: Int64, _ covered: [Range<Int>]) throws -> StateLine {
    var points = try points(
      """
      SELECT at, state FROM transition
      WHERE subject = ? AND shadow IS NULL AND kind < 6 AND at <= ?
      ORDER BY at DESC, id DESC LIMIT 1
      """,
      [row, window.lowerBound]
    )
    points += try self.points(
      """
      SELECT at, state FROM transition
      WHERE subject = ? AND shadow IS NULL AND kind < 6 AND at > ? AND at < ?
      ORDER BY at, id
      """,
      [row, window.lowerBound, window.upperBound]
    )
    return StateLine(points, covered: covered, in: window)
  }

  private func points(_ sql: String, _ arguments: StatementArguments) throws -> [StateLine.Point] {
    var points: [StateLine.Point] = []
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
    while let row = try rows.next() {
      points.append(StateLine.Point(at: row[0], state: HealthState(code: row[1])))
    }
    return points
  }
}

extension Database {
  fileprivate func allNumbers() throws -> [PhoneNumber.ID] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT kind, scope, key FROM subject WHERE kind <= \(SubjectKey.numberWithoutTarget)
        """
    )
    .compactMap { row in
      let key = SubjectKey(kind: row[0], scope: row[1], key: row[2])
      if case .number(let id) = key.subject { return id }
      return nil
    }
  }

  /// By account, in order, without overlap, cut to a window.
  func coverage(in window: Range<Int>) throws -> [String: [Range<Int>]] {
    let rows = try Row.fetchAll(
      self,
      sql:
        "SELECT account, max(start, ?1), min(stop, ?2) FROM coverage WHERE start < ?2 AND stop > ?1",
      arguments: [window.lowerBound, window.upperBound]
    )
    let ranges = rows.map { row in (account: row[0] as String, range: (row[1] as Int)..<row[2]) }
    return Dictionary(grouping: ranges, by: \.account).mapValues { $0.map(\.range).merged }
  }

  func coveredAccounts(at moment: Int) throws -> Set<String> {
    try String.fetchSet(
      self,
      sql: "SELECT account FROM coverage WHERE start <= ?1 AND stop > ?1",
      arguments: [moment]
    )
  }
}
