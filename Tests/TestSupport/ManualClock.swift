package import Foundation
package import Health
import Synchronization

/// Time that passes by hand: who sleeps is woken at exactly the moment asked for, in order.
package final class ManualClock: TimeSource {
  private struct Sleeper {
    let moment: Moment
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Moment
    var sleepers: [Int: Sleeper] = [:]
    var lastSleeper = 0
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>
  /// Where the code under test runs, so that everything that can happen has happened between two moments.
  package let executor = ManualExecutor()

  /// Starts at 2026-01-01 00:00:00 UTC, unless another program has to agree on the time.
  package init(startingAt date: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
    state = Mutex(State(now: Moment(date: date, uptime: .zero)))
  }

  package var now: Moment { state.withLock { $0.now } }

  /// How many are asleep.
  package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  package func sleep(until moment: Moment) async throws {
    let id = state.withLock { state in
      state.lastSleeper += 1
      return state.lastSleeper
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(Sleeper(moment: moment, continuation: continuation), as: id)
      }
    } onCancel: {
      cancel(id)
    }
  }

  /// Lets time pass, stopping wherever somebody wakes and letting all that follows from it happen.
  package func advance(by duration: Duration) {
    let end = now + duration
    executor.drain()
    while wakeNext(until: end) { executor.drain() }
    state.withLock { $0.now = end }
    executor.drain()
  }

  /// Starts a task whose work runs only while time is advanced, or `settle` is called.
  package func start<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) -> Task<Value, any Error> {
    Task(executorPreference: executor) { try await work() }
  }

  /// Lets everything happen that needs no time.
  package func settle() { executor.drain() }

  private func add(_ sleeper: Sleeper, as id: Int) {
    let outcome = state.withLock { state -> Result<Void, any Error>? in
      if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
      if sleeper.moment <= state.now { return .success(()) }
      state.sleepers[id] = sleeper
      return nil
    }
    if let outcome { sleeper.continuation.resume(with: outcome) }
  }

  private func cancel(_ id: Int) {
    let sleeper = state.withLock { state -> Sleeper? in
      if let sleeper = state.sleepers.removeValue(forKey: id) { return sleeper }
      state.cancelled.insert(id)
      return nil
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }

  /// Moves on to the next moment at which somebody wakes, and wakes those.
  private func wakeNext(until end: Moment) -> Bool {
    let woken = state.withLock { state -> [CheckedContinuation<Void, any Error>] in
      guard let moment = state.sleepers.values.map(\.moment).min(), moment <= end else { return [] }
      state.now = max(state.now, moment)
      let ids = state.sleepers.filter { $0.value.moment <= moment }.map(\.key).sorted()
      return ids.compactMap { state.sleepers.removeValue(forKey: $0)?.continuation }
    }
    for continuation in woken { continuation.resume() }
    return !woken.isEmpty
  }
}
