import GRDB
import Health
import History
import Monitor

/// Adds up times of one window: of days that are added up already from their sums, else from lines.
struct TimesReader {
  private let db: Database
  private let days: Range<Int>
  private let lines: [LineReader]

  init(_ db: Database, in window: Range<Int>) throws {
    self.db = db
    let rolledUntil = try Int.fetchOne(db, sql: "SELECT rolledUntil FROM state")
    let first = Day(of: window.lowerBound + Day.length - 1)
    let end = min(Day(of: window.upperBound), Day(number: rolledUntil ?? .min))
    guard rolledUntil != nil, first < end else {
      days = 0..<0
      lines = [try LineReader(db, in: window)]
      return
    }
    // The years before the first day that is known need no look.
    let oldest = try Int.fetchOne(db, sql: "SELECT min(day) FROM rollUp") ?? .max
    days = min(max(first.number, oldest), end.number)..<end.number
    lines = try [window.lowerBound..<first.start, end.start..<window.upperBound]
      .filter { !$0.isEmpty }
      .map { try LineReader(db, in: $0) }
  }

  func times(of ids: [PhoneNumber.ID]) throws -> [(id: PhoneNumber.ID, times: StateTimes)] {
    let sums = ids.count > Self.fewNumbers ? try sumsOfAll() : nil
    return try ids.map { id in
      var times = StateTimes()
      for line in lines { times += try line.line(of: id).times }
      if !days.isEmpty, let row = try db.existingRow(of: .number(id)) {
        times += try sums.map { $0[row] ?? StateTimes() } ?? self.sums(of: row)
      }
      return (id, times)
    }
  }

  /// Of more it is cheaper to add up all.
  private static let fewNumbers = 200

  private static let columns = """
    sum(blocked), sum(critical), sum(limited), sum(warning), sum(unknown), sum(stale),
    sum(available)
    """

  private func sumsOfAll() throws -> [Int64: StateTimes] {
    guard !days.isEmpty else { return [:] }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Self.columns), subject FROM rollUp WHERE day >= ? AND day < ? GROUP BY subject
        """,
      arguments: [days.lowerBound, days.upperBound]
    )
    var sums: [Int64: StateTimes] = [:]
    while let row = try rows.next() { sums[row[7]] = StateTimes(row) }
    return sums
  }

  private func sums(of row: Int64) throws -> StateTimes {
    var times = StateTimes()
    for day in days {
      let sums = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT blocked, critical, limited, warning, unknown, stale, available
            FROM rollUp WHERE day = ? AND subject = ?
            """
        ),
        arguments: [day, row]
      )
      if let sums { times += StateTimes(sums) }
    }
    return times
  }
}

extension StateTimes {
  /// Of seven columns in the order of the states' codes.
  fileprivate init(_ row: Row) {
    self.init()
    for code in 0..<HealthState.allCases.count {
      guard let state = HealthState(code: code) else { continue }
      add(milliseconds: row[code], in: state)
    }
  }
}
