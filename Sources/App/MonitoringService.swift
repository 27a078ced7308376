import Monitor
import Screens
import ServiceLifecycle

/// Runs the monitor's clock, and updates the screen's model, where there is a screen.
struct MonitoringService: Service {
  let monitor: FleetMonitor
  var model: ScreenModel?

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await monitor.run() }
        if let model { group.addTask { await model.follow() } }
      }
    }
  }
}
