import Configuration
import Foundation
import Health
import Logging
import Monitor
import Providers
import Screens
import Simulator

@testable import App
@testable import Reports

/// A check over real HTTP: the simulator on a free port, and one sweep of what it plays.
struct SimulatedCheck {
  let report: CheckReport
  let simulation: Simulation

  /// All that a program could print or write, in one text.
  var outputs: String {
    report.json + report.nagios + report.text(width: 100, isASCII: false)
  }

  static func run(
    _ scenario: Scenario,
    timeout: Duration = .seconds(60),
    requestTimeout: Duration? = nil,
    log: LogFile? = nil
  ) async throws -> Self {
    let environment = ProcessEnvironment(variables: [:], homeDirectory: "/nowhere")
    let simulator = DemoSimulator(scenario, environment)
    let wiring = Wiring(log: log, level: .debug)
    let monitor = FleetMonitor(time: wiring.time)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await simulator.server.run() }
      let accounts = try await simulator.accounts().map { account in
        var settings = account.settings
        settings.timeout = requestTimeout ?? settings.timeout
        return ConfiguredAccount(provider: account.provider, settings: settings)
      }
      await wiring.sweep(accounts, within: timeout, into: monitor)
      group.cancelAll()
    }
    let report = CheckReport(of: await monitor.takeSnapshot().fleet, at: SystemTime().now)
    return Self(report: report, simulation: simulator.server.simulation)
  }
}
