import Foundation
import Synchronization

/// Another process that writes to a history.
final class WriterProcess {
  private static let binary = URL(filePath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "HistoryWriter")

  private let process = Process()
  private let output = Pipe()
  private var rest = Data()
  /// The last number that it said to be safe.
  private var safe = 0

  init(directory: String, largestFileSize: Int? = nil) throws {
    process.executableURL = Self.binary
    process.arguments = [directory] + (largestFileSize.map { ["\($0)"] } ?? [])
    process.standardOutput = output
    try process.run()
  }

  /// The next line that it says; nil when it has ended.
  func line() -> String? {
    while true {
      if let end = rest.firstIndex(of: 0x0A) {
        defer { rest = Data(rest[(end + 1)...]) }
        let line = String(decoding: rest[..<end], as: UTF8.self)
        safe = Int(line) ?? safe
        return line
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      rest += more
    }
  }

  /// Ends it as a power cut would; returns the last number that it said to be safe.
  func kill() -> Int {
    Foundation.kill(process.processIdentifier, SIGKILL)
    while line() != nil {}
    process.waitUntilExit()
    return safe
  }

  func wait() { process.waitUntilExit() }
}
