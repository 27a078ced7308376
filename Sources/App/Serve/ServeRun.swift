import Alerts
import Configuration
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
  let stateDirectory: String
  let configurationFile: String
  /// Answers over HTTP, if wanted.
  var listener: ServeListener?

  /// Returns when a signal ends it.
  @MainActor
  func run() async throws {
    let recording = wiring.recording(in: stateDirectory)
    let ledger = wiring.ledger()
    let inbox = AlertInbox()
    let feed = EventFeed(time: wiring.time)
    let listeners: [any ChangeConsumer] = listener == nil ? [] : [feed]
    let monitor = FleetMonitor(
      time: wiring.time,
      confirming: configuration.confirmation,
      consumers: [recording.recorder, ledger, inbox] + listeners
    )
    await ledger.tell(monitor)
    let lines = ErrorLines(monitor, Journal(environment))
    lines.adopt(configuration.names)
    let sharing = SharedPolling(recording, of: monitor, time: wiring.time)
    let history = HistoryService(
      sharing,
      of: monitor,
      time: wiring.time,
      logger: wiring.logger("history"),
      display: HistoryService.Display(
        warn: { await lines.announce($0, kind: .error) },
        show: { for sentence in $1 { await lines.announce(sentence) } }
      )
    )
    // What is acknowledged ends where it is polled.
    let operators = OperatorService(
      ledger,
      recording,
      time: wiring.time,
      logger: wiring.logger("operators"),
      tell: { await lines.announce($0, kind: .error) }
    )
    let polls = PollCounts(before: history)
    let polling = PollingService(
      wiring: wiring,
      observer: polls,
      sharing: sharing,
      tell: { await lines.announce($0, kind: $1) },
      accounts: { configuration.accounts }
    )
    let alerts = AlertService(
      wiring.teller(of: monitor, inbox, recorder: recording.recorder, sharing: sharing),
      configuration.receivers,
      wiring,
      in: environment,
      once: { await polling.hasBegun },
      display: AlertService.Display(
        tell: { await lines.announce($0, kind: $1 ? .error : .notice) },
        show: { _ in }
      )
    )
    polling.begin()
    let reload = reload(lines, polling, alerts)
    let manager = ServiceManager(environment)
    let status = manager.map { manager in
      ServiceStatus(manager: manager, monitor: monitor, time: wiring.time) {
        let isPolling = await polling.accounts != nil
        return isPolling && recording.recorder.condition.state != .opening
      }
    }
    let live = LiveState(
      of: monitor,
      time: wiring.time,
      names: { lines.names },
      history: { recording.recorder.store }
    )
    // Services end in reverse order, so that everything that was polled is remembered.
    let services: [any Service] =
      [
        MonitoringService(monitor: monitor), history,
        RunRecord(recorder: recording.recorder, time: wiring.time), operators, alerts, polling,
        reload, ReloadOnHangUp(reload: reload, manager: manager),
      ] + (listener?.services(live, polls, feed) ?? []) + [status].compactMap(\.self)
    try await ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: wiring.logger("services")
      )
    )
    .run()
  }

  @MainActor
  private func reload(
    _ lines: ErrorLines,
    _ polling: PollingService,
    _ alerts: AlertService
  ) -> ConfigurationReload {
    ConfigurationReload(
      configuration,
      ConfigurationReload.Dependencies(
        stamps: { [configurationFile] in
          ConfigurationReload.Stamps(configuration: FileStamp(of: configurationFile))
        },
        read: { [configurationFile, environment] in
          Result { () throws(ConfigurationError) in
            try ConfigurationFile.read(configurationFile, environment: environment)
          }
        },
        accounts: { await polling.accounts },
        poll: { await polling.replace($0, keeping: $1) },
        receivers: { await alerts.receivers },
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
