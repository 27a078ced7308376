import Configuration
import Simulator

/// The simulator inside this process, and the accounts that belong to it.
struct DemoSimulator: Sendable {
  let server: SimulatorServer
  private let environment: ProcessEnvironment

  init(_ scenario: Scenario, refresh: Duration? = nil, _ environment: ProcessEnvironment) {
    var scenario = scenario
    if let refresh { scenario.refresh = refresh }
    server = SimulatorServer(scenario: scenario)
    self.environment = environment
  }

  /// As soon as it listens.
  func accounts() async throws -> [ConfiguredAccount] {
    let yaml = server.simulation.configurationYAML(port: try await server.boundPort)
    return try ConfigurationFile.parse(yaml, file: "demo.yaml", environment: environment).accounts
  }
}
