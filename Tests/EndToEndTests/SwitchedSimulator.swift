import Simulator
import Synchronization
import TestSupport

/// Makes the WABA of a simulated account blocked, and fine again.
final class Fault: Sendable {
  private let elapsed = Mutex(Duration.zero)
  private let origin = ContinuousClock.now

  /// The clock of the scenario, which moves only when it is told to.
  var now: ContinuousClock.Instant { origin + elapsed.withLock { $0 } }

  func begin() { elapsed.withLock { $0 = .seconds(1500) } }
  func end() { elapsed.withLock { $0 = .seconds(2500) } }
}

func withSwitchedSimulator(
  in folder: TemporaryFolder,
  _ body: (_ fault: Fault, _ configuration: String) async throws -> Void
) async throws {
  let fault = Fault()
  let scenario = Scenario(
    name: "switched",
    refresh: .seconds(1),
    accounts: [Scenario.Account(name: "acme", provider: .kapso, count: 5, wabas: 1)],
    events: [
      Scenario.Event(
        at: .seconds(1000),
        until: .seconds(2000),
        on: Scenario.Scope(account: "acme", waba: "1"),
        change: StateChange(waba: EntityChange(send: "BLOCKED", errors: [141_006]))
      )
    ]
  )
  let server = SimulatorServer(scenario: scenario, now: { fault.now })
  let run = RealTime.start { try await server.run() }
  let port = try await server.boundPort
  let path = try folder.write(
    server.simulation.configurationYAML(port: port),
    to: "accounts.yaml"
  )
  do {
    try await body(fault, path)
  } catch {
    run.cancel()
    throw error
  }
  run.cancel()
  try await run.value
}
