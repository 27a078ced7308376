import Foundation
import Glibc
import TestSupport
import Testing

/// Every way out gives the terminal back.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct LeavingTests {
  @Test(arguments: ["q", "C-c"])
  func `a key ends it`(key: String) async throws {
    let product = try await Product.startDemo()
    try product.terminal.press("Enter")
    try product.terminal.press(key)
    try await product.terminal.wait(for: "status:0")
    try await expectRestored(product)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func `a polite signal ends it`(signal: Int32) async throws {
    let product = try await Product.startDemo()
    kill(try product.processNumber, signal)
    try await product.terminal.wait(for: "status:0")
    try await expectRestored(product)
  }

  @Test(arguments: [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP])
  func `a crash ends it, and still the terminal is as it was`(signal: Int32) async throws {
    let product = try await Product.startDemo()
    kill(try product.processNumber, signal)
    try await product.terminal.wait(for: "status:\(128 + signal)")
    try await expectRestored(product)
  }

  @Test func `^Z gives the shell back, and fg the screen`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try terminal.press("C-z")
    try await terminal.wait(until: "the shell is there") { $0.contains { $0.contains("Stopped") } }
    try await expectRestored(product)
    try terminal.type("fg")
    try await terminal.wait(for: "of 60")
    try await terminal.wait(for: "Resumed after")
    try terminal.press("q")
    try await terminal.wait(until: "the shell is there") { !$0.contains { $0.contains("of 60") } }
    try await expectRestored(product)
  }

  @Test func `when the terminal goes away, so does the program`() async throws {
    let product = try await Product.startDemo()
    let number = try product.processNumber
    product.terminal.close()
    let deadline = ContinuousClock.now + .seconds(30)
    while Product.isRunning(number), ContinuousClock.now < deadline {
      // Nobody tells us that a process has ended that isn't our child.
      try await Task.sleep(for: .milliseconds(30))
    }
    #expect(!Product.isRunning(number))
  }

  private func expectRestored(_ product: Product) async throws {
    let terminal = product.terminal
    #expect(try !terminal.isAlternateScreen)
    #expect(try terminal.isCursorVisible)
    try terminal.type(
      "clear; stty -a | tr ' ;' '\\n\\n' | grep -E '^-?(icanon|echo)$' | tr '\\n' ' '; echo ."
    )
    try await terminal.wait(until: "lines are edited and echoed again") {
      $0.contains("icanon echo .")
    }
  }
}
