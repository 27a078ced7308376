import Foundation
import GRDB
import Health
import History
import Synchronization
import TestSupport
import Testing

@testable import HistorySQLite

/// What befalls a file.
@Suite struct HistoryFileTests {
  private final class Count: Sendable {
    let value = Atomic(0)
  }

  @Test func `nobody else may read it`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a/b"
    let opened = try await SQLiteHistory.open(directory: path, at: .start)
    try await opened.store.write(.of([.event(.started, at: .start)]))
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(path) == 0o700)
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      #expect(try mode(path + "/" + name) == 0o600, "\(name)")
    }
  }

  @Test func `opening that waits for others holds up no thread that polling needs`() async throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(directory: folder.path)
    try file.prepareDirectory()
    let lock = try #require(FileLock(path: file.lockPath))
    let opened = Count()
    let openings = (0..<ProcessInfo.processInfo.activeProcessorCount * 2).map { _ in
      Task.detached {
        defer { opened.value.add(1, ordering: .relaxed) }
        return try await SQLiteHistory.open(directory: folder.path, patience: 120, at: .start)
      }
    }
    // Each opening would keep a shared thread until it gives up, and this would come after that.
    for _ in 0..<8 { await Task.detached {}.value }
    #expect(opened.value.load(ordering: .relaxed) == 0)
    lock.release()
    for opening in openings { _ = try await opening.value }
  }

  /// A look that finds nothing new needs no query, and none may miss what another process wrote.
  @Test func `what anybody writes is news once`() async throws {
    let folder = try TemporaryFolder()
    let (mine, others) = (
      try await openHistory(folder).history, try await openHistory(folder).history
    )
    var watch = StoreWatch()
    for round in 1...3 {
      try await others.write(.of([.event(.started, at: .after(Double(round)))]))
      let isNews = watch.hasNews(in: mine)
      #expect(isNews)
      // What was written just now stays news until the clock of the file system has gone on.
      try await waitForCalm(&watch, of: mine)
      let isNewsAgain = watch.hasNews(in: mine)
      #expect(!isNewsAgain)
    }
    watch.forget()
    let isNews = watch.hasNews(in: mine)
    #expect(isNews)
  }

  private func waitForCalm(_ watch: inout StoreWatch, of history: SQLiteHistory) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while watch.hasNews(in: history) {
      try #require(ContinuousClock.now < deadline)
      await Task.yield()
    }
  }

  @Test func `a process that is killed while it writes leaves all that it said`() async throws {
    let folder = try TemporaryFolder()
    var safe = 0
    for round in 1...8 {
      let writer = try WriterProcess(directory: folder.path)
      for _ in 0..<(round * 7) { _ = writer.line() }
      safe += writer.kill()
      let (history, setAside) = try await openHistory(folder)
      #expect(setAside == nil)
      #expect(try await history.integrity == ["ok"])
      // The last one may have been written without having been said.
      #expect(try await (safe...safe + round).contains(history.transitionCount))
      history.close()
    }
    #expect(safe > 0)
  }

  @Test(arguments: [true, false])
  func `processes that open it at the same time all succeed`(_ isNew: Bool) async throws {
    let folder = try TemporaryFolder()
    if !isNew { try await openHistory(folder).history.close() }
    let writers = try (0..<6).map { _ in try WriterProcess(directory: folder.path) }
    for writer in writers { #expect(writer.line() == "open") }
    for writer in writers { #expect(writer.line() == "1") }
    for writer in writers { #expect(writer.kill() >= 0) }
    #expect(try await openHistory(folder).history.integrity == ["ok"])
  }

  @Test func `two in one process may open it at once`() async throws {
    let folder = try TemporaryFolder()
    let histories = try await withThrowingTaskGroup(of: SQLiteHistory.self) { group in
      for _ in 0..<8 { group.addTask { try await openHistory(folder).history } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for history in histories {
      try await history.write(.of([.event(.started, at: .start)]))
    }
    #expect(try await histories[0].transitionCount == 8)
  }

  @Test func `a full disk is said, and what is there stays`() async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    try await history.fill(500)
    try await history.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages)")
    }
    await #expect(throws: HistoryError.full(path: folder.path + "/history.sqlite")) {
      try await history.fill(5000)
    }
    #expect(try await history.transitionCount >= 500)
    // There is room again.
    try await history.pool.writeWithoutTransaction { db in
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = 1000000")
    }
    try await history.fill(500)
  }

  @Test func `a file that may not grow is no accident`() async throws {
    let folder = try TemporaryFolder()
    let writer = try WriterProcess(directory: folder.path, largestFileSize: 400_000)
    var safe = 0
    var last = ""
    while let line = writer.line() {
      safe = Int(line) ?? safe
      last = line
    }
    writer.wait()
    #expect(last.hasPrefix("error notWritable") || last.hasPrefix("error full"), "\(last)")
    let (history, setAside) = try await openHistory(folder)
    #expect(setAside == nil)
    #expect(try await history.transitionCount == safe)
  }

  @Test func `a directory that can't be written is said`() async throws {
    // Not even root can make a directory there.
    await #expect {
      _ = try await SQLiteHistory.open(directory: "/proc/wabatop", at: .start)
    } throws: { error in
      guard case HistoryError.notWritable(path: "/proc/wabatop", let reason) = error else {
        return false
      }
      return !reason.isEmpty
    }
    let folder = try TemporaryFolder()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o500],
      ofItemAtPath: folder.path
    )
    guard getuid() != 0 else { return }
    await #expect(throws: HistoryError.self) { _ = try await openHistory(folder) }
  }

  @Test func `who keeps it locked is waited for, and then it is said`() async throws {
    let folder = try TemporaryFolder()
    let lock = try #require(FileLock(path: folder.path + "/history.lock"))
    #expect(FileLock(path: folder.path + "/history.lock", patience: 0.03) == nil)
    lock.release()
    #expect(FileLock(path: folder.path + "/history.lock", patience: 0.03) != nil)
  }

  @Test func `who is kept from writing waits, and then it is said`() async throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(directory: folder.path)
    let history = try SQLiteHistory.openFile(file, patience: 0.2, at: .start).history
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: file.path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
    await #expect(throws: HistoryError.locked(path: file.path)) {
      try await history.write(.of([.event(.started, at: .start)]))
    }
    // Reading goes on meanwhile.
    #expect(try await history.transitionCount == 0)
    try await other.writeWithoutTransaction { try $0.commit() }
    try await history.write(.of([.event(.started, at: .start)]))
    #expect(try await history.transitionCount == 1)
  }

  @Test(arguments: [
    (0x6969, "NFS"), (0xFF53_4D42, "CIFS"), (-0xACB2BE, "CIFS"), (0xEF53, nil), (0x0102_1994, nil),
    (0x5846_5342, nil), (0x9123_683E, nil), (0x794C_7630, nil),
  ])
  func `a network file system is known by its number`(_ number: Int, _ name: String?) {
    #expect(FileSystem.networkType(number: number) == name)
  }

  @Test func `contents are kept once`() async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    let reading = Reading.sample(.sample("1"), .success(.sample()))
    for second in 0..<5 {
      let again = Reading.sample(.sample("1"), reading.result, at: .after(Double(second)))
      let other = Reading.sample(.sample("2"), reading.result, at: .after(Double(second)))
      try await history.write(
        .of(numbers: [
          NumberReadings(number: again.number, latest: again, lastGood: again),
          NumberReadings(number: other.number, latest: other, lastGood: other),
        ])
      )
    }
    let count = try await history.pool.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM content")
    }
    #expect(count == 1)
  }

  @Test func `what nobody refers to goes with the day`() async throws {
    let folder = try TemporaryFolder()
    let history = try await openHistory(folder).history
    let first = Transition.state(.blocked, at: .after(0), because: .payment)
    let second = Transition.state(.available, at: .after(days: 1.5))
    try await history.write(.of([first, second]))
    for day in 0..<3 {
      _ = try await history.maintain(Retention(), at: .after(days: 40 + Double(day)))
    }
    let counts = try await history.pool.read { db in
      try ["content", "subject", "transition"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(counts == [0, 1, 1])
  }
}
