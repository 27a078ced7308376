import Foundation
import Simulator
import Synchronization
import TestSupport
import Testing

/// Processes of one host that tell a webhook, one of which is killed.
@Suite(.serialized, .realTime, .timeLimit(.minutes(10)))
struct AlertTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What was told: for each event the causes, as often as under another id.
  private final class Hook: Sendable {
    private struct Message: Decodable {
      struct Alert: Decodable { let fingerprint: String }

      let id: String
      let event: String
      let alert: Alert
    }

    private let told = Mutex<[String: [String: String]]>([:])

    func server() throws -> RawServer {
      try RawServer { [self] connection in
        while let head = connection.readHead() {
          let body = Data(connection.readBody(after: head).utf8)
          if let message = try? JSONDecoder().decode(Message.self, from: body) {
            told.withLock {
              $0[message.event, default: [:]][message.id] = message.alert.fingerprint
            }
          }
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
      }
    }

    func causes(of event: String) -> [String] {
      told.withLock { $0[event, default: [:]].values.sorted() }
    }
  }

  @Test func `an incident is told once and resolved once, though the process that polls is killed`()
    async throws
  {
    let hook = Hook()
    let server = try hook.server()
    defer { server.stop() }
    var change = StateChange()
    change.waba = EntityChange(send: "BLOCKED", errors: [141_006])
    let outage = Scenario.Event(
      until: .seconds(60),
      on: Scenario.Scope(account: "acme", waba: "1"),
      change: change
    )
    try await withSimulator(
      numbers: 6,
      refresh: .seconds(2),
      events: [outage],
      in: folder
    ) { _, configuration in
      let alerts = """

        alerts:
          - { name: hook, webhook: { url: "http://127.0.0.1:\(server.port)/" } }

        """
      let text = try String(contentsOfFile: configuration, encoding: .utf8)
      try (text + alerts).write(toFile: configuration, atomically: false, encoding: .utf8)
      let state = "\(folder.path)/state"
      var processes = try (0..<2).map { _ in
        try ServeProcess(configuration: configuration, state: state)
      }
      try wait("it is told") { !hook.causes(of: "incident_started").isEmpty }
      let poller = try #require(try HistoryFile(in: state).poller)
      let victim = try #require(processes.first { $0.number == poller })
      victim.send(SIGKILL)
      _ = victim.end()
      processes.removeAll { $0.number == poller }
      try wait("its end is told", within: .seconds(180)) {
        hook.causes(of: "incident_resolved") == hook.causes(of: "incident_started")
      }
      // What would be told twice would be told by now.
      usleep(3_000_000)
      let causes = hook.causes(of: "incident_started")
      #expect(causes.count == Set(causes).count)
      #expect(hook.causes(of: "incident_resolved") == causes)
      for process in processes { process.send(SIGTERM) }
      for process in processes { #expect(process.end().status == 0) }
    }
  }
}
