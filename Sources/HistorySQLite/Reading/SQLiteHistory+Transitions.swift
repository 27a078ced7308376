import Foundation
import GRDB
import Health
package import History
import Monitor

extension SQLiteHistory {
  package func transitions(
    _ query: TransitionQuery
  ) async throws(HistoryError) -> [RecordedTransition] {
    try await read { db in
      guard let conditions = try query.conditions(db) else { return [] }
      return try db.transitions(
        where: conditions.sql,
        arguments: conditions.arguments,
        from: "\(query.source) JOIN subject ON subject.id = transition.subject",
        includesDifferences: query.includesDifferences,
        limit: query.limit
      )
    }
  }
}

extension TransitionQuery {
  /// A window this long holds so little that it is cheaper to sort it.
  private static let shortWindow = 2.0 * 86_400
  /// So many subjects have so many that it is cheaper to look through all.
  private static let fewSubjects = 500

  /// The newest are found by going back from the end, unless there are few to sort.
  fileprivate var source: String {
    if let subjects, subjects.count <= Self.fewSubjects {
      return "transition INDEXED BY transitionBySubject"
    }
    let length = window.map { $0.upperBound.timeIntervalSince($0.lowerBound) }
    return length.map { $0 <= Self.shortWindow } ?? false
      ? "transition INDEXED BY transitionByTime" : "transition NOT INDEXED"
  }

  /// Nil where nothing can pass.
  fileprivate func conditions(
    _ db: Database
  ) throws -> (sql: String, arguments: StatementArguments)? {
    var tests = ["true"]
    var arguments = StatementArguments()
    func add(_ test: String, _ values: any DatabaseValueConvertible...) {
      tests.append(test)
      arguments += StatementArguments(values)
    }
    if let window {
      add("at >= ? AND at < ?", window.lowerBound.milliseconds, window.upperBound.milliseconds)
    }
    if let before { add("transition.id < ?", before) }
    if let after { add("transition.id > ?", after) }
    if let kinds {
      let codes = kinds.map { String($0.code) }.sorted().joined(separator: ", ")
      add("transition.kind IN (\(codes))")
    }
    if let subjects {
      let rows = try subjects.compactMap { try db.existingRow(of: $0) }
      guard !rows.isEmpty else { return nil }
      add("transition.subject IN (\(rows.map(String.init).joined(separator: ", ")))")
    }
    if let accounts {
      let marks = Array(repeating: "?", count: accounts.count).joined(separator: ", ")
      let kinds = [SubjectKey.number, SubjectKey.numberWithoutTarget, SubjectKey.account]
      tests.append(
        "subject.kind IN (\(kinds.map(String.init).joined(separator: ", "))) "
          + "AND subject.scope IN (\(marks))"
      )
      arguments += StatementArguments(accounts.sorted())
    }
    return (tests.joined(separator: " AND "), arguments)
  }
}

extension Database {
  /// The transitions that pass a test, the newest first unless another order is wanted.
  func transitions(
    where test: String,
    arguments: StatementArguments,
    from tables: String,
    order: String = "transition.id DESC",
    includesDifferences: Bool = false,
    limit: Int = -1
  ) throws -> [RecordedTransition] {
    let rows = try Row.fetchCursor(
      self,
      sql: """
        SELECT transition.id, at, transition.kind, former, state, details, reason,
          subject.kind, scope, key, text, detail, others
        FROM \(tables) WHERE \(test) ORDER BY \(order) LIMIT \(limit)
        """,
      arguments: arguments
    )
    var details = WordsReader<Transition.Event>(self)
    var reasons = WordsReader<Change.Reason>(self)
    var others = WordsReader<[Change.Reason]>(self)
    var differences = WordsReader<AnswerDifference>(self)
    var found: [RecordedTransition] = []
    while let row = try rows.next() {
      guard let event = try event(row, &details) else { continue }
      let hasDifference = includesDifferences && event.isState
      let transition = Transition(
        date: Date(milliseconds: row[1]),
        subject: SubjectKey(kind: row[7], scope: row[8], key: row[9]).subject,
        names: Names(row[10], detail: row[11]),
        event: event,
        reason: try reasons.value(row[6]),
        others: try others.value(row[12]) ?? [],
        difference: hasDifference ? try differences.value(row[5]) : nil
      )
      found.append(RecordedTransition(id: row[0], transition: transition))
    }
    return found
  }

  /// Nil of a kind that a later version writes.
  private func event(
    _ row: Row,
    _ details: inout WordsReader<Transition.Event>
  ) throws -> Transition.Event? {
    switch Transition.Kind(code: row[2]) {
    case .state:
      HealthState(code: row[4]).map { .state(from: HealthState(code: row[3]), to: $0) }
    case .appeared: .appeared
    case .vanished: .vanished
    case .answering: .answering
    case .flapping: try details.value(row[5]) ?? .flapping()
    case .steady: .steady
    case .started: .started
    case .stopped: .stopped
    case .word, .failing, .reloaded, .tookOver, .acknowledged, .unacknowledged, .muted, .unmuted,
      .commented:
      try details.value(row[5])
    case nil: nil
    }
  }
}

extension Transition.Event {
  fileprivate var isState: Bool { if case .state = self { true } else { false } }
}
