import Foundation
import Logging
import TestSupport
import Testing

@testable import App

/// The log: a help that never stands in the way.
struct LogFileTests {
  @Test func `a line of a log stays one line, whatever a provider wrote into it`() throws {
    let folder = try TemporaryFolder()
    let file = LogFile(path: "\(folder.path)/state/wabatop.log")
    let logger = Logger(label: "refresher", file: file, level: .info)
    logger.warning("Answer of Acme\n\u{1b}[31mOrders", metadata: ["b": "2\r", "a": "1"])
    logger.debug("too little to be logged")
    let lines = try folder.read("state/wabatop.log").split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasSuffix("warning refresher: Answer of Acme Orders a=1 b=2") == true)
  }

  @Test func `a log that has grown enough becomes the older one`() throws {
    let folder = try TemporaryFolder()
    let file = LogFile(path: "\(folder.path)/wabatop.log", largestSize: 20)
    for line in ["first line", "second line", "third line"] { file.append(line) }
    #expect(try folder.read("wabatop.log") == "third line\n")
    #expect(try folder.read("wabatop.log.1") == "second line\n")
  }

  @Test func `a log goes on where the last run ended`() throws {
    let folder = try TemporaryFolder()
    LogFile(path: "\(folder.path)/wabatop.log").append("first")
    LogFile(path: "\(folder.path)/wabatop.log").append("second")
    #expect(try folder.read("wabatop.log") == "first\nsecond\n")
  }

  @Test func `a log is for its owner alone`() throws {
    let folder = try TemporaryFolder()
    LogFile(path: "\(folder.path)/wabatop.log").append("line")
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/wabatop.log")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `a log that cannot be written to says why, and is not waited for`() throws {
    let folder = try TemporaryFolder()
    #expect(LogFile(path: folder.path).failure == "Is a directory")
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(LogFile(path: pipe).failure == "is a pipe, not a file")
    #expect(LogFile(path: "\(folder.path)/new/wabatop.log").failure == nil)
  }

  @Test(arguments: ["/proc/nowhere/wabatop.log", "/dev/full"])
  func `without room or directory lines are lost and nothing else`(path: String) {
    let file = LogFile(path: path)
    file.append("lost")
    #expect((file.failure == nil) == (path == "/dev/full"))
  }
}
