package import Foundation

/// Another program, which may be installed or not.
package struct Tool: Sendable {
  private let path: String

  /// Nil if it is not installed.
  package init?(_ name: String) {
    let folders = ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/bin"]
    guard
      let path = folders.map({ "\($0)/\(name)" })
        .first(where: FileManager.default.isExecutableFile(atPath:))
    else { return nil }
    self.path = path
  }

  package static func isInstalled(_ name: String) -> Bool { Tool(name) != nil }

  /// Starts it; it is ended with the test.
  package func start(_ arguments: [String], output: Pipe = Pipe()) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    return process
  }

  /// Runs it to its end, and returns its exit status with all that it printed.
  package func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let output = Pipe()
    let process = try start(arguments, output: output)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
