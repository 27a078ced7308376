import ArgumentParser
import Configuration
import Logging
import Providers
import Service
import Simulator

/// Polls and remembers, without a screen.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Poll, remember, tell alerts and answer over HTTP, without a screen: for systemd.",
    discussion: """
      Dashboards on the same machine show what it finds, and go on by themselves when it ends. It says on \
      stderr what it polls and where it remembers, runs until SIGTERM or ^C, and reloads the \
      configuration on SIGHUP or when the file changes.

      It tells the receivers under `alerts` in the configuration what is wrong: an Alertmanager, webhooks, \
      programs. `wabatop alerts` says how that goes.

      With --listen it has /metrics for Prometheus, /wall for a browser, /api/v1/… for programs, and /readyz; \
      / lists them. A request never polls.

      Example: wabatop serve --config /etc/wabatop/config.yaml --listen 127.0.0.1:9464
               wabatop serve --demo --listen 127.0.0.1:9464
      """
  )

  @OptionGroup var listening: ListenOptions

  @Flag(help: "Poll a built-in simulator instead of the accounts, and keep nothing.")
  var demo = false

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var theming: ThemeOption
  @OptionGroup(title: "Global options") var masking: MaskOption
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
    guard !demo else { return try await runDemo(environment) }
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
      configurationFile: paths.configuration.path,
      listener: try listener(configuration, environment)
    )
    let names = configuration.accounts.map(\.settings.name).joined(separator: ", ")
    let journal = Journal(environment)
    ErrorLines.print("watches \(names), and remembers in \(paths.history.path)", to: journal)
    try await tellingFailures(of: run.listener, journal) { try await run.run() }
  }

  private func runDemo(_ environment: ProcessEnvironment) async throws {
    let run = ServeDemo(
      simulator: DemoSimulator(.demo(), environment),
      wiring: try log.quietWiring(),
      listener: try listener(Configuration(), environment, title: "demo")
    )
    let journal = Journal(environment)
    ErrorLines.print("watches the built-in simulator, and keeps nothing", to: journal)
    try await tellingFailures(of: run.listener, journal) { try await run.run() }
  }

  /// Says where it listens, and why it can't go on.
  private func tellingFailures(
    of listener: ServeListener?,
    _ journal: Journal,
    _ run: () async throws -> Void
  ) async throws {
    if let listener { ErrorLines.print("listens at \(listener.place)", to: journal) }
    do {
      try await run()
    } catch let error as ListenError {
      throw CommandFailure("--listen: \(error.text)")
    } catch let error as SimulatorError {
      throw CommandFailure(error.description)
    }
  }

  private func listener(
    _ configuration: Configuration,
    _ environment: ProcessEnvironment,
    title: String? = nil
  ) throws -> ServeListener? {
    let name = theming.theme ?? configuration.theme
    // A wrong name is reported now, not on the wall.
    _ = try ThemeLibrary(in: environment).choice(name, in: environment)
    return try ServeListener(
      listening,
      configured: configuration.serve,
      theme: name,
      masksNumbers: masking.mask,
      title: title,
      in: environment
    )
  }
}
