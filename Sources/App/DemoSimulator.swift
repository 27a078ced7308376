import Configuration
import Health
import Simulator

/// The simulator in this process, and its accounts.
struct DemoSimulator: Sendable {
  let server: SimulatorServer
  private let environment: ProcessEnvironment

  init(_ scenario: Scenario, refresh: Duration? = nil, _ environment: ProcessEnvironment) {
    var scenario = scenario
    if let refresh { scenario.refresh = refresh }
    server = SimulatorServer(scenario: scenario)
    self.environment = environment
  }

  /// The simulator's accounts, as soon as it listens.
  func accounts() async throws -> [ConfiguredAccount] {
    let yaml = server.simulation.configurationYAML(port: try await server.boundPort)
    return try ConfigurationFile.parse(yaml, file: "demo.yaml", environment: environment).accounts
  }
}

extension Wiring {
  /// Sweeps over a simulator that runs only for that time.
  func sweepSimulator(
    within timeout: Duration,
    includingTemplates: Bool = false,
    into observer: any FleetObserver,
    in environment: ProcessEnvironment
  ) async throws {
    let simulator = DemoSimulator(.demo(), environment)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await simulator.server.run() }
      await sweep(
        try await simulator.accounts(),
        within: timeout,
        includingTemplates: includingTemplates,
        into: observer
      )
      group.cancelAll()
    }
  }
}
