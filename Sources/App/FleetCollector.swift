import Health
import Monitor

/// Gathers what a sweep publishes, where no screen follows it.
actor FleetCollector: FleetObserver {
  private(set) var fleet = Fleet()
  private let time: any TimeSource

  init(time: any TimeSource) { self.time = time }

  func receive(_ update: FleetUpdate) {
    _ = fleet.receive(update, at: time.now)
  }
}
