import Configuration
import Foundation
import Health
import Logging
import Monitor
import Providers
import Screens
import Synchronization
import TestSupport
import Testing

@testable import App

/// Another version of the configuration while the dashboard runs.
@MainActor
struct ReloadTests {
  private nonisolated static let path = "/etc/wabatop/config.yaml"

  private nonisolated static func configuration(
    _ yaml: String
  ) throws(ConfigurationError) -> Configuration {
    try ConfigurationFile.parse(
      yaml,
      file: path,
      environment: ProcessEnvironment(
        variables: ["PATH": "/usr/bin:/bin"],
        homeDirectory: "/nowhere"
      )
    )
  }

  private nonisolated static func account(
    _ name: String,
    key: String = "k-000",
    numbers: [String]
  ) -> String {
    """
      - name: \(name)
        provider: kapso
        api_key: \(key)
        numbers: [\(numbers.map { "\"\($0)\"" }.joined(separator: ", "))]
    """
  }

  private nonisolated static func yaml(_ accounts: String..., top: String = "") -> String {
    "\(top)accounts:\n" + accounts.joined(separator: "\n") + "\n"
  }

  private nonisolated static let acme = account("acme", numbers: ["106540352242922"])

  @Test(
    arguments: [
      (yaml(acme), yaml(acme), "nothing changed"),
      (
        yaml(acme), yaml(acme, account("shops", numbers: ["1", "2", "3", "4"])),
        "+1 account, +4 numbers"
      ),
      (
        yaml(acme, account("shops", numbers: ["1"])), yaml(account("shops", numbers: ["1"])),
        "-1 account, -1 number"
      ),
      (
        yaml(acme), yaml(account("acme", numbers: ["106540352242922", "2"])),
        "+1 number, 1 account changed"
      ),
      (
        yaml(acme), yaml(account("acme", key: "other", numbers: ["106540352242922"])),
        "1 account changed"
      ),
      (yaml(acme), yaml(acme, top: "refresh: 5m\n"), "1 account changed"),
      (yaml(acme), yaml(acme, top: "theme: mono\nclock: off\n"), "theme, clock"),
      (yaml(acme), yaml(acme, top: "down_confirm: 1\n"), "confirmation"),
      (yaml(acme), yaml(acme, top: pager), "alerts"),
      (yaml(acme), yaml(acme, top: "bell: on\n"), "signals"),
    ]
  )
  func `what changed is said in a few words`(before: String, after: String, text: String) throws {
    let change = ConfigurationChange(
      from: try Self.configuration(before),
      to: try Self.configuration(after)
    )
    #expect(change.text == text)
  }

  private nonisolated static let pager = "alerts: [ { name: pager, on_event: [sh] } ]\n"

  /// The files, without a disk.
  private final class Files: Sendable {
    let text: Mutex<String>
    /// While it is set the file system does not answer.
    let hang = Mutex(false)
    let stamps = Mutex(
      ConfigurationReload.Stamps(configuration: FileStamp(modified: .seconds(1)), themes: [])
    )

    init(_ text: String) { self.text = Mutex(text) }

    func read() -> Result<Configuration, ConfigurationError> {
      Result { () throws(ConfigurationError) in
        try ReloadTests.configuration(text.withLock { $0 })
      }
    }
  }

  /// A reload over texts in place of a file, under time that passes by hand.
  @MainActor
  private final class ReloadSetup {
    let clock = ManualClock()
    let model: ScreenModel
    let files: Files
    var polled: [(accounts: [String], unchanged: Set<String>)] = []
    var accounts: [ConfiguredAccount]?
    var mistake: String?
    var shown = 0
    var told: [[String]] = []

    init(_ text: String) {
      model = ScreenModel(time: clock)
      files = Files(text)
    }

