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
    let recording = stateDirectory.map { wiring.recording(in: $0) }
    let recorder = recording?.recorder ?? RunMemory.recorder(time: wiring.time)
    let ledger = wiring.ledger()
    let inbox = AlertInbox()
    let troubles = NewTroubles(since: wiring.time.now)
    let consumers: [(any ChangeConsumer)?] = [
      options.plain ? changes : nil, recorder, ledger, inbox, troubles,
    ]
    let monitor = FleetMonitor(
      time: wiring.time,
      confirming: configuration.confirmation,
      consumers: consumers.compactMap(\.self)
    )
    await ledger.tell(monitor)
    let model = ScreenModel(
      time: wiring.time,
      monitor: monitor,
      masksNumbers: options.masking.mask
    )
    model.history = { recorder.store }
    model.adopt(configuration.names)
    model.setOperator(environment.operatorName, sharesNotes: recording != nil)
    model.filter(by: try options.filtering.filter(named: configuration.names).text)
    let sharing = recording.map { SharedPolling($0, of: monitor, time: wiring.time) }
    let history = sharing.map { sharing in
      HistoryService(
        sharing,
        of: monitor,
        time: wiring.time,
        logger: wiring.logger("history"),
        display: HistoryService.Display(
          warn: { await model.announce($0, kind: .error) },
          show: { note, sentences in
            await model.show(pollingNote: note)
            for sentence in sentences { await model.announce(sentence) }
          }
        )
      )
    }
    let memory = history == nil ? RunMemory(recorder, of: monitor, time: wiring.time) : nil
    let observers: [(any FleetObserver)?] = [history, memory]
    let operators = OperatorService(
      ledger,
      recording,
      time: wiring.time,
      logger: wiring.logger("operators"),
      tell: { await model.announce($0, kind: .error) }
    )
    let polling = PollingService(
      wiring: wiring,
      observer: observers.compactMap(\.self).first ?? monitor,
      sharing: sharing,
      tell: { await model.announce($0, kind: $1) },
      accounts: accounts
    )
    let alerts = AlertService(
      wiring.teller(of: monitor, inbox, recorder: recorder, sharing: sharing),
      configuration.receivers,
      wiring,
      in: environment,
      once: { await polling.hasBegun },
      display: AlertService.Display(
        tell: { await model.announce($0, kind: $1 ? .error : .notice) },
        show: { conditions in await model.show(conditions.map(ReceiverLine.init)) }
      )
    )
    let reload = configurationFile.map { self.reload(of: $0, model, polling, alerts) }
    let interface: any Service =
      options.plain
      ? plainInterface(model, changes, polling, operators, reload)
      : try screen(model, polling, operators, reload, troubles)
    let record = RunRecord(recorder: recorder, time: wiring.time)
    let visit = stateDirectory.map { directory in
      VisitService(
        visit: LastVisit(in: directory),
        history: { recorder.store },
        model: model,
        time: wiring.time
      )
    }
    let monitoring = MonitoringService(monitor: monitor, model: model)
    let background: [(any Service)?] = [
      monitoring, history, memory, record, visit, operators, alerts, polling,
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
