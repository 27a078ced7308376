import Foundation
import History
import TestSupport
import Testing

@testable import HistorySQLite

/// Room that is reserved beside the history.
@Suite struct ReserveFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/history-reserve-1" }

  init() throws { folder = try TemporaryFolder() }

  private func reserve() -> ReserveFiles { ReserveFiles(directory: folder.path) }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func `lines stay until they are cleared, and go to who comes when their writer is gone`()
    throws
  {
    var first: ReserveFiles? = reserve()
    #expect(first?.takeLeft() == [])
    #expect(first?.add("one") == true)
    #expect(first?.add("two") == true)
    let second = reserve()
    #expect(second.takeLeft() == [])
    #expect(second.add("three"))
    #expect(try names == ["history-reserve-1", "history-reserve-2"])
    first = nil
    #expect(second.takeLeft() == ["one", "two"])
    #expect(second.takeLeft() == [])
    // Nobody else gets them meanwhile.
    #expect(reserve().takeLeft() == [])
    second.clear()
    #expect(reserve().takeLeft() == [])
    #expect(try names == ["history-reserve-1", "history-reserve-2", "history-reserve-3"])
  }

  @Test func `a file is as large as ever, and readable for us alone`() throws {
    let files = reserve()
    _ = files.takeLeft()
    let line = String(repeating: "a", count: 10_000)
    var count = 0
    while files.add(line) { count += 1 }
    #expect(count == ReserveFile.size / 10_001)
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.size] as? Int == ReserveFile.size)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    files.clear()
    #expect(files.add("one"))
  }

  @Test func `a line whose writer was killed meanwhile does not count, nor what is behind it`()
    throws
  {
    var bytes = Array("one\ntwo\nthr".utf8) + [0, 0] + Array("ee\nold\n".utf8)
    try Data(bytes).write(to: URL(filePath: path))
    do {
      let files = reserve()
      #expect(files.takeLeft() == ["one", "two"])
      #expect(files.add("t"))
    }
    #expect(reserve().takeLeft() == ["one", "two", "t"])
    bytes = Array(try Data(contentsOf: URL(filePath: path)))
    #expect(bytes.count == ReserveFile.size)
    #expect(bytes.dropFirst(10).allSatisfy { $0 == 0 })
  }

  @Test(.enabled(if: SmallDisk.isPossible))
  func `on a full disk what has its room can be written`() throws {
    let disk = try SmallDisk(mebibytes: 2)
    let files = ReserveFiles(directory: disk.path)
    _ = files.takeLeft()
    disk.fill()
    #expect(files.add("one"))
    // There is no room for another file.
    let others = ReserveFiles(directory: disk.path)
    #expect(others.takeLeft() == [])
    #expect(!others.add("two"))
  }
}
