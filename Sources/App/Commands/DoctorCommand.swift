import ArgumentParser
import Configuration
import Glibc
import Service
import Terminal
import Transport

/// What this terminal, locale and configuration support, and what to do about faults.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what this terminal, locale and configuration support, and what to do.",
    discussion: """
      No provider is asked. Exit status: 0, or 3 where something keeps the dashboard from working.

      Example: wabatop doctor
      """
  )

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var theming: ThemeOption
  @OptionGroup(title: "Global options") var coloring: ColorOption
  @OptionGroup(title: "Global options") var signs: AsciiOption
  @OptionGroup(title: "Global options") var log: LogFileOption

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let paths = file.paths(in: environment)
    let terminal = TerminalOptions(
      environment: environment.variables,
      color: coloring.color,
      ascii: signs.ascii
    )
    let report = DoctorReport(
      DoctorReport.Findings(
        facts: TerminalFacts.found(for: terminal),
        terminal: terminal,
        environment: environment,
        paths: paths,
        configuration: await configuration(at: paths.configuration.path, in: environment),
        themeOption: theming.theme,
        themes: ThemeLibrary(directory: paths.themes),
        requestLibrary: RequestLibrary.found(),
        listenLibrary: ListenLibrary.found(),
        log: log.logFile.map { .init(path: $0, reason: "--log-file") } ?? paths.log,
        canWrite: Self.canWrite
      )
    )
    try Output.deliver(report.text)
    if !report.isFit { throw ProcessStatus.unknown }
  }

  private func configuration(
    at path: String,
    in environment: ProcessEnvironment
  ) async -> Result<Configuration, ConfigurationError> {
    do throws(ConfigurationError) {
      return .success(try await ConfigurationFile.readWithSecrets(path, environment: environment))
    } catch {
      return .failure(error)
    }
  }

  /// Missing directories are created later, so the nearest existing one is checked.
  private static func canWrite(in directory: String) -> Bool {
    var path = Substring(directory)
    while access(path.isEmpty ? "/" : String(path), F_OK) != 0, let slash = path.lastIndex(of: "/")
    {
      path = path[..<slash]
    }
    return access(path.isEmpty ? "/" : String(path), W_OK | X_OK) == 0
  }
}
