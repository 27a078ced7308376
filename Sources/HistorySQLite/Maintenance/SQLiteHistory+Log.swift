import GRDB
import Glibc
import Synchronization

/// Whether the log has to be made short, and when that is worth a try.
struct LogShrinking {
  fileprivate static let patience = Duration.seconds(10)

  /// Something could not grow, and since then the log was not made short.
  fileprivate(set) var isWanted = false
  /// After a try in vain: on a disk that stays full each of them writes for nothing.
  var nextTry: ContinuousClock.Instant?

  fileprivate mutating func begin(at now: ContinuousClock.Instant) -> Bool {
    isWanted = true
    guard nextTry.map({ $0 <= now }) ?? true else { return false }
    nextTry = now + Self.patience
    return true
  }
}

// The write-ahead log beside the file.
extension SQLiteHistory {
  /// In bytes; SQLite copies a log of this length into the file, and begins it anew.
  static let longestLog = 4 << 20
  private static let pageSize = 4096

  /// How many pages the log has before it is copied: on a small disk fewer, or it would take all the room
  /// that the file needs for the copy.
  static func pagesOfLog(in directory: String) -> Int {
    let room = FileSystem.room(in: directory) ?? .max
    return min(longestLog, max(room / 16, 50 * pageSize)) / pageSize
  }

  /// Copies the log into the file and makes it empty; returns whether that gave room back.
  ///
  /// SQLite copies it only after something was written, and while nothing can be written it would never be.
  @discardableResult
  func shrinkLog() async -> Bool {
    guard let file, shrinking.withLock({ $0.begin(at: .now) }) else { return false }
    let former = file.logSize
    // Where somebody reads or writes for too long, or the file itself can't grow, it stays as it is.
    try? await pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let size = file.logSize
    if size == 0 { shrinking.withLock { $0 = LogShrinking() } }
    return size < former
  }

  /// Makes a log short that readers kept from being begun anew for long.
  func shrinkLongLog() async {
    if let file, file.logSize > 2 * Self.longestLog { await shrinkLog() }
  }
}

extension HistoryFile {
  /// In bytes; 0 while there is none.
  var logSize: Int {
    var facts = stat()
    return stat(path + "-wal", &facts) == 0 ? Int(facts.st_size) : 0
  }
}

extension Error {
  /// Whether something could not grow.
  var isOfRoom: Bool {
    guard let error = self as? DatabaseError else { return false }
    return [.SQLITE_FULL, .SQLITE_IOERR].contains(error.resultCode)
  }
}
