import Foundation
import TestSupport
import Testing

/// What keys, commands and the mouse do in a real terminal.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct KeysTests {
  @Test func `a command is completed, done, and recalled`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try terminal.press(":", "s", "o", "Tab")
    try await terminal.wait(for: ":sort _")
    try terminal.press("n", "Tab", "Tab")
    try await terminal.wait(for: ":sort name_")
    try terminal.press("Enter")
    try await terminal.wait(for: "sort name")
    try terminal.press(":", "Up")
    try await terminal.wait(for: ":sort name_")
    try terminal.press("Escape", ":")
    try terminal.type("qiut")
    try await terminal.wait(for: "did you mean quit?")
    try terminal.press(":")
    try terminal.type("messages")
    try await terminal.wait(for: "There is no command qiut", row: 1)
    try terminal.press(":")
    try terminal.type("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `what is copied arrives in the clipboard, marked rows together`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try terminal.acceptCopies()
    let screen = try await terminal.wait(until: "a row is there") { screen in
      screen.contains { $0.hasPrefix(">") }
    }
    let row = try #require(screen.first { $0.hasPrefix(">") })
    let number = try #require(row.split(separator: " ").first { $0.hasPrefix("+") })
    try terminal.press("c")
    try await terminal.wait(for: "tmux needs: set -g set-clipboard on (Copied \(number).)")
    #expect(try terminal.copied == number)
    try terminal.press("Space", "Space")
    try await terminal.wait(for: "2 marked")
    try terminal.press("c")
    try await terminal.wait(for: "Copied 2 numbers.")
    #expect(try terminal.copied.split(separator: "\n").count == 2)
    try terminal.press("U", "g", "y")
    try await terminal.wait(for: "Copied the ticket for")
    #expect(try terminal.copied.contains("Who acts: "))
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `the raw answer is JSON, and is asked for again where it was not kept`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try await terminal.wait(until: "a row is there") { $0.contains { $0.hasPrefix(">") } }
    try terminal.press("G", "J")
    try await terminal.wait(for: "{", row: 1)
    try await terminal.wait(for: "raw answer of")
    try terminal.press("Escape")
    try await terminal.wait(for: "sort status")
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `what is pasted is text where text is typed, and no command anywhere`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try terminal.paste("q\nq")
    try await terminal.wait(for: "Pasted text does nothing here")
    try terminal.press("/")
    try terminal.paste("kapso\nq")
    try await terminal.wait(for: "/kapso q_")
    try terminal.press("C-u")
    try terminal.paste(String(repeating: "x", count: 30_000))
    try await terminal.wait(for: "a filter has at most")
    try terminal.press("Escape")
    try await terminal.wait(for: "no filter")
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }

  @Test func `the mouse selects, opens and scrolls while it is on`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try await terminal.wait(until: "rows are there") { $0.contains { $0.hasPrefix(">") } }
    try terminal.press("M")
    let screen = try await terminal.wait(for: "Mouse on")
    let first = try #require(screen.firstIndex { $0.hasPrefix(">") })
    // A press and a release, whose rows and columns count from 1, and all from a blank on.
    let place = [10, first + 4].compactMap { Unicode.Scalar(32 + $0).map(String.init) }.joined()
    let click = "\u{1B}[M \(place)\u{1B}[M#\(place)"
    try terminal.send(click)
    try await terminal.wait(until: "the third row below is chosen") { screen in
      screen[first + 3].hasPrefix(">")
    }
    try terminal.send(click)
    try await terminal.wait(for: "List ›", row: 0)
    try terminal.press("Escape", "M")
    try await terminal.wait(for: "Mouse off")
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
  }
}
