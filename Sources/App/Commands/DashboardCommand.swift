import ArgumentParser
import Configuration
import Logging

/// The dashboard over the accounts of the configuration.
struct DashboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Open the dashboard; what is done without a command.",
    discussion: """
      Keys: ? shows them all, q quits.

      Example: wabatop --filter acme --theme mono
      """
  )

  @OptionGroup(title: "Global options") var options: GlobalOptions

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let paths = ConfigurationPaths(configOption: options.config, environment: environment)
    let wiring = try options.wiring(standardLog: paths.log.path, level: .warning)
    let configuration = try ConfigurationFile.read(
      paths.configuration.path,
      environment: environment
    )
    configuration.printWarnings()
    let run = DashboardRun(
      configuration: configuration,
      options: options,
      environment: environment,
      wiring: wiring,
      logPath: options.logFile ?? paths.log.path,
      configurationFile: paths.configuration.path
    )
    try await run.run { configuration.accounts }
  }
}
