import GRDB

/// The history that processes share, as it lies on the disk.
struct HistoryFile {
  private let queue: DatabaseQueue

  init(in directory: String) throws {
    queue = try DatabaseQueue(path: "\(directory)/wabatop/history.sqlite")
  }

  /// The process that polls.
  var poller: Int32? {
    get throws {
      let holder = try queue.read { db in
        try String.fetchOne(db, sql: "SELECT holder FROM lease WHERE holder IS NOT NULL")
      }
      return holder?.split(separator: " ").first.flatMap { Int32($0) }
    }
  }

  /// How many changes of numbers' states are remembered.
  var changeCount: Int? {
    get throws {
      try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM transition WHERE kind = 0") }
    }
  }

  var isSound: Bool {
    get throws {
      try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok"
    }
  }

  func change(_ sql: String) throws { try queue.write { try $0.execute(sql: sql) } }
}
