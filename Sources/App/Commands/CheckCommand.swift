import ArgumentParser
import Canvas
import Configuration
import Health
import Screens

/// One sweep, then print and exit: for cron, CI and monitoring.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask once for every number's health, print it and exit.",
    discussion: """
      Exit status: 0 no fault reported, 1 a warning, 2 something critical, 3 nothing worse than \
      unknown, no number at all, or it could not run.

      Example: wabatop check --output nagios --timeout 50s
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case nagios
  }

  @Option(help: "How to print: a table for people, JSON, or a monitoring plugin's lines.")
  var output = Format.text

  @Option(help: ArgumentHelp("What the whole sweep may take.", valueName: "duration"))
  var timeout = DurationArgument(.seconds(30))

  @OptionGroup(title: "Global options") var options: GlobalOptions

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try options.quietWiring()
    let configuration = try await options.configuration(in: environment)
    let collector = FleetCollector(time: wiring.time)
    await wiring.sweep(configuration.accounts, within: timeout.duration, into: collector)
    let fleet = await collector.fleet
    let report = CheckReport(of: fleet, filter: options.filter, at: wiring.time.now)
    try Output.deliver(text(of: report, environment))
    for line in report.accountTroubles { Output.error("wabatop: \(line.sanitized)") }
    if report.exitStatus != .ok { throw report.exitStatus }
  }

  private func text(of report: CheckReport, _ environment: ProcessEnvironment) -> String {
    switch output {
    case .json: report.json
    case .nagios: report.nagios
    case .text:
      report.text(
        width: environment.value("COLUMNS").flatMap { Int($0) } ?? 100,
        isASCII: options.ascii || !environment.isUTF8
      )
    }
  }
}
