import ArgumentParser
import Glibc
import Logging
import ServiceLifecycle
import Simulator
import UnixSignals

/// Only the simulator: for trying configurations, and for tests.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulate all providers on 127.0.0.1, and print a configuration for them.",
    discussion: """
      It serves until it is interrupted; the keys in the configuration are its own.

      Example: wabatop simulate --port 8080 > simulator.yaml
               wabatop --config simulator.yaml
      """
  )

  @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "port"))
  var port = 8080

  @OptionGroup var scenario: ScenarioOptions

  func validate() throws {
    guard (0...65535).contains(port) else {
      throw ValidationError("--port takes 0 to 65535, not \(port).")
    }
  }

  func run() async throws {
    let scenario = try scenario.read()
    let server = SimulatorServer(scenario: scenario, port: port)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint, .sighup],
        logger: Logger(label: "simulate") { _ in SwiftLogNoOpLogHandler() }
      )
    )
    do {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let port = try await server.boundPort
        try Self.announce(server.simulation.configurationYAML(port: port))
        try await tasks.waitForAll()
      }
    } catch let error as SimulatorError {
      throw CommandFailure(error.description)
    }
  }

  /// Prints the configuration, without whose keys nobody could ask the simulator anything.
  static func announce(
    _ configuration: String,
    to descriptor: Int32 = STDOUT_FILENO
  ) throws(CommandFailure) {
    let reason =
      switch Output.attempt(configuration, to: descriptor) {
      case .written: String?.none
      case .unread: "nobody reads it"
      case .lost(let message): message
      }
    if let reason { throw CommandFailure("the configuration could not be written: \(reason)") }
  }
}
