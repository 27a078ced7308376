import Alerts
import Configuration
import Health
import History
import Monitor
import Screens
import Service
import ServiceLifecycle
import UnixSignals

/// Runs polling and remembering, without a screen.
struct ServeRun {
  let configuration: Configuration
  let environment: ProcessEnvironment
  let wiring: Wiring
  /// Where everything is remembered; nil means only in memory.
  var stateDirectory: String?
  /// The configuration file to watch; nil if there is none.
  var configurationFile: String?
  /// Answers over HTTP, if wanted.
  var listening: ServeListener?

  /// Returns when a signal ends it.
  @MainActor
  func run(
    beside other: (any Service)? = nil,
    accounts: @escaping PollingService.Accounts
  ) async throws {
    let recording = stateDirectory.map { wiring.recording(in: $0) }
    let recorder = recording?.recorder ?? RunMemory.recorder(time: wiring.time)
    let ledger = wiring.ledger()
    let inbox = AlertInbox()
    let feed = EventFeed(time: wiring.time)
    let consumers: [(any ChangeConsumer)?] = [
      recorder, ledger, inbox, listening.map { _ in feed },
    ]
    let monitor = FleetMonitor(
      time: wiring.time,
      confirming: configuration.confirmation,
      consumers: consumers.compactMap(\.self)
    )
    await ledger.tell(monitor)
    let lines = ErrorLines(monitor, configuration.names, Journal(environment))
    let sharing = recording.map { SharedPolling($0, of: monitor, time: wiring.time) }
    let history = sharing.map { sharing in
      HistoryService(
        sharing,
        of: monitor,
        time: wiring.time,
        logger: wiring.logger("history"),
        display: HistoryService.Display(
          warn: { await lines.announce($0, kind: .error) },
          show: { for sentence in $1 { await lines.announce(sentence) } }
        )
      )
    }
    let memory = history == nil ? RunMemory(recorder, of: monitor, time: wiring.time) : nil
    let observers: [(any FleetObserver)?] = [history, memory]
    let polls = PollCounts(before: observers.compactMap(\.self).first ?? monitor)
    // What is acknowledged ends where it is polled.
    let operators = OperatorService(
      ledger,
      recording,
      time: wiring.time,
      logger: wiring.logger("operators"),
      tell: { await lines.announce($0, kind: .error) }
    )
    let alerts = AlertService(
      wiring.teller(of: monitor, inbox, recorder: recorder, sharing: sharing),
      configuration.receivers,
      wiring,
      in: environment,
      display: AlertService.Display(
        tell: { await lines.announce($0, kind: $1 ? .error : .notice) },
        show: { _ in }
      )
    )
    let polling = PollingService(
      wiring: wiring,
      observer: polls,
      sharing: sharing,
      tell: { await lines.announce($0, kind: $1) },
      accounts: accounts
    )
    polling.begin()
    let reload = configurationFile.map { self.reload(of: $0, lines, polling, alerts) }
    let live = LiveState(
      of: monitor,
      time: wiring.time,
      names: { lines.names },
      history: { recorder.store }
    )
    let listener = listening?.listener(live, polls: polls, feed: feed)
    let manager = ServiceManager(environment)
    let status = manager.map { manager in
      ServiceStatus(manager: manager, monitor: monitor, time: wiring.time) {
        let isPolling = await polling.accounts != nil
        return isPolling && recorder.condition.state != .opening
      }
    }
    // Services end in reverse order, so that everything that was polled is remembered.
    let services: [(any Service)?] = [
      other, MonitoringService(monitor: monitor), history, memory,
      RunRecord(recorder: recorder, time: wiring.time), operators, alerts, polling, reload,
      reload.map { ReloadOnHangUp(reload: $0, manager: manager) },
      listener.map { _ in BackgroundService(service: feed) }, listener, status,
    ]
    try await ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.compactMap(\.self).map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: wiring.logger("services")
      )
    )
    .run()
  }

  @MainActor
  private func reload(
    of path: String,
    _ lines: ErrorLines,
    _ polling: PollingService,
    _ alerts: AlertService
  ) -> ConfigurationReload {
    ConfigurationReload(
      configuration,
      ConfigurationReload.Dependencies(
        stamps: { ConfigurationReload.Stamps(configuration: FileStamp(of: path)) },
        read: { [environment] in
          Result { () throws(ConfigurationError) in
            try ConfigurationFile.read(path, environment: environment)
          }
        },
        accounts: { await polling.accounts },
        poll: { await polling.replace($0, keeping: $1) },
        alert: { await alerts.replace($0) }
      ),
      secrets: wiring.secrets,
      listener: lines,
      time: wiring.time,
      logger: wiring.logger("configuration")
    )
  }
}

/// Reloads the configuration on SIGHUP, as services do that have no terminal.
struct ReloadOnHangUp: Service {
  let reload: ConfigurationReload
  let manager: ServiceManager?

  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    for await _ in signals.cancelOnGracefulShutdown() {
      manager?.tell(.reloading(at: ServiceManager.uptime))
      await reload.reload(isAsked: true)
      manager?.tell(.ready)
    }
  }
}
