import Foundation
import GRDB
import Health
import History
import TestSupport
import Testing

@testable import HistorySQLite

/// Opens the history of a folder.
func openHistory(
  _ folder: TemporaryFolder,
  isSuspect: Bool = false
) async throws -> (history: SQLiteHistory, setAside: String?) {
  let opened = try await SQLiteHistory.open(
    directory: folder.path,
    isSuspect: isSuspect,
    at: .start
  )
  return (try #require(opened.store as? SQLiteHistory), opened.setAside)
}

extension SQLiteHistory {
  /// Writes so many transitions of a hundred numbers.
  func fill(_ count: Int = 2000) async throws {
    for start in stride(from: 0, to: count, by: 500) {
      let transitions = (start..<start + 500).map { number in
        Transition.state(
          of: PhoneNumber.ID(account: "acme", target: "\(number % 100)"),
          number.isMultiple(of: 2) ? .blocked : .available,
          at: .after(Double(number))
        )
      }
      try await write(.of(transitions))
    }
  }

  /// What SQLite finds wrong with the file.
  var integrity: [String] {
    get async throws {
      try await pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    }
  }

  var transitionCount: Int {
    get async throws { try await transitions(TransitionQuery(limit: .max)).count }
  }
}
