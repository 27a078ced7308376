import Monitor
import Screens
import ServiceLifecycle

/// Lets time pass in the monitor, and the screen's model follow it.
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
