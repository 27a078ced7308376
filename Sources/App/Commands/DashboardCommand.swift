import ArgumentParser
import Configuration
import Logging

/// The dashboard over the accounts of the configuration.
struct DashboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Open the dashboard. This is the default command.",
    discussion: """
      Keys: ? shows them all, q quits.

      Example: wabatop --filter acme --theme mono
      """
  )

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var options: ScreenOptions
  @OptionGroup(title: "Global options") var state: StateOption

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let paths = file.paths(in: environment)
    let wiring = try options.log.wiring(standardLog: paths.log.path, level: .warning)
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
      logPath: options.log.file.logFile ?? paths.log.path,
      stateDirectory: state.noState ? nil : paths.stateDirectory,
      configurationFile: paths.configuration.path
    )
    try await run.run { configuration.accounts }
  }
}
