import ArgumentParser
import Canvas
import Configuration
import Logging
import Monitor
import Screens

// Options of several commands; each command has only those that it uses. They may also precede the
// command's name, for use in an alias: see `Arguments`.

struct ConfigurationOption: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?
}

struct FilterOption: ParsableArguments {
  @Option(
    name: .customLong("filter"),
    help: ArgumentHelp(
      "Only numbers that pass this filter; =NAME is a filter from the configuration.",
      valueName: "expr"
    ),
    transform: Self.checked
  )
  private var text = ""

  /// The name of a saved filter can be resolved only with the configuration.
  private static func checked(_ text: String) throws -> String {
    guard !text.hasPrefix("=") else { return text }
    do {
      _ = try Filter(text)
      return text
    } catch {
      throw ValidationError(error.message)
    }
  }

  var isEmpty: Bool { text.isEmpty }

  /// Whether it is the name of a filter from the configuration.
  var isSaved: Bool { text.hasPrefix("=") }

  func filter(named names: OperatorNames) throws(CommandFailure) -> Filter {
    do throws(FilterError) {
      return try SavedFilters(names.filters).filter(text)
    } catch {
      throw CommandFailure("--filter: \(error.text)")
    }
  }
}

struct ThemeOption: ParsableArguments {
  @Option(help: ArgumentHelp("A theme's name; `wabatop themes` lists them.", valueName: "name"))
  var theme: String?
}

struct ColorOption: ParsableArguments {
  @Option(help: "How many colours to use.")
  var color = ColorPreference.auto
}

struct AsciiOption: ParsableArguments {
  @Flag(help: "Use only ASCII characters.")
  var ascii = false
}

struct MaskOption: ParsableArguments {
  @Flag(help: "Hide the middle of phone numbers on the screen.")
  var mask = false
}

struct StateOption: ParsableArguments {
  @Flag(help: "Remember nothing of this run: neither read nor write the history.")
  var noState = false
}

struct LogFileOption: ParsableArguments {
  @Option(help: ArgumentHelp("Write a log to this file.", valueName: "file"))
  var logFile: String?
}

struct LogOptions: ParsableArguments {
  @OptionGroup(title: "Global options") var file: LogFileOption

  @Option(help: ArgumentHelp("The least severe messages to log.", valueName: "level"))
  var logLevel: LogLevel?
}

/// How the dashboard is shown.
struct ScreenOptions: ParsableArguments {
  @OptionGroup(title: "Global options") var theming: ThemeOption
  @OptionGroup(title: "Global options") var filtering: FilterOption
  @OptionGroup(title: "Global options") var coloring: ColorOption
  @OptionGroup(title: "Global options") var signs: AsciiOption
  @OptionGroup(title: "Global options") var masking: MaskOption

  @Flag(help: "The dashboard as lines of text, for screen readers and logs.")
  var plain = false

  @OptionGroup(title: "Global options") var log: LogOptions
}

extension ConfigurationOption {
  /// The configuration with its secrets; warnings go to stderr.
  func read(in environment: ProcessEnvironment) async throws -> Configuration {
    let configuration = try await ConfigurationFile.readWithSecrets(
      paths(in: environment).configuration.path,
      environment: environment
    )
    configuration.printWarnings()
    return configuration
  }

  func paths(in environment: ProcessEnvironment) -> ConfigurationPaths {
    ConfigurationPaths(configOption: config, environment: environment)
  }
}

extension LogOptions {
  /// The wiring of a command that prints; it logs only if asked to.
  func quietWiring() throws -> Wiring { try wiring(level: .info) }

  /// The wiring with a log at `--log-file`, else at `standardLog`.
  ///
  /// If `--log-file` can't be written, it is a failure; `standardLog` just loses lines.
  func wiring(standardLog: String? = nil, level: Logger.Level) throws -> Wiring {
    let log = (file.logFile ?? standardLog).map { LogFile(path: $0) }
    if file.logFile != nil, let log, let reason = log.failure {
      throw CommandFailure("--log-file: \(log.path): \(reason)")
    }
    return Wiring(log: log, level: logLevel?.level ?? level)
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
