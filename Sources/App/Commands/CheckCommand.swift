import ArgumentParser
import Canvas
import Configuration
import Health
import Monitor
import Reports
import Screens

/// One sweep, then print and exit: for cron, CI and monitoring.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check every number once, print the result and exit.",
    discussion: """
      Exit status: 0 no fault reported, 1 a warning, 2 something critical, 3 nothing worse than \
      unknown, no number at all, or it could not run. With --fail-on critical, a warning exits with 0.

      Example: wabatop check --output nagios --timeout 50s
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case nagios
  }

  /// The least severe state that affects the exit status.
  enum FailureLevel: String, CaseIterable, ExpressibleByArgument {
    case warning
    case critical
  }

  @Option(help: "The output: text for people, JSON, or the lines of a monitoring plugin.")
  var output = Format.text

  @Option(help: "The least severe state that sets the exit status.")
  var failOn = FailureLevel.warning

  @Flag(help: "Check a built-in simulator instead of the accounts of the configuration.")
  var demo = false

  @Option(help: ArgumentHelp("The time limit for the whole sweep.", valueName: "duration"))
  var timeout = DurationArgument(.seconds(30))

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var filtering: FilterOption
  @OptionGroup(title: "Global options") var signs: AsciiOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func validate() throws {
    guard output != .nagios || failOn == .warning else {
      throw ValidationError("--fail-on can't be used with nagios, which defines the exit status.")
    }
  }

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try log.quietWiring()
    let configuration = demo ? Configuration() : try await file.read(in: environment)
    let filter = try filtering.filter(named: configuration.names)
    let monitor = FleetMonitor(time: wiring.time)
    try await sweep(configuration, wiring, into: monitor, in: environment)
    var fleet = await monitor.takeSnapshot().fleet
    // The JSON uses the providers' names only.
    if output == .text { fleet.labels = configuration.names.labels }
    let report = CheckReport(of: fleet, filter: filter, at: wiring.time.now)
    try Output.deliver(text(of: report, environment))
    for line in report.accountTroubles { Output.error("wabatop: \(line.sanitized)") }
    let isTolerated = failOn == .critical && report.exitStatus == .warning
    if report.exitStatus != .ok, !isTolerated { throw report.exitStatus }
  }

  private func sweep(
    _ configuration: Configuration,
    _ wiring: Wiring,
    into monitor: FleetMonitor,
    in environment: ProcessEnvironment
  ) async throws {
    guard !demo else {
      return try await wiring.sweepSimulator(
        within: timeout.duration,
        into: monitor,
        in: environment
      )
    }
    await wiring.sweep(configuration.accounts, within: timeout.duration, into: monitor)
  }

  private func text(of report: CheckReport, _ environment: ProcessEnvironment) -> String {
    switch output {
    case .json: report.json
    case .nagios: report.nagios
    case .text:
      report.text(
        width: Output.width(in: environment),
        isASCII: signs.ascii || !environment.isUTF8
      )
    }
  }
}