    func reload() throws -> ConfigurationReload {
      let reload = ConfigurationReload(
        try files.read().get(),
        ConfigurationReload.Dependencies(
          stamps: { [files] in
            while files.hang.withLock({ $0 }) { usleep(1000) }
            return files.stamps.withLock { $0 }
          },
          read: { [files] in files.read() },
          accounts: { [self] in accounts },
          poll: { [self] in
            polled.append(($0.map(\.settings.name), $1))
            accounts = $0
          },
          alert: { [self] in told.append($0.map(\.name)) }
        ),
        listener: model,
        time: clock,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
      reload.show = { [self] _ in
        shown += 1
        return mistake
      }
      return reload
    }

    func write(_ text: String, seconds: Double) {
      files.text.withLock { $0 = text }
      files.stamps.withLock { $0.configuration = FileStamp(modified: .seconds(seconds)) }
    }

    /// Time passes while the reload looks at the files.
    func pass(_ duration: Duration) async throws {
      while clock.sleeperCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
      clock.advance(by: duration)
      // The files are looked at on another thread.
      while clock.sleeperCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
    }
  }

  @Test func `accounts that are what they were go on, and the operator hears what is new`()
    async throws
  {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write(Self.yaml(Self.acme, Self.account("shops", numbers: ["1"])), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(setup.polled.map(\.accounts) == [["acme", "shops"]])
    #expect(setup.polled.map(\.unchanged) == [["acme"]])
    #expect(
      setup.model.state.shell.message?.text == "configuration reloaded: +1 account, +1 number"
    )
    #expect(setup.model.state.shell.message?.kind == .notice)
  }

