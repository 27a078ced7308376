package import Foundation
import GRDB
package import Health
package import History
import Monitor

extension SQLiteHistory {
  package func past(at date: Date) async throws(HistoryError) -> Past {
    try await read { db in
      let covered = try db.coveredAccounts(at: date.milliseconds)
      // In the order of the subjects, which is nearly that of the numbers: sorting thousands takes long.
      let last = try db.transitions(
        where: "subject.kind BETWEEN \(SubjectKey.number) AND \(SubjectKey.template)",
        arguments: [date.milliseconds],
        from: """
          subject INDEXED BY sqlite_autoindex_subject_1
          CROSS JOIN transition ON transition.id = (\(Self.lastOfLine))
          """,
        order: "subject.kind, scope, key"
      )
      var numbers: [Past.Number] = []
      var others: [RecordedTransition] = []
      for transition in last {
        if case .number(let id) = transition.transition.subject {
          if transition.transition.kind != .vanished {
            numbers.append(Past.Number(id, transition.transition))
          }
        } else {
          others.append(transition)
        }
      }
      return Past(
        date: date,
        numbers: numbers.sorted { $0.id < $1.id },
        others: others.sorted { $0.id < $1.id },
        covered: covered
      )
    }
  }

  /// The last transition of a subject's line, at a moment at the latest.
  private static let lastOfLine = """
    SELECT id FROM transition WHERE transition.subject = subject.id
      AND shadow IS NULL AND kind < 6 AND at <= ?1 ORDER BY at DESC, id DESC LIMIT 1
    """

  package func counts(at date: Date) async throws(HistoryError) -> StateCounts {
    try await read { db in
      let covered = try db.coveredAccounts(at: date.milliseconds)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT subject.scope, transition.state, count(*)
          FROM subject JOIN transition ON transition.id = (\(Self.lastOfLine))
          WHERE subject.kind <= \(SubjectKey.numberWithoutTarget)
            AND transition.state IS NOT NULL
          GROUP BY subject.scope, transition.state
          """,
        arguments: [date.milliseconds]
      )
      var counts = StateCounts()
      for row in rows {
        guard let state = HealthState(code: row[1]) else { continue }
        counts.add(state, isCovered: covered.contains(row[0]), times: row[2])
      }
      return counts
    }
  }

  package func changeDate(after date: Date) async throws(HistoryError) -> Date? {
    try await changeDate("SELECT min(at) FROM transition WHERE at > ? AND kind < 6", date)
  }

  package func changeDate(before date: Date) async throws(HistoryError) -> Date? {
    try await changeDate("SELECT max(at) FROM transition WHERE at < ? AND kind < 6", date)
  }

  private func changeDate(_ sql: String, _ date: Date) async throws(HistoryError) -> Date? {
    try await read { db in
      try Int.fetchOne(db, sql: sql, arguments: [date.milliseconds])
        .map { Date(milliseconds: $0) }
    }
  }

  package func numbersChanged(
    after date: Date
  ) async throws(HistoryError) -> Set<PhoneNumber.ID> {
    try await read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT kind, scope, key FROM subject
          WHERE kind <= \(SubjectKey.numberWithoutTarget) AND id IN (
            SELECT subject FROM transition INDEXED BY transitionByTime
            WHERE at > ? AND kind = \(Transition.Kind.state.code)
          )
          """,
        arguments: [date.milliseconds]
      )
      let ids = rows.compactMap { row -> PhoneNumber.ID? in
        let key = SubjectKey(kind: row[0], scope: row[1], key: row[2])
        if case .number(let id) = key.subject { return id }
        return nil
      }
      return Set(ids)
    }
  }

  package func density(
    in window: Range<Date>,
    shares: Int
  ) async throws(HistoryError) -> [Density] {
    let range = window.milliseconds
    guard shares > 0, !range.isEmpty else { return [] }
    return try await read { db in
      // One after the other: grouping would sort what is in order.
      try (0..<shares).map { share in
        var density = Density()
        let row = try Row.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT count(*), min(state) FROM transition INDEXED BY transitionByTime
              WHERE at >= ? AND at < ? AND kind < 6 AND (kind <> 0 OR former IS NOT NULL)
              """
          ),
          arguments: [range.start(of: share, of: shares), range.start(of: share + 1, of: shares)]
        )
        if let row { density.add(HealthState(code: row[1]), times: row[0]) }
        return density
      }
    }
  }
}

extension Range<Int> {
  /// Where the first moment of an equal share of it is.
  fileprivate func start(of share: Int, of shares: Int) -> Int {
    lowerBound + (share * count + shares - 1) / shares
  }
}

extension Past.Number {
  fileprivate init(_ id: PhoneNumber.ID, _ transition: Transition) {
    self.init(
      id: id,
      names: transition.names,
      state: transition.state,
      since: transition.date,
      formerState: transition.formerState,
      reason: transition.reason,
      others: transition.others
    )
  }
}
