import Foundation
import Monitor
import Providers
import TestSupport
import Testing

@testable import Configuration

/// Programs that print secrets: how they are started, waited for and ended.
@Suite(.realTime) struct SecretCommandTests {
  private static let variables = ["PATH": "/usr/bin:/bin"]

  private static func shell(_ script: String) -> SecretCommand {
    SecretCommand(arguments: ["sh", "-c", script], variables: variables)
  }

  @Test func `a command gets its arguments as they are, without a shell`() async throws {
    let command = SecretCommand(
      arguments: ["printf", "%s", "$HOME;echo *"],
      variables: Self.variables
    )
    #expect(try await command.output() == Array("$HOME;echo *".utf8))
  }

  @Test func `the key is there when the program ends, though what it started keeps its pipe open`()
    async throws
  {
    let start = ContinuousClock.now
    let output = try await Self.shell("echo demo-key-000; sleep 60 &").output()
    #expect(output == Array("demo-key-000\n".utf8))
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `at time-out all that the program started is ended`() async throws {
    let folder = try TemporaryFolder()
    var command = Self.shell("sleep 600 & echo $! > \(folder.path)/child; wait")
    command.timeout = .milliseconds(500)
    await #expect(throws: SecretCommand.Failure.timedOut(after: .milliseconds(500))) {
      try await command.output()
    }
    try await expectEnd(ofChildIn: folder)
  }

  @Test func `when nobody waits any longer all that the program started is ended`() async throws {
    let folder = try TemporaryFolder()
    let command = Self.shell("sleep 600 & echo $! > \(folder.path)/child; wait")
    let task = RealTime.start { try await command.output() }
    while (try? folder.read("child"))?.hasSuffix("\n") != true {
      try await Task.sleep(for: .milliseconds(5))
    }
    task.cancel()
    await #expect(throws: SecretCommand.Failure.cancelled) { try await task.value }
    try await expectEnd(ofChildIn: folder)
  }

  @Test func `a program that prints without end is ended`() async throws {
    let command = SecretCommand(arguments: ["yes"], variables: Self.variables)
    await #expect(throws: SecretCommand.Failure.tooMuch) { try await command.output() }
  }

  @Test func `the program cannot ask on the terminal that the screen is on`() async throws {
    let command = Self.shell("if (: < /dev/tty) 2>/dev/null; then echo asked; else echo alone; fi")
    #expect(try await command.output() == Array("alone\n".utf8))
  }

