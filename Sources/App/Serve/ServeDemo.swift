import History
import Monitor
import Service
import ServiceLifecycle
import UnixSignals

/// Polls the built-in simulator without a screen, so that a newcomer can look at what answers over HTTP.
///
/// Nothing leaves this machine and nothing stays on it.
struct ServeDemo {
  let simulator: DemoSimulator
  let wiring: Wiring
  let listener: ServeListener?

  /// Returns when a signal ends it.
  func run() async throws {
    let recorder = RunMemory.recorder(time: wiring.time)
    let feed = EventFeed(time: wiring.time)
    let monitor = FleetMonitor(time: wiring.time, consumers: [recorder, feed])
    let memory = RunMemory(recorder, of: monitor, time: wiring.time)
    let polls = PollCounts(before: memory)
    let polling = PollingService(wiring: wiring, observer: polls) {
      try await simulator.accounts()
    }
    polling.begin()
    let live = LiveState(of: monitor, time: wiring.time, history: { recorder.store })
    let services: [any Service] =
      [
        simulator.server, MonitoringService(monitor: monitor), memory,
        RunRecord(recorder: recorder, time: wiring.time), polling,
      ] + (listener?.services(live, polls, feed) ?? [])
    try await ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { .init(service: $0) },
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: wiring.logger("services")
      )
    )
    .run()
  }
}
