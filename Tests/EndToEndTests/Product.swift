import Foundation
import TestSupport

/// The program under test, in a terminal.
struct Product {
  /// The binary that was built with these tests: it lies beside their bundle.
  static let binary = URL(filePath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "wabatop").path

  let terminal: Tmux

  /// Opens a terminal and starts the program in it.
  static func start(
    _ arguments: String = "demo",
    width: Int = 80,
    height: Int = 24,
    environment: [String: String] = [:]
  ) throws -> Product {
    let terminal = try Tmux(width: width, height: height, environment: environment)
    let product = Product(terminal: terminal)
    try terminal.type(product.command(arguments))
    return product
  }

  /// What to type to start it.
  ///
  /// The shell that becomes the program leaves its number behind, for signals.
  func command(_ arguments: String) -> String {
    "sh -c 'echo $$ > \(numberFile); exec \(Self.binary) \(arguments)'; echo \"status:$?\""
  }

  /// Starts the demo and waits until its numbers are on the screen.
  static func startDemo(width: Int = 80, height: Int = 24) async throws -> Product {
    let product = try start("demo --seed 1 --refresh 30s", width: width, height: height)
    try await product.terminal.wait(for: "of 60")
    return product
  }

  var processNumber: Int32 {
    get throws {
      let text = try String(contentsOfFile: numberFile, encoding: .utf8)
      return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    }
  }

  /// Whether the process is there and not merely waiting to be collected.
  static func isRunning(_ number: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
    else { return false }
    return !text.contains(") Z ")
  }

  private var numberFile: String { terminal.directory.appending(path: "number").path }
}
