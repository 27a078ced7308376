import ArgumentParser
import Configuration
import Logging
import Providers

/// Polls and remembers, without a screen.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Poll and remember without a screen: for systemd.",
    discussion: """
      Dashboards on the same machine show what it finds, and go on by themselves when it ends. It says on \
      stderr what it polls and where it remembers, runs until SIGTERM or ^C, and reloads the \
      configuration on SIGHUP or when the file changes.

      Example: wabatop serve --config /etc/wabatop/config.yaml
      """
  )

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var log: LogOptions

  /// Only to say why not.
  @Flag(help: .hidden) var noState = false

  func validate() throws {
    guard !noState else {
      throw ValidationError(
        "serve remembers what it polls, so it can't run with --no-state; `wabatop check` polls once."
      )
    }
  }

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let paths = file.paths(in: environment)
    let wiring = try log.quietWiring()
    let configuration = try ConfigurationFile.read(
      paths.configuration.path,
      environment: environment
    )
    configuration.printWarnings()
    let run = ServeRun(
      configuration: configuration,
      environment: environment,
      wiring: wiring,
      stateDirectory: paths.stateDirectory,
      configurationFile: paths.configuration.path
    )
    let names = configuration.accounts.map(\.settings.name).joined(separator: ", ")
    ErrorLines.print(
      "polls \(names), and remembers in \(paths.history.path)",
      to: Journal(environment)
    )
    try await run.run()
  }
}
