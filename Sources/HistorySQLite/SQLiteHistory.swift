import Foundation
import GRDB
package import History
import Synchronization

/// The history in an SQLite file.
///
/// One connection writes, a few read beside it; all work happens on their threads. Several processes may
/// have the file open.
package final class SQLiteHistory: Sendable {
  let pool: any DatabaseWriter
  /// Nil in memory.
  let file: HistoryFile?
  private let identity: UInt?
  /// Whether nothing is ever written, and it stays empty.
  private let isReadOnly: Bool
  /// What this process wrote last, which saves looking it up.
  let known = Mutex(KnownRows())
  /// Whether the log has to be made short, since something could not grow.
  let shrinking = Mutex(LogShrinking())

  init(pool: any DatabaseWriter, file: HistoryFile?, isReadOnly: Bool = false) {
    self.pool = pool
    self.file = file
    self.isReadOnly = isReadOnly
    identity = file?.identity
  }

  /// Closes the file; nothing can be read or written any more.
  package func close() { try? pool.close() }

  package func mark() -> StoreMark? { file?.mark() }

  private var path: String { file?.path ?? "memory" }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(HistoryError) -> Value {
    do {
      return try await pool.read(body)
    } catch {
      throw HistoryError(error, path: path)
    }
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(HistoryError) -> Value {
    guard !isReadOnly else { throw .notWritable(path: path, reason: "read-only") }
    // Another process found it damaged and began a new one: what is written here would be lost.
    guard identity == file?.identity else { throw .damaged(path: path) }
    if shrinking.withLock(\.isWanted) { await shrinkLog() }
    do {
      return try await tryToWrite(body)
    } catch {
      guard error.isOfRoom, await shrinkLog() else { throw HistoryError(error, path: path) }
    }
    // The log was all that was in the way.
    do {
      return try await tryToWrite(body)
    } catch {
      throw HistoryError(error, path: path)
    }
  }

  private func tryToWrite<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    do {
      return try await pool.write(body)
    } catch {
      known.withLock { $0 = KnownRows() }
      throw error
    }
  }
}

extension HistoryError {
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      self = (error as? HistoryError) ?? .failed("\(error)")
      return
    }
    self =
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR:
        .notWritable(path: path, reason: error.message ?? "\(error.resultCode)")
      default: .failed(error.message ?? "\(error.resultCode)")
      }
  }
}

extension SQLiteHistory: HistoryRecords, HistoryQueries, OperatorRecords, PollingRecords,
  AlertRecords
{}
