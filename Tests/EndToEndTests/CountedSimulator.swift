import Foundation
import Simulator
import Synchronization
import TestSupport

/// Requests of a simulator in this process, as they came.
final class RequestLog: Sendable {
  typealias Instant = ContinuousClock.Instant

  private let moments = Mutex<[String: [Instant]]>([:])

  func note(_ target: String) { moments.withLock { $0[target, default: []].append(.now) } }

  /// When each number's health was asked for.
  var health: [String: [Instant]] {
    moments.withLock { $0.filter { $0.key.hasSuffix("/health") } }
  }

  var count: Int { health.values.reduce(0) { $0 + $1.count } }

  func isEachAsked(atLeast times: Int, of numbers: Int) -> Bool {
    let health = health
    return health.count == numbers && health.values.allSatisfy { $0.count >= times }
  }

  /// How many numbers were asked, but not within so long.
  func overdue(by time: Duration) -> Int {
    let now = Instant.now
    return health.values.count { moments in moments.last.map { now - $0 > time } ?? true }
  }

  /// Forgets all but the last request of each number.
  func forgetEarlier() {
    moments.withLock { $0 = $0.mapValues { $0.suffix(1) } }
  }

  func forget() { moments.withLock { $0 = [:] } }

  /// The times between two requests of the same number.
  var gaps: [(target: String, gap: Duration)] {
    health.flatMap { target, moments in
      zip(moments, moments.dropFirst()).map { (target, $1 - $0) }
    }
  }
}

/// Runs a simulator of one account for as long as the body needs it, with a configuration for it.
func withSimulator(
  numbers: Int,
  refresh: Duration,
  events: [Scenario.Event] = [],
  in folder: TemporaryFolder,
  _ body: (_ log: RequestLog, _ configuration: String) async throws -> Void
) async throws {
  let log = RequestLog()
  let scenario = Scenario(
    name: "shared",
    refresh: refresh,
    accounts: [Scenario.Account(name: "acme", provider: .kapso, count: numbers)],
    events: events
  )
  let server = SimulatorServer(scenario: scenario, note: { log.note($0) })
  let run = RealTime.start { try await server.run() }
  let port = try await server.boundPort
  let path = try folder.write(
    server.simulation.configurationYAML(port: port),
    to: "config.yaml"
  )
  do {
    try await body(log, path)
  } catch {
    run.cancel()
    throw error
  }
  run.cancel()
  try await run.value
}

/// `wabatop serve`, or the dashboard as text.
final class ServeProcess {
  private let process = Process()
  private let errors = Pipe()
  private let input = Pipe()
  private let text = Text()

  private final class Text: Sendable {
    private let text = Mutex("")

    var value: String { text.withLock { $0 } }
    func append(_ data: Data) { text.withLock { $0 += String(decoding: data, as: UTF8.self) } }
  }

  init(
    _ arguments: [String] = ["serve"],
    configuration: String,
    state: String,
    variables: [String: String] = [:]
  ) throws {
    process.executableURL = URL(filePath: Product.binary)
    process.arguments = arguments + ["--config", configuration]
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": state, "XDG_STATE_HOME": state, "LC_ALL": "C.UTF-8",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    .merging(variables) { $1 }
    process.standardInput = input
    process.standardOutput = errors
    process.standardError = errors
    errors.fileHandleForReading.readabilityHandler = { [text] handle in
      text.append(handle.availableData)
    }
    try process.run()
  }

  deinit {
    if process.isRunning { send(SIGKILL) }
    process.waitUntilExit()
    errors.fileHandleForReading.readabilityHandler = nil
  }

  var number: Int32 { process.processIdentifier }
  var output: String { text.value }
  var isRunning: Bool { process.isRunning }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func type(_ line: String) { input.fileHandleForWriting.write(Data((line + "\n").utf8)) }

  /// How it ended: its exit status, or the signal.
  func end() -> (reason: Process.TerminationReason, status: Int32) {
    process.waitUntilExit()
    return (process.terminationReason, process.terminationStatus)
  }
}

struct WaitedInVain: Error, CustomStringConvertible {
  let description: String
}

/// Waits until something is so; another process tells nobody.
func wait(
  _ what: String,
  within time: Duration = .seconds(60),
  until isSo: () throws -> Bool
) throws {
  let deadline = ContinuousClock.now + time
  while try !isSo() {
    guard ContinuousClock.now < deadline else {
      throw WaitedInVain(description: "waited in vain until \(what)")
    }
    usleep(10_000)
  }
}
