import FoundationEssentials
package import Health
package import Monitor
import Synchronization

/// Passes updates to the monitor, and what the monitor then knows to the recorder.
package final class RecordedMonitor: FleetObserver {
  private let monitor: FleetMonitor
  private let recorder: HistoryRecorder
  private let time: any TimeSource
  private let coverage = Mutex(PollingCoverage())

  package init(_ monitor: FleetMonitor, _ recorder: HistoryRecorder, time: any TimeSource) {
    self.monitor = monitor
    self.recorder = recorder
    self.time = time
  }

  package func receive(_ update: FleetUpdate) async {
    await monitor.receive(update)
    let now = time.now
    let polled = update.polledAccounts
    let (known, windows) = await monitor.read { fleet in
      (Batch(update, in: fleet, at: now), polled.map { ($0, Self.window(of: $0, in: fleet, now)) })
    }
    var batch = known
    batch.coverage = coverage.withLock { coverage in
      windows.compactMap { coverage.notePoll(of: $0, at: now, window: $1) }
    }
    recorder.note(batch)
  }

  /// How long it is known how an account's numbers are.
  ///
  /// One that fails is asked more rarely, and that it failed is known until it is asked again.
  private static func window(of account: String, in fleet: Fleet, _ now: Moment) -> Duration {
    let window = fleet.window(of: account)
    guard let condition = fleet.condition(of: account), condition.failure != nil,
      let next = condition.nextPoll
    else { return window }
    return max(window, next - now + window)
  }

  /// Goes on with the incidents that were not over when the store was written last, and tells all that go
  /// on: a process that polled until now may have ended before it wrote them.
  package func resumeIncidents(
    in store: any HistoryQueries
  ) async throws(HistoryError) {
    let now = time.now.date
    let known = try await store.incidents(in: now..<now.addingTimeInterval(1))
    await monitor.resume(known.compactMap(\.resumable))
  }

  /// Shows that another process polls than before; who polls now remembers it.
  package func noteTakeOver(_ text: String, isOurs: Bool) async {
    await monitor.noteTakeOver(text)
    guard isOurs else { return }
    var batch = Batch()
    batch.transitions = [
      Transition(
        date: time.now.date,
        subject: .program,
        names: Names("wabatop"),
        event: .tookOver(text)
      )
    ]
    recorder.note(batch)
  }

  /// Covers the time until now.
  package func cover() {
    var batch = Batch()
    batch.coverage = coverage.withLock { $0.advance(to: time.now) }
    recorder.note(batch)
  }

  /// Records what was found out first about numbers of accounts that were polled here without a store.
  ///
  /// Of numbers that the store knows, the next poll tells what is another way.
  package func recordAnew(
    _ accounts: Set<String>,
    in store: any HistoryQueries
  ) async throws(HistoryError) {
    guard !accounts.isEmpty else { return }
    let now = time.now
    let past = try await store.past(at: now.date)
    let known = Set(past.numbers.filter { $0.state != nil }.map(\.id))
    let current = await monitor.look()
    for account in accounts.sorted() {
      recorder.note(Batch(of: account, in: current, without: known))
    }
  }
}
