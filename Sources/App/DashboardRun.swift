import Alerts
import Configuration
import Health
import History
import Logging
import Monitor
import Screens
import ServiceLifecycle
import Terminal
import UnixSignals

/// Runs the dashboard: the screen and the polling, concurrently.
struct DashboardRun {
  let configuration: Configuration
  let options: ScreenOptions
  let environment: ProcessEnvironment
  let wiring: Wiring
  /// The file for stderr while the screen is open.
  let logPath: String?
  var title: String?
  /// Where everything is remembered; nil means only in memory.
  var stateDirectory: String?

  /// The configuration file to watch; nil if there is none.
  var configurationFile: String?

  /// Returns when the operator quits, the terminal goes away or a signal ends it.
  @MainActor
  func run(
    beside other: (any Service)? = nil,
    accounts: @escaping PollingService.Accounts
  ) async throws {
    let changes = ChangeLog()
    let troubles = NewTroubles(since: wiring.time.now)
    let core = await MonitoringCore(
      wiring,
      rememberingIn: stateDirectory,
      confirming: configuration.confirmation,
      consumers: options.plain ? [changes, troubles] : [troubles]
    )
    let model = try model(of: core)
    let tell: MonitoringCore.Tell = { await model.announce($0, kind: $1) }
    let remembering = core.remembering(tell: tell) { await model.show(pollingNote: $0) }
    let operators = core.operators(tell: tell)
    let polling = core.polling(into: remembering, tell: tell, accounts: accounts)
    let alerts = core.alerts(
      to: configuration.receivers,
      in: environment,
      once: polling,
      tell: tell,
      show: { await model.show($0.map(ReceiverLine.init)) }
    )
    let reload = configurationFile.map { [environment] file in
      core.reload(
        configuration,
        of: file,
        in: environment,
        polling,
        alerts,
        telling: model,
        themes: { ThemeLibrary(in: environment).files.map(FileStamp.init) }
      )
    }
    let interface: any Service =
      options.plain
      ? plainInterface(model, changes, polling, operators, reload)
      : try screen(model, polling, operators, reload, troubles)
    let visit = stateDirectory.map { directory in
      VisitService(
        visit: LastVisit(in: directory),
        history: { core.recorder.store },
        model: model,
        time: wiring.time
      )
    }
    let monitoring = MonitoringService(monitor: core.monitor, model: model)
    let background: [(any Service)?] = [
      monitoring, remembering, core.record, visit, operators, alerts, polling,
    ]
    let services: [(any Service)?] =
      [other] + background.map { $0.map(BackgroundService.init) } + [reload]
    do {
      // Services end in reverse order, so that the simulator's server outlives its clients, and
      // everything that was polled is remembered.
      try await group(of: services.compactMap(\.self), and: interface).run()
    } catch let error as TerminalError {
      throw CommandFailure(error.description)
    }
  }

  @MainActor
  private func model(of core: MonitoringCore) throws -> ScreenModel {
    let model = ScreenModel(
      time: wiring.time,
      monitor: core.monitor,
      masksNumbers: options.masking.mask
    )
    model.history = { core.recorder.store }
    model.adopt(configuration.names)
    model.setOperator(environment.operatorName, sharesNotes: core.sharesNotes)
    model.filter(by: try options.filtering.filter(named: configuration.names).text)
    return model
  }

  @MainActor
  private func screen(
    _ model: ScreenModel,
    _ polling: PollingService,
    _ operators: OperatorService,
    _ reload: ConfigurationReload?,
    _ troubles: NewTroubles
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
        // The user's themes are listed again each time, because they may change.
        try ThemeLibrary(in: environment).choice($0, in: environment)
      },
      chrome: Chrome(title: title, showsClock: configuration.showsClock),
      time: wiring.time
    )
    interface.reload = reload
    interface.operators = operators
    interface.signals = configuration.signals
    interface.troubles = troubles
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
        interface.adopt(
          theme.choice,
          showsClock: configuration.showsClock,
          signals: configuration.signals
        )
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
    _ operators: OperatorService,
    _ reload: ConfigurationReload?
  ) -> PlainInterface {
    PlainInterface(
      model: model,
      changes: changes,
      polling: polling,
      reload: reload,
      operators: operators,
      title: ["wabatop", Wabatop.version, title].compactMap(\.self).joined(separator: " "),
      time: wiring.time
    )
  }

  /// When the screen ends, the program ends; a signal ends everything gracefully.
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