  @Test func `receivers of alerts change with the file`() async throws {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write(Self.yaml(Self.acme, top: Self.pager), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(setup.told == [["pager"]])
    #expect(setup.model.state.shell.message?.text == "configuration reloaded: alerts")
  }

  @Test func `a bad file changes nothing, and says where its mistake is until a key`() async throws
  {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write(Self.yaml(Self.acme, top: "refresh: 60s\nthene: mono\n"), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(setup.polled.isEmpty)
    let message = try #require(setup.model.state.shell.message)
    #expect(message.kind == .error)
    #expect(
      message.text == "Not reloaded: config.yaml:2:1: unknown key \"thene\"; "
        + "did you mean \"theme\"?"
    )
    setup.write(Self.yaml(Self.acme), seconds: 3)
    await reload.reload(isAsked: true)
    #expect(setup.model.state.shell.message?.text == "configuration reloaded: nothing changed")
  }

  @Test func `a secret never gets into the message`() async throws {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write(Self.yaml(Self.account("acme", key: "s3cret-000", numbers: [])), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(setup.model.state.shell.message?.text.contains("s3cret") == false)
  }

  @Test func `of several mistakes the first is said, and the others are counted at the end`()
    async throws
  {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write("clock: maybe\nthemes: x\n" + Self.yaml(Self.acme), seconds: 2)
    await reload.reload(isAsked: true)
    let message = try #require(setup.model.state.shell.message)
    #expect(message.ending == " (+1 more)")
    #expect(message.text.hasPrefix("Not reloaded: config.yaml:1:8: clock: expected on or off"))
    #expect(message.text.hasSuffix(" (+1 more)"))
  }

  @Test func `a theme's mistake is told in place of what changed`() async throws {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.mistake = "mine.yaml:3:5: there is no role \"tixt\""
    await reload.reload(isAsked: true)
    #expect(setup.model.state.shell.message?.text == setup.mistake)
    #expect(setup.model.state.shell.message?.kind == .error)
  }

  @Test func `the file is looked at now and then, and read when it holds still`() async throws {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    let running = Task { try await reload.run() }
    try await setup.pass(.seconds(10))
    #expect(setup.polled.isEmpty)
    setup.write(Self.yaml(Self.acme, Self.account("shops", numbers: ["1"])), seconds: 2)
    try await setup.pass(.seconds(2))
    #expect(setup.polled.isEmpty)
    try await setup.pass(.milliseconds(500))
    while setup.polled.isEmpty { await Task.yield() }
    #expect(setup.polled.map(\.unchanged) == [["acme"]])
    running.cancel()
    _ = await running.result
  }

  @Test func `a file system that does not answer holds up neither keys nor the end`() async throws {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    let running = Task { try await reload.run() }
    while setup.clock.sleeperCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
    setup.files.hang.withLock { $0 = true }
    defer { setup.files.hang.withLock { $0 = false } }
    setup.clock.advance(by: .seconds(2))
    // This test is on the main actor, as the keys are.
    try await Task.sleep(for: .milliseconds(50))
    running.cancel()
    _ = await running.result
  }

  @Test func `a theme that was edited is shown, and no secret is fetched for it`() async throws {
    let folder = try TemporaryFolder()
    let script = "echo run >> \(folder.path)/runs; echo key-000"
    let setup = ReloadSetup(Self.yaml(Self.commandAccount("acme", script: script)))
    let reload = try setup.reload()
    let running = Task { try await reload.run() }
    for seconds in [1.0, 2.0] {
      setup.files.stamps.withLock { $0.themes = [FileStamp(modified: .seconds(seconds))] }
      try await setup.pass(.seconds(2))
      try await setup.pass(.milliseconds(500))
    }
    #expect(setup.shown == 2)
    #expect(throws: (any Error).self) { try folder.read("runs") }
    await reload.reload(isAsked: true)
    #expect(try folder.read("runs") == "run\n")
    running.cancel()
    _ = await running.result
  }

  @Test func `a change during a reload is taken up after it, and ends the programs of the first`()
    async throws
  {
    let folder = try TemporaryFolder()
    let script = "echo $$ > \(folder.path)/process; sleep 600"
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write(Self.yaml(Self.acme, Self.commandAccount("slow", script: script)), seconds: 2)
    let first = Task { await reload.reload(isAsked: false) }
    while (try? folder.read("process"))?.hasSuffix("\n") != true {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(setup.model.state.shell.message?.text == "waiting for the key of account slow (sh)")
    setup.write(Self.yaml(Self.acme, Self.account("shops", numbers: ["1"])), seconds: 3)
    await reload.reload(isAsked: false)
    await first.value
    #expect(setup.polled.map(\.accounts) == [["acme", "shops"]])
    let process = try folder.read("process").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(kill(try #require(pid_t(process)), 0) == -1)
  }

  @Test func `a program is run again when that is asked for, not for each change of the file`()
    async throws
  {
    let folder = try TemporaryFolder()
    let script = "echo run >> \(folder.path)/runs; echo key-000"
    let account = Self.commandAccount("acme", script: script)
    let setup = ReloadSetup(Self.yaml(account))
    let reload = try setup.reload()
    for (place, top) in ["", "clock: off\n", "clock: on\n"].enumerated() {
      setup.write(Self.yaml(account, top: top), seconds: Double(place + 2))
      await reload.reload(isAsked: false)
    }
    #expect(try folder.read("runs") == "run\n")
    await reload.reload(isAsked: true)
    #expect(try folder.read("runs") == "run\nrun\n")
  }

  @Test func `a program that fails leaves the accounts as they were`() async throws {
    let setup = ReloadSetup(Self.yaml(Self.acme))
    let reload = try setup.reload()
    setup.write(Self.yaml(Self.acme, Self.commandAccount("bad", script: "exit 4")), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(setup.polled.isEmpty)
    #expect(
      setup.model.state.shell.message?.text
        == "Not reloaded: config.yaml:8:22: accounts.bad.api_key_command: sh ended with exit status 4"
    )
  }

  private nonisolated static func commandAccount(_ name: String, script: String) -> String {
    """
      - name: \(name)
        provider: kapso
        api_key_command: [sh, -c, "\(script)"]
        numbers: [ "9" ]
    """
  }
}
