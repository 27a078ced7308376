import Dashboard
import Foundation
import Health
import Logging
import Providers
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
      environment: ProcessEnvironment(variables: [:], homeDirectory: "/nowhere")
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
    ]
  )
  func `what changed is said in a few words`(before: String, after: String, text: String) throws {
    let change = ConfigurationChange(
      from: try Self.configuration(before),
      to: try Self.configuration(after)
    )
    #expect(change.text == text)
  }

  private final class Text: Sendable {
    let value: Mutex<String>

    init(_ text: String) { value = Mutex(text) }

    func read() throws(ConfigurationError) -> Configuration {
      try ReloadTests.configuration(value.withLock { $0 })
    }
  }

  /// A reload over texts in place of a file, under time that passes by hand.
  @MainActor
  private final class Scene {
    let clock = ManualClock()
    let model: DashboardModel
    let text: Text
    var stamp = FileStamp(modified: .seconds(1))
    var polled: [(accounts: [String], unchanged: Set<String>)] = []
    var mistake: String?

    init(_ text: String) {
      model = DashboardModel(time: clock)
      self.text = Text(text)
    }

    func reload() throws -> ConfigurationReload {
      let reload = ConfigurationReload(
        try text.read(),
        ConfigurationReload.Surroundings(
          stamps: { [self] in [stamp] },
          read: { [text] () throws(ConfigurationError) in try text.read() },
          poll: { [self] in polled.append(($0.map(\.settings.name), $1)) }
        ),
        model: model,
        time: clock,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
      reload.show = { [self] _ in mistake }
      return reload
    }

    func write(_ text: String, seconds: Double) {
      self.text.value.withLock { $0 = text }
      stamp = FileStamp(modified: .seconds(seconds))
    }
  }

  @Test func `accounts that are what they were go on, and the operator hears what is new`()
    async throws
  {
    let scene = Scene(Self.yaml(Self.acme))
    let reload = try scene.reload()
    scene.write(Self.yaml(Self.acme, Self.account("shops", numbers: ["1"])), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(scene.polled.map(\.accounts) == [["acme", "shops"]])
    #expect(scene.polled.map(\.unchanged) == [["acme"]])
    #expect(scene.model.state.message?.text == "configuration reloaded: +1 account, +1 number")
    #expect(scene.model.state.message?.kind == .notice)
  }

  @Test func `a bad file changes nothing, and says where its mistake is until a key`() async throws
  {
    let scene = Scene(Self.yaml(Self.acme))
    let reload = try scene.reload()
    scene.write(Self.yaml(Self.acme, top: "refresh: 60s\nthene: mono\n"), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(scene.polled.isEmpty)
    let message = try #require(scene.model.state.message)
    #expect(message.kind == .error)
    #expect(
      message.text == "Not reloaded: config.yaml:2:1: unknown key \"thene\"; "
        + "did you mean \"theme\"?"
    )
    scene.write(Self.yaml(Self.acme), seconds: 3)
    await reload.reload(isAsked: true)
    #expect(scene.model.state.message?.text == "configuration reloaded: nothing changed")
  }

  @Test func `a secret never gets into the message`() async throws {
    let scene = Scene(Self.yaml(Self.acme))
    let reload = try scene.reload()
    scene.write(Self.yaml(Self.account("acme", key: "s3cret-000", numbers: [])), seconds: 2)
    await reload.reload(isAsked: true)
    #expect(scene.model.state.message?.text.contains("s3cret") == false)
  }

  @Test func `a theme's mistake is told in place of what changed`() async throws {
    let scene = Scene(Self.yaml(Self.acme))
    let reload = try scene.reload()
    scene.mistake = "mine.yaml:3:5: there is no role \"tixt\""
    await reload.reload(isAsked: true)
    #expect(scene.model.state.message?.text == scene.mistake)
    #expect(scene.model.state.message?.kind == .error)
  }

  @Test func `the file is looked at now and then, and read when it holds still`() async throws {
    let scene = Scene(Self.yaml(Self.acme))
    let reload = try scene.reload()
    let running = Task { try await reload.run() }
    func pass(_ duration: Duration) async {
      // The loop is on the main actor, which this test shares.
      while scene.clock.sleeperCount == 0 { await Task.yield() }
      scene.clock.advance(by: duration)
      for _ in 0..<20 { await Task.yield() }
    }
    await pass(.seconds(10))
    #expect(scene.polled.isEmpty)
    scene.write(Self.yaml(Self.acme, Self.account("shops", numbers: ["1"])), seconds: 2)
    await pass(.seconds(2))
    #expect(scene.polled.isEmpty)
    await pass(.milliseconds(500))
    while scene.polled.isEmpty { await Task.yield() }
    #expect(scene.polled.map(\.unchanged) == [["acme"]])
    running.cancel()
    _ = await running.result
  }
}
