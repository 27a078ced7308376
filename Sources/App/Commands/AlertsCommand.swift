import ArgumentParser
import Configuration
import Health

/// Lists the receivers of alerts, or tries one.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "List the receivers of alerts and how telling them goes, or test one.",
    discussion: "Example: wabatop alerts test ops",
    subcommands: [AlertsListCommand.self, AlertsHistoryCommand.self, AlertsTestCommand.self],
    defaultSubcommand: AlertsListCommand.self
  )
}

struct AlertsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the receivers, what they were told and what still waits. This is the default.",
    discussion: """
      Notices that were given up are listed with the reason. Exit status: 0, or 3 where it could not be \
      looked up.

      Example: wabatop alerts list --json
      """
  )

  @Flag(help: "List it as JSON.") var json = false

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let paths = file.paths(in: environment)
    let configuration = try ConfigurationFile.read(
      paths.configuration.path,
      environment: environment
    )
    let wiring = try log.quietWiring()
    let store = try await wiring.openAlerts(paths)
    let listing = try await AlertListing(
      of: configuration.receivers,
      in: store,
      at: wiring.time.now
    )
    try Output.deliver(json ? listing.json : listing.text)
  }
}

struct AlertsHistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List what webhooks and programs were told and when, the latest last.",
    discussion: """
      Notices are kept for 30 days. Exit status: 0, or 3 where it could not be looked up.

      Example: wabatop alerts history --limit 20
      """
  )

  @Option(help: ArgumentHelp("So many of the latest notices.", valueName: "count"))
  var limit = 100

  @Flag(help: "List it as JSON.") var json = false

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func validate() throws {
    guard (1...100_000).contains(limit) else {
      throw ValidationError("--limit takes a number from 1 to 100000")
    }
  }

  func run() async throws {
    let wiring = try log.quietWiring()
    let store = try await wiring.openAlerts(file.paths(in: .current()))
    let listing = try await NoticeListing(of: store, limit: limit, at: wiring.time.now)
    try Output.deliver(json ? listing.json : listing.text)
  }
}

struct AlertsTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Tell a receiver something that is marked as a test, and say what came of it.",
    discussion: """
      The alert is named WabatopTest and is over after a minute; a webhook or a program gets the event \
      `test`. Exit status: 0 if every address accepted it, 2 if one did not, 3 if it could not be tried.

      Example: wabatop alerts test ops
      """
  )

  @Argument(help: ArgumentHelp("The receiver's name in the configuration.", valueName: "name"))
  var name: String

  @OptionGroup(title: "Global options") var file: ConfigurationOption
  @OptionGroup(title: "Global options") var log: LogOptions

  func run() async throws {
    let environment = ProcessEnvironment.current()
    let wiring = try log.quietWiring()
    let configuration = try ConfigurationFile.read(
      file.paths(in: environment).configuration.path,
      environment: environment
    )
    let answers = try await AlertTest(wiring, environment).run(name, of: configuration.receivers)
    for answer in answers { try Output.deliver(answer.line + "\n") }
    if answers.contains(where: { $0.failure != nil }) { throw ProcessStatus.critical }
  }
}
