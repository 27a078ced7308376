import Health
import Monitor
import ServiceLifecycle

/// Tells the service manager when everything has started, how the numbers are, that the process is
/// alive, and when it ends.
///
/// That it is alive is told only after monitoring answered, so that a process that hangs is
/// restarted.
struct ServiceStatus: Service {
  let manager: ServiceManager
  let monitor: FleetMonitor
  let time: any TimeSource
  /// Whether everything that was asked for has started.
  let isReady: @Sendable () async -> Bool

  private static let intervalOfStart = Duration.milliseconds(50)
  private static let interval = Duration.seconds(5)

  func run() async throws {
    await cancelWhenGracefulShutdown { await report() }
    manager.tell(.stopping, .status("ending"))
  }

  private func report() async {
    var told: String?
    var hasStarted = false
    while !Task.isCancelled {
      let status = await monitor.read { FleetSummary($0.counts).text }
      if !hasStarted, await isReady() {
        hasStarted = true
        manager.tell(.ready)
      }
      if manager.patience != nil { manager.tell(.alive) }
      if status != told, manager.tell(.status(status)) { told = status }
      let interval = hasStarted ? Self.interval : Self.intervalOfStart
      // Twice as often as it has to be, as the protocol recommends.
      let pause = min(interval, (manager.patience ?? interval * 2) / 2)
      try? await time.sleep(until: time.now + pause)
    }
  }
}

/// How many numbers are how, in one line.
struct FleetSummary {
  private let counts: FleetCounts

  init(_ counts: FleetCounts) { self.counts = counts }

  var text: String {
    guard counts.total > 0 else { return "no number is known yet" }
    let noun = counts.total == 1 ? "number" : "numbers"
    let states = HealthState.allCases.filter { counts[$0] > 0 }
    let parts = states.map { "\(counts[$0]) \($0.word)" }
    return "\(counts.total) \(noun): " + parts.joined(separator: ", ")
  }
}
