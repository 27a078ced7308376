import Canvas
import Configuration
import Health
import History
import Monitor
import Screens

/// What the store knows, for a command that acknowledges or mutes.
struct OperatorSession {
  let state: ScreenState
  private let ledger: OperatorLedger
  private let store: any HistoryStore

  /// - Throws: `CommandFailure` if nothing is remembered, or it can't be read.
  init(_ wiring: Wiring, _ paths: ConfigurationPaths) async throws(CommandFailure) {
    guard FileContents.exists(paths.history.path) else {
      throw CommandFailure(
        "no number is known yet: the dashboard writes them to \(paths.history.path)"
      )
    }
    do throws(HistoryError) {
      let store = try await wiring.openHistory(in: paths.stateDirectory).store
      try await self.init(store, wiring.ledger(), time: wiring.time)
    } catch {
      throw CommandFailure("the history can't be used: \(error.reason)")
    }
  }

  init(
    _ store: any HistoryStore,
    _ ledger: OperatorLedger,
    time: any TimeSource
  ) async throws(HistoryError) {
    let monitor = FleetMonitor(time: time)
    let known = try await store.current(after: nil, at: time.now)
    await monitor.receive(known.update)
    await ledger.tell(monitor)
    // Nothing is polled here, so nothing is ended by a rule.
    await ledger.synchronize(with: store, polling: [])
    if let failure = await ledger.failure { throw failure }
    var state = ScreenState(now: time.now)
    state.adopt(await monitor.takeSnapshot(), at: time.now)
    (self.state, self.ledger, self.store) = (state, ledger, store)
  }

  var notes: OperatorNotes { state.notes }

  /// Does what an operator wants, and writes it.
  func perform(_ action: OperatorAction) async throws(CommandFailure) {
    await ledger.perform(action)
    await ledger.synchronize(with: store, polling: [])
    if let failure = await ledger.failure {
      throw CommandFailure("it can't be written: \(failure.reason)")
    }
  }
}
