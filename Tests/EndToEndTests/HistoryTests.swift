import Foundation
import TestSupport
import Testing

/// What one run remembers, the next one goes on with, and `wabatop history` tells.
@Suite(.serialized, .realTime, .timeLimit(.minutes(5)))
struct HistoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func start(_ program: String, _ arguments: [String]) throws -> PseudoTerminal {
    try PseudoTerminal(
      program,
      arguments,
      width: 200,
      height: 24,
      variables: ["XDG_STATE_HOME": folder.path]
    )
  }

  /// Starts a simulator of three numbers and returns the configuration for it.
  private func simulate(
    _ name: String,
    events: String = ""
  ) throws -> (simulator: PseudoTerminal, configuration: String) {
    let scenario = try folder.write(
      """
      name: \(name)
      refresh: 1s
      accounts:
        - { name: acme, provider: kapso, count: 3, wabas: 1 }
      \(events)
      """,
      to: "\(name).scenario"
    )
    let configuration = "\(folder.path)/\(name).yaml"
    let command =
      "umask 077; exec \(Product.binary) simulate --port 0 --scenario \(scenario) > \(configuration)"
    let simulator = try start("/bin/sh", ["-c", command])
    let deadline = Date() + 60
    while (try? folder.read("\(name).yaml").contains("accounts:")) != true {
      try #require(Date() < deadline)
      // Nobody tells when another process has written.
      usleep(20_000)
    }
    return (simulator, configuration)
  }

  /// Runs the dashboard as text until a line is there.
  private func watch(_ configuration: String, _ options: [String] = [], until line: String) throws {
    let run = try start(Product.binary, ["--plain", "--config", configuration] + options)
    try run.read(until: line)
    run.type("quit\n")
    #expect(try run.end(within: .seconds(20)) == .exited(0))
  }

  private func history(_ arguments: String...) throws -> String {
    let run = try start(Product.binary, ["history"] + arguments)
    let end = try run.end(within: .seconds(20))
    #expect(end == .exited(0))
    return run.text.replacing("\r\n", with: "\n")
  }

  @Test func `two runs are one history, and what is the same again is not told again`() throws {
    let fine = try simulate("fine")
    try watch(fine.configuration, until: "3 available")
    try watch(fine.configuration, until: "3 available")
    fine.simulator.send(SIGTERM)
    let first = try history("--output", "json")
    #expect(first.components(separatedBy: "first seen AVAILABLE").count == 4)
    // With the starts and the ends of both runs.
    #expect(first.components(separatedBy: "\"at\":").count == 8)

    let blocked = try simulate(
      "blocked",
      events: """
        events:
          - { on: { account: acme, waba: 1 }, waba: { send: BLOCKED, error: 141006 } }
        """
    )
    try watch(blocked.configuration, until: "3 blocked")
    blocked.simulator.send(SIGTERM)
    let text = try history()
    #expect(text.components(separatedBy: "AVAILABLE → BLOCKED").count == 4)
    #expect(text.contains("(141006)"))
    let stranger = try start(Product.binary, ["history", "nobody"])
    #expect(try stranger.end(within: .seconds(20)) == .exited(3))
    #expect(stranger.text.contains("no number matches \"nobody\""))
    #expect(try history("--output", "csv", "--by", "account").contains(",acme,,,,,3,259200,"))
  }

  @Test(.enabled(if: Tmux.isInstalled, "needs tmux"))
  func `after a restart the screen goes back to before it`() async throws {
    let fine = try simulate("fine")
    let product = try Product.start("--config \(fine.configuration)")
    let terminal = product.terminal
    try await terminal.wait(for: "● 3 ")
    var clocks: [String] = []
    try await terminal.wait(until: "three seconds have passed") { lines in
      guard let clock = lines[0].firstMatch(of: /\d\d:\d\d:\d\d/) else { return false }
      if clocks.last != String(clock.0) { clocks.append(String(clock.0)) }
      return clocks.count == 3
    }
    try terminal.press("q")
    try await terminal.wait(for: "status:0")
    fine.simulator.send(SIGTERM)

    let blocked = try simulate(
      "blocked",
      events: """
        events:
          - { on: { account: acme, waba: 1 }, waba: { send: BLOCKED, error: 141006 } }
        """
    )
    try terminal.type(product.command("--config \(blocked.configuration)"))
    try await terminal.wait(for: "✘ 3 ")
    try terminal.type(":at \(clocks[1])")
    let past = try await terminal.wait(for: "PAST \(clocks[1])", row: 0)
    #expect(past[1].contains("● 3 ") && past[1].contains("✘ 0 "))
    try terminal.press(".")
    try await terminal.wait(until: "it is now") {
      $0[1].contains("✘ 3 ") && !$0[0].contains("PAST")
    }
    blocked.simulator.send(SIGTERM)
  }

  @Test func `without state no file is left, and history says that there is none`() throws {
    let fine = try simulate("fine")
    try watch(fine.configuration, ["--no-state"], until: "3 available")
    fine.simulator.send(SIGTERM)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/wabatop/history.sqlite"))
    let run = try start(Product.binary, ["history"])
    #expect(try run.end(within: .seconds(20)) == .exited(3))
    #expect(run.text.contains("there is no history yet"))
  }

  @Test func `a file that can't be used is said once, and polling goes on`() throws {
    let fine = try simulate("fine")
    let path = "\(folder.path)/wabatop"
    #expect(FileManager.default.createFile(atPath: path, contents: Data()))
    let run = try start(Product.binary, ["--plain", "--config", fine.configuration])
    try run.read(until: "Nothing is remembered for now")
    try run.read(until: "3 available")
    run.type("quit\n")
    #expect(try run.end(within: .seconds(20)) == .exited(0))
    #expect(run.text.components(separatedBy: "Nothing is remembered").count == 2)
    fine.simulator.send(SIGTERM)
  }
}
