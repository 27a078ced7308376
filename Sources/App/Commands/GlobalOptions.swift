import ArgumentParser
import Canvas
import Configuration
import Logging
import Monitor
import Screens

/// Options that every command takes, before or after its name, so that an alias may carry them.
struct GlobalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("A theme's name; `wabatop themes` lists them.", valueName: "name"))
  var theme: String?

  @Option(
    help: ArgumentHelp("Only numbers that pass this filter.", valueName: "expr"),
    transform: Filter.init(argument:)
  )
  var filter = Filter()

  @Option(help: "How many colours the screen may have.")
  var color = ColorPreference.auto

  @Flag(help: "No signs beyond ASCII.")
  var ascii = false

  @Flag(help: "Hide the middle of phone numbers on the screen, from strangers who see it.")
  var mask = false

  @Flag(help: "The dashboard as lines that are only appended: for screen readers and logs.")
  var plain = false

  @Option(help: ArgumentHelp("Write a log to this file.", valueName: "file"))
  var logFile: String?

  @Option(help: ArgumentHelp("The least that is logged.", valueName: "level"))
  var logLevel: LogLevel?
}

extension GlobalOptions {
  /// The configuration with its secrets in place; its warnings go to stderr.
  func configuration(in environment: ProcessEnvironment) async throws -> Configuration {
    let paths = ConfigurationPaths(configOption: config, environment: environment)
    let configuration = try await ConfigurationFile.readWithSecrets(
      paths.configuration.path,
      environment: environment
    )
    configuration.printWarnings()
    return configuration
  }

  /// The wiring of a command that prints; it logs only where that was asked for.
  func quietWiring() throws -> Wiring { try wiring(level: .info) }

  /// The wiring with a log where `--log-file` says, else at `standardLog`.
  ///
  /// A log that was asked for and cannot be written to is a failure; of the other, lines are lost.
  func wiring(standardLog: String? = nil, level: Logger.Level) throws -> Wiring {
    let log = (logFile ?? standardLog).map { LogFile(path: $0) }
    if logFile != nil, let log, let reason = log.failure {
      throw CommandFailure("--log-file: \(log.path): \(reason)")
    }
    return Wiring(log: log, level: logLevel?.level ?? level)
  }
}

extension Filter {
  /// A filter that is wrong is wrong usage, and its place is shown.
  fileprivate init(argument: String) throws {
    do {
      self = try Filter(argument)
    } catch {
      throw ValidationError(error.message)
    }
  }
}

/// swift-log's levels by their names.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
  case debug
  case info
  case warning
  case error

  var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}

extension ColorPreference: ExpressibleByArgument {}
