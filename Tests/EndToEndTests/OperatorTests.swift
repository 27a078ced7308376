import Foundation
import TestSupport
import Testing

/// What one operator says, another one sees.
@Suite(
  .serialized,
  .realTime,
  .enabled(if: Tmux.isInstalled, "needs tmux"),
  .timeLimit(.minutes(5))
)
struct OperatorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Starts a simulator of three blocked numbers and returns the configuration for it.
  private func simulate() throws -> (simulator: PseudoTerminal, configuration: String) {
    let scenario = try folder.write(
      """
      name: noted
      refresh: 1s
      accounts:
        - { name: acme, provider: kapso, count: 3, wabas: 1 }
      events:
        - { on: { account: acme, waba: 1 }, waba: { send: BLOCKED, error: 141006 } }
      """,
      to: "noted.scenario"
    )
    let configuration = "\(folder.path)/noted.yaml"
    let command =
      "umask 077; exec \(Product.binary) simulate --port 0 --scenario \(scenario) > \(configuration)"
    let simulator = try run("/bin/sh", ["-c", command])
    let deadline = Date() + 60
    while (try? folder.read("noted.yaml").contains("accounts:")) != true {
      try #require(Date() < deadline)
      // Nobody tells when another process has written.
      usleep(20_000)
    }
    return (simulator, configuration)
  }

  private var variables: [String: String] { ["XDG_STATE_HOME": folder.path, "USER": "ann"] }

  private func run(_ program: String, _ arguments: [String]) throws -> PseudoTerminal {
    try PseudoTerminal(program, arguments, width: 200, height: 24, variables: variables)
  }

  private func command(_ arguments: String..., ending status: Int32 = 0) throws -> String {
    let run = try run(Product.binary, arguments)
    #expect(try run.end(within: .seconds(30)) == .exited(status))
    return run.text
  }

  @Test func `two operators and a script share what they say`() async throws {
    let (simulator, configuration) = try simulate()
    defer { simulator.send(SIGTERM) }
    let first = try Product.start("--config \(configuration)", environment: variables)
    let second = try Product.start("--config \(configuration)", environment: variables)
    for product in [first, second] { try await product.terminal.wait(for: "✘ 3") }

    // The cause, with all three numbers.
    try first.terminal.press("4")
    try await first.terminal.wait(for: "[4]Causes", row: 0)
    try first.terminal.press("a")
    try await first.terminal.wait(for: "why: _")
    try first.terminal.send("ticket 8841")
    try first.terminal.press("Enter")
    try await first.terminal.wait(for: "ack ann")
    try await second.terminal.wait(for: "acked 3")

    try second.terminal.press("5")
    try await second.terminal.wait(for: "ticket 8841")

    // The other one mutes, and the first sees it.
    try second.terminal.press("1", "m")
    try await second.terminal.wait(for: "until: 2h_")
    try second.terminal.press("Enter")
    try await first.terminal.wait(for: "muted 1")

    #expect(try command("ack", "--list").contains("\"ticket 8841\""))
    #expect(try command("mute", "provider:kapso", "--for", "1h").contains("muted 3 numbers"))
    for product in [first, second] { try await product.terminal.wait(for: "muted 3") }
    #expect(try command("mute", "--undo", "provider:kapso").contains("no longer muted"))
    #expect(try command("ack", "nobody", ending: 3).contains("no number matches"))
    let id = try command("ack", "--list", "--json")
      .split(separator: "\"id\": \"").dropFirst().first?.prefix { $0 != "\"" }
    #expect(try command("ack", "--undo", String(id ?? "")).contains("no longer acknowledged"))
    for product in [first, second] {
      try await product.terminal.wait(until: "it is taken back") { screen in
        !screen.contains { $0.contains("acked 3") || $0.contains("ack ann") }
      }
    }
    for product in [first, second] { try product.terminal.press("q") }
    for product in [first, second] { try await product.terminal.wait(for: "status:0") }
    #expect(try command("history").contains("ticket 8841"))
  }

  @Test func `who comes on shift finds what was said and what happened`() async throws {
    let (simulator, configuration) = try simulate()
    defer { simulator.send(SIGTERM) }
    let first = try Product.start("--config \(configuration)", environment: variables)
    try await first.terminal.wait(for: "✘ 3")
    try first.terminal.press("4")
    try await first.terminal.wait(for: "[4]Causes", row: 0)
    try first.terminal.press("a")
    try await first.terminal.wait(for: "why: _")
    try first.terminal.send("ticket 8841")
    try first.terminal.press("Enter")
    try await first.terminal.wait(for: "ack ann")
    try first.terminal.press("q")
    try await first.terminal.wait(for: "status:0")

    var others = variables
    others["USER"] = "ben"
    let second = try Product.start("--config \(configuration)", environment: others)
    try await second.terminal.wait(for: "acked 3")
    try second.terminal.press("5")
    try await second.terminal.wait(for: "[5]Events", row: 0)
    for text in ["this run started", "a run ended", "ticket 8841", "a run started"] {
      try await second.terminal.wait(for: text)
    }
    // Back to when nothing was acknowledged yet, and to now.
    try second.terminal.send(":at 1m ago")
    try second.terminal.press("Enter")
    try second.terminal.press(".", "4")
    try await second.terminal.wait(for: "ack ann")
    try second.terminal.press("q")
    try await second.terminal.wait(for: "status:0")
  }

  @Test func `a poller that dies is an event where another one takes over`() async throws {
    let (simulator, configuration) = try simulate()
    defer { simulator.send(SIGTERM) }
    let poller = try run(Product.binary, ["serve", "--config", configuration])
    let dashboard = try Product.start("--config \(configuration)", environment: variables)
    try await dashboard.terminal.wait(for: "follows pid")
    poller.send(SIGKILL)
    try dashboard.terminal.press("5")
    try await dashboard.terminal.wait(for: "polls, after")
    try await dashboard.terminal.wait(for: "poller")
    try dashboard.terminal.press("q")
    try await dashboard.terminal.wait(for: "status:0")
    #expect(try command("history").contains("after pid"))
  }
}
