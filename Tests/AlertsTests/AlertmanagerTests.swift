import Foundation
import Health
import History
import HistorySQLite
import Monitor
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Alerts

/// A real Alertmanager, as Debian has it, which tells a webhook what it would page for.
@Suite(.realTime, .enabled(if: FileManager.default.isExecutableFile(atPath: Alertmanager.path)))
struct AlertmanagerTests {
  @Test func `an alert is raised once and resolved once, over restarts of both`() async throws {
    let pages = Pages()
    let server = try pages.server()
    defer { server.stop() }
    let alertmanager = try Alertmanager(telling: server.port)
    defer { alertmanager.stop() }
    let transport = CurlTransport(version: "1")
    defer { transport.shutdown() }
    // A little behind, so that what is over by this clock is over for everybody.
    let scene = try Scene(ManualClock(startingAt: Date(timeIntervalSinceNow: -100)))
    func process(_ name: String) async throws -> Scene.Process {
      let url = "http://127.0.0.1:\(try await alertmanager.port())"
      let target = AlertmanagerReceiver(HTTPTarget(url: url), over: transport)
      let process = try await scene.process(
        [Receiver(name: "ops", kind: .alerts([(target, "am")]))],
        name: name
      )
      try await process.recorded.resumeIncidents(in: scene.store)
      return process
    }
    var run = try await process("a")
    await scene.poll(run, [0: "BLOCKED", 1: "BLOCKED"])
    await scene.pass(31, run)
    try await pages.wait(for: ["firing"])

    run = try await process("b")
    await scene.pass(2, run)
    alertmanager.stop()
    try alertmanager.start()
    run = try await process("c")
    await scene.pass(2, run)
    #expect(await run.teller.conditions.map(\.failure) == [nil])

    await scene.poll(run, [0: "AVAILABLE", 1: "AVAILABLE"])
    await scene.pass(2, run)
    try await pages.wait(for: ["firing", "resolved"])
  }
}

/// What an Alertmanager tells its webhook.
private final class Pages: Sendable {
  private let told = Mutex<[String]>([])

  func server() throws -> RawServer {
    try RawServer { [self] connection in
      while let head = connection.readHead() {
        let body = connection.readBody(after: head)
        // The status of the whole group comes first.
        let status = body.contains(#""status":"firing""#) ? "firing" : "resolved"
        told.withLock { $0.append(status) }
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
      }
    }
  }

  /// Waits until it was told so much, and all of that.
  func wait(for expected: [String]) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while told.withLock(\.count) < expected.count, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(told.withLock(\.self) == expected)
  }
}

private final class Alertmanager: Sendable {
  static let path = "/usr/bin/prometheus-alertmanager"

  private struct State {
    var process: Process?
    var port: Int?
  }

  private let folder: TemporaryFolder
  private let state = Mutex(State())

  init(telling port: Int) throws {
    folder = try TemporaryFolder()
    _ = try folder.write(
      """
      route: { receiver: hook, group_wait: 100ms, group_interval: 100ms, repeat_interval: 4h }
      receivers:
        - name: hook
          webhook_configs: [ { url: "http://127.0.0.1:\(port)/" } ]
      """,
      to: "config.yml"
    )
    try start()
  }

  /// Starts it, with what it knew before.
  func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path)
    let port = state.withLock(\.port) ?? 0
    process.arguments = [
      "--config.file=\(folder.path)/config.yml", "--storage.path=\(folder.path)/data",
      "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
    ]
    let log = try folder.write("", to: "log")
    process.standardError = FileHandle(forWritingAtPath: log)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    state.withLock { $0.process = process }
  }

  func stop() {
    let process = state.withLock { state in
      defer { state.process = nil }
      return state.process
    }
    process?.terminate()
    process?.waitUntilExit()
  }

  /// The port that it listens on, once it does.
  func port() async throws -> Int {
    while true {
      let log = try folder.read("log")
      if let match = log.firstMatch(of: /Listening on" address=127.0.0.1:(\d+)/),
        let port = Int(match.1)
      {
        state.withLock { $0.port = port }
        return port
      }
      try #require(state.withLock { $0.process?.isRunning } ?? false, "\(log)")
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
