import Monitor
import Screens
import ServiceLifecycle

/// Runs the monitor's clock, and updates the screen's model.
struct MonitoringService: Service {
  let monitor: FleetMonitor
  let model: ScreenModel

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await monitor.run() }
        group.addTask { await model.follow() }
      }
    }
  }
}
