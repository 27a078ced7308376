import Health
import Screens

@testable import Monitor

/// A screen beside the monitor that it shows, without waiting for either.
struct WatchedScreen {
  var state: ScreenState
  private var monitor: MonitorState
  private(set) var changes: [Change] = []

  init(now: Moment) {
    state = ScreenState(now: now)
    monitor = MonitorState(startedAt: now)
  }

  mutating func receive(_ update: FleetUpdate, at moment: Moment) {
    changes += monitor.receive(update, at: moment)
    state.adopt(monitor.takeSnapshot(), at: moment)
  }
}

extension ScreenModel {
  func receive(_ update: FleetUpdate) async {
    await monitor.receive(update)
    await pull()
  }
}
