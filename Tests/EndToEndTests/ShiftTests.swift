import Glibc
import TestSupport
import Testing

/// What an operator does in a shift, one thing after the other in one run.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct ShiftTests {
  @Test func `a shift, from the start to the line that drops`() async throws {
    let product = try await Product.startDemo()
    let terminal = product.terminal
    try terminal.acceptCopies()
    try await filterAndDrillDown(terminal)
    try await lookForCauses(terminal)
    try await copyTheRemedy(terminal)
    try await changeHowItLooks(terminal)
    try await comeAndGo(terminal)
    let number = try product.processNumber
    terminal.close()
    let deadline = ContinuousClock.now + .seconds(30)
    while Product.isRunning(number), ContinuousClock.now < deadline {
      // Nobody tells us that a process has ended that isn't our child.
      try await Task.sleep(for: .milliseconds(30))
    }
    #expect(!Product.isRunning(number))
  }

  private func filterAndDrillDown(_ terminal: Tmux) async throws {
    try await terminal.wait(until: "the worst is chosen") { screen in
      screen.contains { $0.hasPrefix(">✘ BLK +") }
    }
    try terminal.press("/")
    try terminal.send("status:blokced")
    try await terminal.wait(for: "there is no status \"blokced\"")
    try terminal.press("C-u")
    try terminal.type("status:limited")
    try await terminal.wait(until: "only what is limited is listed") { screen in
      let rows = screen.filter { $0.contains(" +") && !$0.contains("!!") }
      return !rows.isEmpty && rows.allSatisfy { $0.contains("▲ LIM") }
        && screen.contains { $0.contains("filter \"status:limited\"") }
    }
    try terminal.press("Enter")
    try await terminal.wait(for: "◂ cause")
    try await terminal.wait(for: "List › +", row: 0)
    // To the node that explains it, and from there to all that hangs on it.
    try terminal.press("n", "i")
    let inverted = try await terminal.wait(until: "the tree is inverted") { screen in
      screen[0].contains(" › +") && screen[0].split(separator: "›").count == 3
    }
    #expect(inverted[1].contains("number"))
    try terminal.press("Escape")
    try await terminal.wait(until: "it is the number's tree again") { screen in
      screen[0].split(separator: "›").count == 2 && screen[0].contains("List › +")
    }
    try terminal.press("Escape")
    try await terminal.wait(for: "[1]List", row: 0)
    try terminal.press("Escape")
    try await terminal.wait(for: "no filter")
  }

  private func lookForCauses(_ terminal: Tmux) async throws {
    try terminal.press("4")
    try await terminal.wait(for: "[4]Causes", row: 0)
    try await terminal.wait(for: "If fixed: ")
    try terminal.press("Enter")
    try await terminal.wait(for: "Causes › ", row: 0)
    try terminal.press("Escape", "5")
    try await terminal.wait(for: "this run started")
    try terminal.press("2")
    try await terminal.wait(for: "WHAT BROKE IT")
    try terminal.press("1")
    try await terminal.wait(for: "[1]List", row: 0)
  }

  private func copyTheRemedy(_ terminal: Tmux) async throws {
    try terminal.press("g", "y")
    try await terminal.wait(for: "Copied the ticket for")
    #expect(try terminal.copied.contains("Who acts: "))
    try terminal.press("C")
    try await terminal.wait(for: "Copied the row")
    #expect(try terminal.copied.contains("BLOCKED"))
  }

  private func changeHowItLooks(_ terminal: Tmux) async throws {
    let before = try terminal.colors
    try terminal.press(":")
    try terminal.type("theme nord")
    try await terminal.wait(until: "other colours are shown") { _ in
      (try? terminal.colors).map { !$0.isSubset(of: before) } ?? false
    }
    try terminal.press("T")
    try await terminal.wait(until: "times are local") { !$0[0].hasSuffix("UTC") }
    try terminal.press("T")
    try await terminal.wait(until: "times are UTC") { $0[0].hasSuffix("UTC") }
    try terminal.resize(width: 160, height: 50)
    try await terminal.wait(until: "the detail stands beside the list") { screen in
      screen.count >= 49 && screen[0].contains("[1]List") && screen[0].hasSuffix("UTC")
        && screen.contains { $0.contains(">✘") && $0.contains("│") }
    }
    try terminal.resize(width: 80, height: 24)
    try await terminal.wait(until: "the screen is small again") { screen in
      screen[0].count == 79 && !screen.contains { $0.contains("│") }
        && screen[23].contains("help")
    }
  }

  private func comeAndGo(_ terminal: Tmux) async throws {
    try terminal.press("C-z")
    try await terminal.wait(until: "the shell is there") { $0.contains { $0.contains("Stopped") } }
    try terminal.type("fg")
    try await terminal.wait(for: "Resumed after")
    try await terminal.wait(for: "of 60", row: 1)
  }
}
