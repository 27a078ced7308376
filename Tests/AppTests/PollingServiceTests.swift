import Configuration
import Foundation
import Health
import Logging
import Screens
import Synchronization
import TestSupport
import Testing

@testable import App

/// What is polled while secrets are fetched.
struct PollingServiceTests {
  /// Keeps what the operator is told, and which accounts are polled.
  private final class Listener: FleetObserver {
    let told = Mutex<[String]>([])
    let conditions = Mutex<[String: AccountCondition]>([:])

    func receive(_ update: FleetUpdate) async {
      conditions.withLock { conditions in
        for condition in update.accounts { conditions[condition.account.name] = condition }
      }
    }

    var accounts: Set<String> { conditions.withLock { Set($0.keys) } }
    func failure(of account: String) -> ProviderError? {
      conditions.withLock { $0[account]?.failure }
    }
  }

  private static func accounts(hanging script: String) throws -> [ConfiguredAccount] {
    try ConfigurationFile.parse(
      """
      accounts:
        - { name: hanging, provider: kapso, api_key_command: [sh, -c, "\(script)"], numbers: ["1"] }
        - { name: failing, provider: kapso, api_key_command: [sh, -c, "exit 3"], numbers: ["2"] }
        - { name: ready, provider: kapso, api_key: k, base_url: "http://127.0.0.1:9", numbers: ["3"] }
      """,
      file: "config.yaml",
      environment: ProcessEnvironment(
        variables: ["PATH": "/usr/bin:/bin"],
        homeDirectory: "/nowhere"
      )
    ).accounts
  }

  @Test func `accounts whose keys are there do not wait for the others, and quitting ends all`()
    async throws
  {
    let folder = try TemporaryFolder()
    let accounts = try Self.accounts(hanging: "echo $$ > \(folder.path)/process; sleep 600")
    let listener = Listener()
    let service = PollingService(
      wiring: Wiring(log: nil, level: .error),
      observer: listener,
      tell: { text, _ in listener.told.withLock { $0.append(text) } },
      accounts: { accounts }
    )
    let running = Task { try await service.run() }
    // Nothing is run before the first frame.
    try await Task.sleep(for: .milliseconds(50))
    #expect(throws: (any Error).self) { try folder.read("process") }
    service.begin()
    while listener.failure(of: "failing") == nil || (try? folder.read("process")) == nil {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(listener.accounts == ["ready", "failing"])
    #expect(listener.failure(of: "failing")?.kind == .credentialRejected)
    let mistake = "config.yaml:3:56: accounts.failing.api_key_command: sh ended with exit status 3"
    #expect(listener.failure(of: "failing")?.message == mistake)
    let told = listener.told.withLock { $0 }
    #expect(told.first == "waiting for the key of account hanging (sh) and 1 more")
    #expect(told.contains("waiting for the key of account hanging (sh)"))
    #expect(told.contains(mistake))

    running.cancel()
    _ = await running.result
    let process = try folder.read("process").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(kill(try #require(pid_t(process)), 0) == -1)
  }
}
