import Foundation
import TestSupport
import Testing

/// The product in a terminal, with the simulator behind it.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct DashboardTests {
  @Test(arguments: [(80, 24), (160, 50), (60, 12)])
  func `the list is there, with every number polled`(width: Int, height: Int) async throws {
    let product = try await Product.startDemo(width: width, height: height)
    let screen = try await product.terminal.wait(until: "the first row is chosen") { screen in
      screen.contains { $0.hasPrefix(">") && $0.contains("+") }
    }
    // At 60 columns the views take the room of the product's name.
    #expect(screen[0].contains("[1]List"))
    #expect(screen[0].contains("UTC"))
    try product.terminal.press("q")
    try await product.terminal.wait(for: "status:0")
  }

  @Test func `the smallest terminal has a line of counts`() async throws {
    let product = try Product.start(width: 30, height: 4)
    try await product.terminal.wait(until: "counts are there") { screen in
      screen.contains { $0.contains("●") && $0.contains("✘") }
    }
    try product.terminal.press("q")
    try await product.terminal.wait(for: "status:0")
  }

  @Test func `a number opens as its tree, and Esc leads back`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try await terminal.wait(until: "a row is chosen") { $0.contains { $0.hasPrefix(">") } }
    try terminal.press("Enter")
    try await terminal.wait(for: "PHONE_NUMBER")
    try await terminal.wait(for: "List ›", row: 0)
    try terminal.press("Down", "Down")
    try terminal.press("Escape")
    try await terminal.wait(for: "[1]List", row: 0)
    try terminal.press("?")
    try await terminal.wait(for: "Moving")
    try terminal.press("Escape", "Escape")
    try await terminal.wait(for: "[1]List", row: 0)
    // At the root Esc does nothing: it never quits.
    try terminal.press("Escape")
    try terminal.press("Enter")
    try await terminal.wait(for: "PHONE_NUMBER")
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `typing filters, and the list can be sorted otherwise`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try terminal.press("/")
    try terminal.type("kapso")
    try await terminal.wait(until: "only one account is listed") { screen in
      let rows = screen.filter { $0.contains(" +") && !$0.contains("!!") }
      return !rows.isEmpty && rows.allSatisfy { $0.contains("kapso") }
    }
    try terminal.press("Escape")
    try await terminal.wait(for: "no filter")
    try terminal.press(">")
    try await terminal.wait(for: "sort number")
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `the screen follows the size of the terminal`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    for (width, height) in [(120, 40), (60, 12), (30, 4), (160, 50), (80, 24)] {
      try terminal.resize(width: width, height: height)
      try await terminal.wait(until: "\(width)×\(height) is drawn") { screen in
        if width < 40 { return screen.contains { $0.contains("●") } && !screen[0].contains("UTC") }
        return screen[0].trimmingCharacters(in: .whitespaces).hasSuffix("UTC")
          && screen[0].count == width - 1 && screen[height - 1].contains("help")
      }
    }
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `without Unicode all is drawn in ASCII`() async throws {
    let product = try Product.start(environment: ["LC_ALL": "C"])
    let screen = try await product.terminal.wait(for: "of 60")
    #expect(screen.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    try product.terminal.press("q")
    try await product.terminal.wait(for: "status:0")
  }

  @Test func `without a terminal it says what to use instead`() async throws {
    // Wide enough that the sentence stays one line.
    let product = try Product.start("demo > /dev/null", width: 240)
    try await product.terminal.wait(for: "status:3")
    try await product.terminal.wait(for: "\"wabatop check\"")
    let dumb = try Product.start(width: 240, environment: ["TERM": "dumb"])
    try await dumb.terminal.wait(for: "status:3")
    try await dumb.terminal.wait(for: "\"wabatop snapshot\"")
  }
}
