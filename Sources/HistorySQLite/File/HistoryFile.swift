import Foundation
import Glibc
import History

/// The file and those beside it: where they are, who may read them, and what becomes of damaged ones.
struct HistoryFile: Sendable {
  let directory: String

  var path: String { directory + "/history.sqlite" }
  var lockPath: String { directory + "/history.lock" }

  /// Makes the directory, for us alone, and looks whether a database can live there.
  func prepareDirectory() throws(HistoryError) {
    do {
      try FileManager.default.createDirectory(
        atPath: directory,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    } catch {
      throw .notWritable(path: directory, reason: Self.reason())
    }
    if let type = FileSystem.networkType(of: directory) {
      throw .networkFileSystem(path: directory, type: type)
    }
    guard access(directory, W_OK | X_OK) == 0 else {
      throw .notWritable(path: directory, reason: Self.reason())
    }
  }

  /// Makes the file, which nobody else may read, before SQLite would with other rights; those beside it
  /// get the same.
  func prepareFile() throws(HistoryError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .notWritable(path: path, reason: Self.reason()) }
    fchmod(descriptor, 0o600)
    close(descriptor)
  }

  /// Puts the file and those beside it out of the way.
  ///
  /// Returns where it is now.
  func setAside(at date: Date) throws(HistoryError) -> String {
    let day = date.formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: false)
        .timeSeparator(.omitted)
    )
    var target = "\(directory)/history-damaged-\(day).sqlite"
    var count = 1
    while access(target, F_OK) == 0 {
      count += 1
      target = "\(directory)/history-damaged-\(day)-\(count).sqlite"
    }
    guard rename(path, target) == 0 else { throw .notWritable(path: path, reason: Self.reason()) }
    for suffix in ["-wal", "-shm"] { rename(path + suffix, target + suffix) }
    return target
  }

  /// What the file and its log look like from outside; nil where that can't be told.
  ///
  /// The clock of the file system counts in steps of some milliseconds. So what was written just now
  /// has no mark yet: more may be written within the same step.
  func mark(at now: Date = Date()) -> StoreMark? {
    var signs: [Int64] = []
    for path in [path, path + "-wal"] {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return nil }
      let changed = Double(facts.st_mtim.tv_sec) + Double(facts.st_mtim.tv_nsec) / 1e9
      guard abs(now.timeIntervalSince1970 - changed) > Self.clockStep else { return nil }
      signs += [
        Int64(bitPattern: UInt64(facts.st_ino)), Int64(facts.st_size),
        Int64(facts.st_mtim.tv_sec), Int64(facts.st_mtim.tv_nsec),
      ]
    }
    return StoreMark(signs)
  }

  private static let clockStep = 0.05

  /// Which file there is now by that name; another process may have put it aside.
  var identity: UInt? {
    var facts = stat()
    return stat(path, &facts) == 0 ? UInt(facts.st_ino) : nil
  }

  private static func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