  @Test func `a program that fails is named with its status or signal`() async throws {
    await #expect(throws: SecretCommand.Failure.exited(status: 7)) {
      try await Self.shell("exit 7").output()
    }
    await #expect(throws: SecretCommand.Failure.killed(signal: 9)) {
      try await Self.shell("kill -9 $$").output()
    }
  }

  @Test func `programs run side by side, and each account is ready with its own`() async throws {
    let folder = try TemporaryFolder()
    // Each goes on when all three run: one after the other they would never end.
    func meeting(_ name: String, then last: String) -> String {
      let others = ["a", "b", "c"].map { "-e \(folder.path)/\($0)" }.joined(separator: " -a ")
      return "touch \(folder.path)/\(name); until [ \(others) ]; do sleep 0.05; done; \(last)"
    }
    let configuration = try ConfigurationFile.parse(
      """
      accounts:
        - { name: a, provider: kapso, api_key_command: [sh, -c, "\(meeting("a", then: "echo key-a"))"], numbers: all }
        - { name: b, provider: kapso, api_key_command: [sh, -c, "\(meeting("b", then: "echo key-b"))"], numbers: all }
        - { name: c, provider: kapso, api_key_command: [sh, -c, "\(meeting("c", then: "exit 3"))"], numbers: all }
        - { name: d, provider: kapso, api_key: key-d, numbers: all }
      """,
      file: "config.yaml",
      environment: ProcessEnvironment(variables: Self.variables, homeDirectory: "/nowhere")
    )
    var fetch = SecretFetch(configuration.accounts)
    #expect(fetch.decided.map(\.account.settings.name) == ["d"])
    #expect(fetch.awaited == "waiting for the key of account a (sh) and 2 more")
    var reports = 0
    await fetch.run { _ in reports += 1 }
    #expect(reports == 3)
    #expect(fetch.awaited == nil)
    #expect(fetch.decided.map(\.account.settings.name) == ["a", "b", "c", "d"])
    #expect(fetch.accounts.map(Self.key) == ["key-a", "key-b", nil, "key-d"])
    #expect(
      fetch.mistakes[2]?.map(\.description) == [
        "config.yaml:4:50: accounts.c.api_key_command: sh ended with exit status 3"
      ]
    )
  }

  @Test func `a program that several accounts name is run once, and only a key of it is kept`()
    async throws
  {
    let folder = try TemporaryFolder()
    let script = "echo run >> \(folder.path)/runs; cat \(folder.path)/key"
    let accounts = try ConfigurationFile.parse(
      """
      accounts:
        - { name: a, provider: kapso, api_key_command: [sh, -c, "\(script)"], numbers: all }
        - { name: b, provider: kapso, api_key_command: [sh, -c, "\(script)"], numbers: all }
      """,
      file: "config.yaml",
      environment: ProcessEnvironment(variables: Self.variables, homeDirectory: "/nowhere")
    )
    .accounts
    let cache = SecretCache()
    func keys() async -> [String?] {
      var fetch = SecretFetch(accounts)
      await fetch.run(with: cache)
      return fetch.accounts.map(Self.key)
    }
    try folder.write("two\nlines\n", to: "key")
    #expect(await keys() == [nil, nil])
    try folder.write("key-1\n", to: "key")
    #expect(await keys() == ["key-1", "key-1"])
    #expect(try folder.read("runs") == "run\nrun\n")
    try folder.write("key-2\n", to: "key")
    #expect(await keys() == ["key-1", "key-1"])
    await cache.forget()
    #expect(await keys() == ["key-2", "key-2"])
    #expect(try folder.read("runs") == "run\nrun\nrun\n")
  }

  /// Every place where a secret may stand.
  @Test func `a secret comes where the configuration asked for it`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      accounts:
        - name: shops
          provider: 360dialog
          channels:
            - { label: Berlin, api_key_command: [echo, berlin-key] }
            - { label: Paris, api_key: paris-key }
          partner: { id: p1, api_key_command: [echo, partner-key] }
        - name: partner
          provider: graph
          base_url: https://graph.example.com/v24.0
          header: { name: Authorization, value_command: [echo, Bearer graph-token] }
          numbers: [ "1" ]
      """,
      to: "config.yaml"
    )
    let configuration = try await ConfigurationFile.readWithSecrets(
      path,
      environment: ProcessEnvironment(variables: Self.variables, homeDirectory: "/nowhere")
    )
    let values = configuration.accounts.map(\.settings.values)
    #expect(
      values[0]["channels"]
        == .channels([
          ConfiguredChannel(label: "Berlin", apiKey: Secret("berlin-key")),
          ConfiguredChannel(label: "Paris", apiKey: Secret("paris-key")),
        ])
    )
    #expect(values[0]["partner"] == .partner(id: "p1", apiKey: Secret("partner-key")))
    #expect(
      values[1]["header"] == .header(name: "Authorization", value: Secret("Bearer graph-token"))
    )
  }

  private static func key(of account: ConfiguredAccount) -> String? {
    guard account.isComplete, case .secret(let secret) = account.settings.values["api_key"] else {
      return nil
    }
    return secret.revealed
  }

  private func expectEnd(ofChildIn folder: TemporaryFolder) async throws {
    let text = try folder.read("child").trimmingCharacters(in: .whitespacesAndNewlines)
    let child = try #require(pid_t(text))
    // Killed already; the process that adopted it may take a moment to notice.
    for _ in 0..<200 where !Self.isGone(child) { try await Task.sleep(for: .milliseconds(10)) }
    #expect(Self.isGone(child))
  }

  private static func isGone(_ process: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return true
    }
    return stat.contains(") Z ")
  }
}
