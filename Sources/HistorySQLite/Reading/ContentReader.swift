import Foundation
import GRDB
import Health
import History

/// Reads answers within a transaction, each content once.
///
/// What another version wrote, or nobody can read, is as if it were not there.
struct ContentReader {
  private let pool = PackedPool()
  private var results: [Int64: Result<HealthReport, ProviderError>] = [:]

  mutating func result(
    _ row: Int64,
    _ body: Data?
  ) -> Result<HealthReport, ProviderError>? {
    if let known = results[row] { return known }
    let result = body.flatMap { try? Packed.result(from: $0, sharing: pool) }
    results[row] = result
    return result
  }
}

/// Reads values in words within a transaction, such as reasons, each once.
struct WordsReader<Value: Decodable> {
  private let db: Database
  private var values: [Int64: Value] = [:]

  init(_ db: Database) { self.db = db }

  mutating func value(_ row: Int64?) throws -> Value? {
    guard let row else { return nil }
    if let known = values[row] { return known }
    let body = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT body FROM content WHERE id = ?"),
      arguments: [row]
    )
    let value = body.flatMap { try? JSONDecoder().decode(Value.self, from: $0) }
    values[row] = value
    return value
  }
}
