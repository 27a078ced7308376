import Foundation
import Health
import History
import Synchronization
import TestSupport
import Testing

@testable import HistorySQLite

/// A history on a disk that its log fills.
@Suite struct SmallDiskTests {
  /// Changes a few rows again and again, which makes the log long and the file hardly any longer.
  private static func change(_ history: SQLiteHistory, times: Int) async throws {
    for count in 0..<times {
      var batch = Batch()
      batch.coverage = [
        Coverage(account: "acme", from: .after(Double(count)), to: .after(Double(count) + 1))
      ]
      try await history.write(batch)
    }
  }

  @Test(.enabled(if: SmallDisk.isPossible))
  func `a log that fills a small disk is made short, and nothing is lost`() async throws {
    let disk = try SmallDisk(mebibytes: 3)
    let file = HistoryFile(directory: disk.path)
    let history = try SQLiteHistory.openFile(file, at: .start).history
    defer { history.close() }
    try await Self.change(history, times: 1_000)
    #expect(file.logSize < 3 << 20)
    #expect(try await history.integrity == ["ok"])
    let coverage = try await history.coverage(in: .start ..< .after(2_000))
    #expect(coverage["acme"] == [.start ..< .after(1_000)])
  }

  @Test(.enabled(if: SmallDisk.isPossible))
  func `when there is room again it is written again, without another start`() async throws {
    let disk = try SmallDisk(mebibytes: 3)
    let file = HistoryFile(directory: disk.path)
    let history = try SQLiteHistory.openFile(file, at: .start).history
    defer { history.close() }
    try await Self.change(history, times: 10)
    disk.fill()
    await #expect(throws: HistoryError.full(path: file.path)) {
      for _ in 0..<100 { try await history.fill(500) }
    }
    let count = try await history.transitionCount
    disk.makeRoom()
    try await history.fill(500)
    #expect(try await history.transitionCount == count + 500)
    // The first write with room is when it is made short, if not in vain just before.
    history.shrinking.withLock { $0.nextTry = nil }
    try await history.fill(500)
    #expect(file.logSize < 1 << 20)
    #expect(try await history.integrity == ["ok"])
  }

  @Test func `the log leaves its room to the file where neither may grow`() async throws {
    let folder = try TemporaryFolder()
    let writer = try WriterProcess(directory: folder.path, largestFileSize: 400_000)
    while writer.line() != nil {}
    writer.wait()
    let file = HistoryFile(directory: folder.path)
    // So long that the log was made short several times.
    let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
    #expect(size > 300_000)
  }
}
