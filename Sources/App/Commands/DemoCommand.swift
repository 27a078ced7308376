import ArgumentParser
import Configuration
import Polling
import Simulator

/// The dashboard over a built-in simulator of all providers.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open the dashboard over a built-in simulator: no keys, no configuration.",
    discussion: """
      Within two minutes a business account gets blocked, a template is paused, a key is revoked, a \
      provider slows down and something recovers. Nothing leaves this machine and nothing stays on it.

      Example: wabatop demo --numbers 200
      """
  )

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "How old a reading may get before the number is polled again.",
      valueName: "duration"
    )
  )
  var refresh: DurationArgument?

  @OptionGroup(title: "Global options") var options: ScreenOptions

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let simulator = try DemoSimulator(scenario.read(), refresh: refresh?.duration, environment)
    var wiring = try options.log.quietWiring()
    // Shorter, so that the template's pause shows within the demo's two minutes.
    wiring.policy.factsInterval = .seconds(40)
    let run = DashboardRun(
      configuration: Configuration(),
      options: options,
      environment: environment,
      wiring: wiring,
      logPath: options.log.file.logFile,
      title: "demo"
    )
    do {
      try await run.run(beside: simulator.server) { try await simulator.accounts() }
    } catch let error as SimulatorError {
      throw CommandFailure(error.description)
    }
  }
}
