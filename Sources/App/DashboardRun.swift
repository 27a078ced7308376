import Dashboard
import Logging
import ServiceLifecycle
import Terminal
import UnixSignals
import Views

/// A dashboard from its first frame to its last: the screen and the polling, side by side.
struct DashboardRun {
  let configuration: Configuration
  let options: GlobalOptions
  let environment: ProcessEnvironment
  let wiring: Wiring
  /// Where stderr goes while the screen is up.
  let logPath: String?
  var title: String?

  /// Returns when the operator quits, the terminal goes away or a signal ends it.
  @MainActor
  func run(
    beside other: (any Service)? = nil,
    accounts: @escaping PollingService.Accounts
  ) async throws {
    let themes = ThemeLibrary(directory: ConfigurationPaths(environment: environment).themes)
    let theme = try themes.choice(options.theme ?? configuration.theme, in: environment)
    let model = DashboardModel(time: wiring.time, masksNumbers: options.mask)
    model.filter(by: options.filter.text)
    model.offer(themes: ["auto"] + themes.names)
    if let mistake = theme.mistake { model.announce(mistake, kind: .error) }
    let polling = PollingService(wiring: wiring, observer: model, accounts: accounts)
    let interface = UserInterface(
      model: model,
      polling: polling,
      terminal: TerminalOptions(
        environment: environment.variables,
        color: options.color,
        ascii: options.ascii,
        asksForBackground: theme.choice.dependsOnBackground,
        escapeDelay: configuration.escapeDelay,
        logFile: logPath
      ),
      theme: theme.choice,
      themes: { try themes.choice($0, in: environment) },
      chrome: Chrome(title: title, showsClock: configuration.showsClock),
      time: wiring.time
    )
    do {
      // They end in reverse: a server that ends while it is being asked has connections to lose.
      try await group(of: [other, polling].compactMap(\.self), and: interface).run()
    } catch let error as TerminalError {
      throw CommandFailure(error.description)
    }
  }

  /// The screen's end is the program's; a signal ends everything in its own time.
  private func group(of services: [any Service], and interface: UserInterface) -> ServiceGroup {
    let others = services.map { service in
      ServiceGroupConfiguration.ServiceConfiguration(service: service)
    }
    let screen = ServiceGroupConfiguration.ServiceConfiguration(
      service: interface,
      successTerminationBehavior: .gracefullyShutdownGroup
    )
    return ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: others + [screen],
        gracefulShutdownSignals: [.sigterm, .sigint, .sighup],
        logger: wiring.logger("services")
      )
    )
  }
}
