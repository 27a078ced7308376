import Dispatch
package import Foundation
import GRDB
package import History

extension SQLiteHistory {
  /// Opens the history of a directory, and makes it where there is none.
  ///
  /// A damaged file is put aside and a new one begun. `isSuspect` says that it turned out to be damaged
  /// while it was open: then all of it is looked at, which takes a while.
  ///
  /// It waits for locks and for the disk on a thread of its own: Swift has only as many as there are cores,
  /// and polling needs them. `patience` is how many seconds it waits for another process that has it.
  package static func open(
    directory: String,
    isSuspect: Bool = false,
    patience: TimeInterval = 5,
    at date: Date
  ) async throws(HistoryError) -> OpenedHistory {
    let result = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(
          returning: Result { () throws(HistoryError) in
            try openFile(
              HistoryFile(directory: directory),
              isSuspect: isSuspect,
              patience: patience,
              at: date
            )
          }
        )
      }
    }
    let opened = try result.get()
    return OpenedHistory(opened.history, setAside: opened.setAside)
  }

  /// A history that ends with the process, for runs that leave nothing behind.
  ///
  /// A read-only one is empty, for as long as another can't be opened.
  package static func inMemory(isReadOnly: Bool = false) throws(HistoryError) -> SQLiteHistory {
    do {
      let queue = try DatabaseQueue(configuration: configuration(waiting: 0))
      try Schema.migrator.migrate(queue)
      return SQLiteHistory(pool: queue, file: nil, isReadOnly: isReadOnly)
    } catch {
      throw HistoryError(error, path: "memory")
    }
  }

  static func openFile(
    _ file: HistoryFile,
    isSuspect: Bool = false,
    patience: TimeInterval = 5,
    at date: Date
  ) throws(HistoryError) -> (history: SQLiteHistory, setAside: String?) {
    try file.prepareDirectory()
    guard let lock = FileLock(path: file.lockPath, patience: patience) else {
      throw .locked(path: file.path)
    }
    defer { lock.release() }
    try file.prepareFile()
    do {
      return (try open(file, isSuspect, patience), nil)
    } catch .damaged {
      let path = try file.setAside(at: date)
      try file.prepareFile()
      return (try open(file, false, patience), path)
    }
  }

  private static func open(
    _ file: HistoryFile,
    _ isSuspect: Bool,
    _ patience: TimeInterval
  ) throws(HistoryError) -> SQLiteHistory {
    do {
      let pool = try DatabasePool(
        path: file.path,
        configuration: configuration(waiting: patience, in: file.directory)
      )
      let migrator = Schema.migrator
      if try pool.read(migrator.hasBeenSuperseded) { throw HistoryError.newer(path: file.path) }
      try migrator.migrate(pool)
      // Some SQLite versions find fault with tables as older versions of wabatop made them.
      if isSuspect { try check(pool, file) }
      return SQLiteHistory(pool: pool, file: file)
    } catch {
      throw HistoryError(error, path: file.path)
    }
  }

  private static func check(_ pool: DatabasePool, _ file: HistoryFile) throws {
    let answer = try pool.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    guard answer == "ok" else { throw HistoryError.damaged(path: file.path) }
  }

  private static func configuration(
    waiting patience: TimeInterval,
    in directory: String? = nil
  ) -> Configuration {
    let pages = directory.map(pagesOfLog(in:))
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 3
    // Nothing refers to what is collected while anybody else refers to it; see `Maintenance`.
    configuration.foreignKeysEnabled = false
    configuration.label = "history"
    configuration.prepareDatabase { db in
      // A crash of the machine may lose the last transactions, never the file.
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      // What made the log long for a while does not keep the room.
      try db.execute(sql: "PRAGMA journal_size_limit = \(longestLog)")
      if let pages { try db.execute(sql: "PRAGMA wal_autocheckpoint = \(pages)") }
      // In kibibytes, of each connection: the system keeps the file's pages in memory as well.
      try db.execute(sql: "PRAGMA cache_size = -512")
    }
    return configuration
  }
}
