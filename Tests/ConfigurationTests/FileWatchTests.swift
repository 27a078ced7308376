import Foundation
import TestSupport
import Testing

@testable import Configuration

/// When a file that is being edited counts as changed.
struct FileWatchTests {
  private let old = FileStamp(size: 10, modified: .seconds(1))
  private let half = FileStamp(size: 5, modified: .seconds(2))
  private let new = FileStamp(size: 12, modified: .seconds(2))

  @Test func `a file that stays as it is asks for nothing`() {
    var watch = FileWatch([old])
    let looks = (0..<5).map { _ in watch.look(at: [old]) }
    #expect(!looks.contains(true))
    #expect(watch.interval == FileWatch.calmInterval)
  }

  @Test func `a change counts once, when it holds still`() {
    var watch = FileWatch([old])
    var intervals: [Duration] = []
    let looks = [half, new, new, new].map { stamp in
      defer { intervals.append(watch.interval) }
      return watch.look(at: [stamp])
    }
    #expect(looks == [false, false, true, false])
    let (short, calm) = (FileWatch.shortInterval, FileWatch.calmInterval)
    #expect(intervals == [short, short, calm, calm])
  }

  @Test func `a file that is moved away and back between two looks is no change`() {
    var watch = FileWatch([old])
    let looks = [nil, old, old].map { watch.look(at: [$0]) }
    #expect(!looks.contains(true))
  }

  @Test func `one that is gone for good, and comes back, counts twice`() {
    var watch = FileWatch([old])
    let looks = [nil, nil, nil, new, new].map { watch.look(at: [$0]) }
    #expect(looks == [false, true, false, false, true])
  }

  @Test func `any of several files will do`() {
    var watch = FileWatch([old, nil])
    let looks = [new, new].map { watch.look(at: [old, $0]) }
    #expect(looks == [false, true])
  }

  @Test func `what is written, replaced or linked elsewhere has another stamp`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("one", to: "config.yaml")
    let first = try #require(FileStamp(of: path))
    #expect(FileStamp(of: path) == first)
    try folder.write("one and more", to: "config.yaml")
    let second = try #require(FileStamp(of: path))
    #expect(second != first)
    try folder.write("one and more", to: "other.yaml")
    #expect(rename("\(folder.path)/other.yaml", path) == 0)
    #expect(FileStamp(of: path) != second)
    let link = "\(folder.path)/link.yaml"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(FileStamp(of: link) == FileStamp(of: path))
    #expect(FileStamp(of: "\(folder.path)/nothing.yaml") == nil)
  }
}
