package import Health
package import History
package import Monitor

/// What monitoring knows at the moment, for answers: nobody is asked, and nothing is polled.
package struct LiveState: Sendable {
  package let monitor: FleetMonitor
  package let time: any TimeSource
  /// The operator's names, which a reload changes.
  package let names: @Sendable () -> OperatorNames
  /// What is remembered; nil while nothing can be looked up.
  package let history: @Sendable () -> (any HistoryStore)?

  package init(
    of monitor: FleetMonitor,
    time: any TimeSource,
    names: @escaping @Sendable () -> OperatorNames = { OperatorNames() },
    history: @escaping @Sendable () -> (any HistoryStore)? = { nil }
  ) {
    self.monitor = monitor
    self.time = time
    self.names = names
    self.history = history
  }

  /// The fleet with the providers' own names.
  func fleet() async -> Fleet { await monitor.read { $0 } }

  /// Everything, with the operator's names.
  func snapshot() async -> MonitorSnapshot {
    await monitor.look(naming: names().labels)
  }
}
