import Foundation
import History
import HistorySQLite
import TestSupport
import Testing

/// The engines that have to pass the contract.
enum Engine: CaseIterable, CustomTestStringConvertible {
  case inMemory
  case sqlite
  /// The same engine, without a file.
  case sqliteInMemory

  var testDescription: String { "\(self)" }

  /// Calls a test with an empty store.
  func withStore(_ body: (any HistoryStore) async throws -> Void) async throws {
    switch self {
    case .inMemory: try await body(InMemoryHistory())
    case .sqliteInMemory: try await body(try SQLiteHistory.inMemory())
    case .sqlite:
      let folder = try TemporaryFolder()
      let opened = try await SQLiteHistory.open(directory: folder.path, at: .start)
      try await body(opened.store)
      withExtendedLifetime(folder) {}
    }
  }
}
