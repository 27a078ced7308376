import Configuration
import Logging
import Monitor
import Screens
import ServiceLifecycle
import Terminal
import UnixSignals

/// A dashboard from its first frame to its last: the screen and the polling, side by side.
struct DashboardRun {
  let configuration: Configuration
  let options: ScreenOptions
  let environment: ProcessEnvironment
  let wiring: Wiring
  /// Where stderr goes while the screen is up.
  let logPath: String?
  var title: String?

  /// The file to look at while it runs; nil where there is none.
  var configurationFile: String?

  /// Returns when the operator quits, the terminal goes away or a signal ends it.
  @MainActor
  func run(
    beside other: (any Service)? = nil,
    accounts: @escaping PollingService.Accounts
  ) async throws {
    let changes = ChangeLog()
    let monitor = FleetMonitor(time: wiring.time, consumers: options.plain ? [changes] : [])
    let model = ScreenModel(
      time: wiring.time,
      monitor: monitor,
      masksNumbers: options.masking.mask
    )
    model.adopt(configuration.names)
    model.filter(by: try options.filtering.filter(named: configuration.names).text)
    let polling = PollingService(
      wiring: wiring,
      observer: monitor,
      tell: { await model.announce($0, kind: $1) },
      accounts: accounts
    )
    let reload = configurationFile.map { self.reload(of: $0, model, polling) }
    let interface: any Service =
      options.plain
      ? plainInterface(model, changes, polling, reload) : try screen(model, polling, reload)
    let monitoring = MonitoringService(monitor: monitor, model: model)
    let services: [(any Service)?] = [other, monitoring, polling, reload]
    do {
      // They end in reverse: a server that ends while it is being asked has connections to lose.
      try await group(of: services.compactMap(\.self), and: interface).run()
    } catch let error as TerminalError {
      throw CommandFailure(error.description)
    }
  }

  @MainActor
  private func screen(
    _ model: ScreenModel,
    _ polling: PollingService,
    _ reload: ConfigurationReload?
  ) throws -> UserInterface {
    let themes = ThemeLibrary(in: environment)
    let theme = try themes.choice(options.theming.theme ?? configuration.theme, in: environment)
    model.offer(themes: ["auto"] + themes.names)
    if let mistake = theme.mistake { model.announce(mistake, kind: .error) }
    let interface = UserInterface(
      model: model,
      polling: polling,
      terminal: TerminalOptions(
        environment: environment.variables,
        color: options.coloring.color,
        ascii: options.signs.ascii,
        asksForBackground: theme.choice.dependsOnBackground,
        escapeDelay: configuration.escapeDelay,
        logFile: logPath
      ),
      theme: theme.choice,
      themes: { [environment] in
        // The user's own are listed anew each time, for they come and go.
        try ThemeLibrary(in: environment).choice($0, in: environment)
      },
      chrome: Chrome(title: title, showsClock: configuration.showsClock),
      time: wiring.time
    )
    interface.reload = reload
    reload?.show = { [environment] configuration in
      let name = options.theming.theme ?? configuration.theme
      let read = await Blocking.run {
        let themes = ThemeLibrary(in: environment)
        return (names: themes.names, theme: Result { try themes.choice(name, in: environment) })
      }
      guard let read else { return nil }
      model.offer(themes: ["auto"] + read.names)
      switch read.theme {
      case .success(let theme):
        interface.adopt(theme.choice, showsClock: configuration.showsClock)
        return theme.mistake
      case .failure(let error): return (error as? CommandFailure)?.text ?? "\(error)"
      }
    }
    return interface
  }

  @MainActor
  private func plainInterface(
    _ model: ScreenModel,
    _ changes: ChangeLog,
    _ polling: PollingService,
    _ reload: ConfigurationReload?
  ) -> PlainInterface {
    PlainInterface(
      model: model,
      changes: changes,
      polling: polling,
      reload: reload,
      title: ["wabatop", Wabatop.version, title].compactMap(\.self).joined(separator: " "),
      time: wiring.time
    )
  }

  @MainActor
  private func reload(
    of path: String,
    _ model: ScreenModel,
    _ polling: PollingService
  ) -> ConfigurationReload {
    ConfigurationReload(
      configuration,
      ConfigurationReload.Surroundings(
        stamps: { [environment] in
          ConfigurationReload.Stamps(
            configuration: FileStamp(of: path),
            themes: ThemeLibrary(in: environment).files.map(FileStamp.init)
          )
        },
        read: { [environment] in
          Result { () throws(ConfigurationError) in
            try ConfigurationFile.read(path, environment: environment)
          }
        },
        accounts: { await polling.accounts },
        poll: { await polling.replace($0, keeping: $1) }
      ),
      secrets: wiring.secrets,
      model: model,
      time: wiring.time,
      logger: wiring.logger("configuration")
    )
  }

  /// The screen's end is the program's; a signal ends everything in its own time.
  private func group(of services: [any Service], and interface: any Service) -> ServiceGroup {
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
