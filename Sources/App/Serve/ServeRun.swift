import Configuration
import History
import Monitor
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
    let feed = EventFeed(time: wiring.time)
    let core = await MonitoringCore(
      wiring,
      rememberingIn: stateDirectory,
      confirming: configuration.confirmation,
      consumers: listener == nil ? [] : [feed]
    )
    let lines = ErrorLines(core.monitor, Journal(environment))
    lines.adopt(configuration.names)
    let tell: MonitoringCore.Tell = { await lines.announce($0, kind: $1) }
    let remembering = core.remembering(tell: tell)
    let operators = core.operators(tell: tell)
    let polls = PollCounts(before: remembering)
    let polling = core.polling(into: polls, tell: tell) { configuration.accounts }
    let alerts = core.alerts(
      to: configuration.receivers,
      in: environment,
      once: polling,
      tell: tell
    )
    polling.begin()
    let reload = core.reload(
      configuration,
      of: configurationFile,
      in: environment,
      polling,
      alerts,
      telling: lines
    )
    let manager = ServiceManager(environment)
    let live = LiveState(
      of: core.monitor,
      time: wiring.time,
      names: { lines.names },
      history: { core.recorder.store }
    )
    // Services end in reverse order, so that everything that was polled is remembered.
    let services: [any Service] =
      [
        MonitoringService(monitor: core.monitor), remembering, core.record, operators, alerts,
        polling, reload, ReloadOnHangUp(reload: reload, manager: manager),
      ] + (listener?.services(live, polls, feed) ?? [])
      + [manager.map { status(of: core, polling, to: $0) }].compactMap(\.self)
    try await ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: wiring.logger("services")
      )
    )
    .run()
  }

  private func status(
    of core: MonitoringCore,
    _ polling: PollingService,
    to manager: ServiceManager
  ) -> ServiceStatus {
    ServiceStatus(manager: manager, monitor: core.monitor, time: wiring.time) {
      let isPolling = await polling.accounts != nil
      return isPolling && core.isOpen
    }
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
