package import Health
package import Monitor
import Synchronization

/// Gathers what is to be remembered and writes it once a second, beside everything else.
///
/// However many numbers are read, a bounded number of them is written each time: of a number that waits,
/// only its latest readings count.
///
/// Nobody ever waits for it. While nothing can be written it keeps what it can, says so by its
/// condition, and tries again.
package final class HistoryRecorder: ChangeConsumer {
  /// - Parameter wasDamaged: What was open turned out to be damaged.
  package typealias Open =
    @Sendable (_ wasDamaged: Bool) async throws(HistoryError) -> OpenedHistory

  private struct State {
    var pending = PendingRecords()
    var condition = HistoryCondition()
    var store: (any HistoryStore)?
    /// Nil while nobody said which accounts are polled here: then all are.
    var leases: [Lease]?
    var wasDamaged = false
    var nextTry: Moment?
    var nextMaintenance: Moment?

    mutating func takePending() -> Batch {
      let all = pending.take(numbers: HistoryRecorder.mostNumbersAtOnce)
      guard let leases else { return all }
      let accounts = Set(leases.map(\.account))
      var batch = all.filtered { accounts.contains($0) }
      batch.leases = leases
      return batch
    }
  }

  /// Writing these takes less than a tenth of a second, and no commit is so large that the disk is held up.
  static let mostNumbersAtOnce = 2_000
  private static let interval = Duration.seconds(1)
  private static let patience = Duration.seconds(10)
  private static let maintenanceInterval = Duration.seconds(3600)

  private let time: any TimeSource
  private let retention: Retention
  private let open: Open
  private let state = Mutex(State())

  package init(time: any TimeSource, retention: Retention = Retention(), open: @escaping Open) {
    self.time = time
    self.retention = retention
    self.open = open
  }

  package var condition: HistoryCondition { state.withLock { $0.condition } }

  /// Nil while nothing can be looked up.
  package var store: (any HistoryStore)? { state.withLock { $0.store } }

  package func receive(_ changes: [Change]) {
    var batch = Batch()
    batch.transitions = changes.compactMap { Transition($0) }
    note(batch)
  }

  package func receive(followed changes: [Change]) {}

  package func receive(_ incidents: [TrackedIncident]) {
    var batch = Batch()
    batch.incidents = incidents.filter(isOurs).map { Incident($0) }
    note(batch)
  }

  /// What is of no account, such as a template, is remembered by who polls it.
  private func isOurs(_ incident: TrackedIncident) -> Bool {
    guard let leases = state.withLock(\.leases) else { return true }
    return incident.victims.contains { $0.subject.account != nil }
      || leases.contains { incident.accounts.contains($0.account) }
  }

  /// Remembers only what is of accounts with these leases from now on, for as long as nobody else takes
  /// them.
  ///
  /// What waits of an account whose lease was just taken was found out while another process polled it.
  package func hold(_ leases: [Lease]) {
    state.withLock { state in
      let former = state.leases.map { Set($0.map(\.accountTerm)) }
      let gained = leases.filter { !(former?.contains($0.accountTerm) ?? true) }.map(\.account)
      if !gained.isEmpty { state.pending.drop(Set(gained)) }
      state.leases = leases
    }
  }

  package func note(_ batch: Batch) {
    state.withLock { state in
      if case .without = state.condition.state { return }
      state.pending.add(batch)
      state.condition.lostCount = state.pending.lostCount
    }
  }

  /// Writes until it is cancelled, and then what is left.
  package func run() async {
    while !Task.isCancelled {
      await step()
      try? await time.sleep(untilNext: Self.interval)
    }
    // A task that is cancelled can't write any more.
    await Task { while await writePending() {} }.value
  }

  /// Does what is due now.
  func step() async {
    let now = time.now
    guard !(state.withLock { $0.nextTry.map { now < $0 } ?? false }) else { return }
    if store == nil { await tryToOpen() }
    await writePending()
    await maintain()
  }

  private func tryToOpen() async {
    let wasDamaged = state.withLock { $0.wasDamaged }
    do throws(HistoryError) {
      let opened = try await open(wasDamaged)
      state.withLock { state in
        state.store = opened.store
        state.wasDamaged = false
        state.nextTry = nil
        state.condition.state = .remembering
        if let path = opened.setAside { state.condition.setAside = path }
        if let leases = opened.leases { state.leases = leases }
      }
    } catch {
      note(error)
    }
  }

  /// Writes what waits, as much as is written at once; returns whether numbers still wait.
  @discardableResult
  private func writePending() async -> Bool {
    guard let store else { return false }
    let batch = state.withLock { $0.takePending() }
    guard !batch.isEmpty else { return state.withLock { $0.pending.hasNumbers } }
    do throws(HistoryError) {
      try await store.write(batch)
      return state.withLock { state in
        state.condition.state = .remembering
        state.nextTry = nil
        return state.pending.hasNumbers
      }
    } catch {
      state.withLock { $0.pending.putBack(batch) }
      note(error)
      return false
    }
  }

  private func maintain() async {
    let now = time.now
    let isDue = state.withLock { state in
      guard state.store != nil, state.nextMaintenance.map({ $0 <= now }) ?? true else {
        return false
      }
      state.nextMaintenance = now + Self.maintenanceInterval
      return true
    }
    guard isDue, let store else { return }
    do throws(HistoryError) {
      _ = try await store.maintain(retention, at: now.date)
    } catch {
      note(error)
    }
  }

  private func note(_ error: HistoryError) {
    state.withLock { state in
      state.nextTry = time.now + Self.patience
      if case .damaged = error, !state.wasDamaged {
        // Put aside when it is opened anew, which is at once.
        state.store = nil
        state.wasDamaged = true
        state.nextTry = nil
      } else if error.mayPass || state.wasDamaged {
        state.condition.state = .waiting(error)
      } else {
        state.condition.state = .without(error)
        state.pending = PendingRecords()
      }
    }
  }
}

extension Lease {
  /// One account under one term.
  fileprivate struct AccountTerm: Hashable {
    let account: String
    let term: Int
  }

  fileprivate var accountTerm: AccountTerm { AccountTerm(account: account, term: term) }
}
