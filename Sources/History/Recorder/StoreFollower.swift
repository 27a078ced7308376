package import Health
package import Monitor

import struct FoundationEssentials.Date

/// Tells a monitor what a store holds: at first what was known before this run, and then what other
/// processes find out.
package actor StoreFollower {
  let monitor: FleetMonitor
  let time: any TimeSource
  /// The accounts that are shown as they were known before this run, or are about to be.
  private var restored: [String: Task<Result<Void, HistoryError>, Never>] = [:]
  /// What was read last for accounts to restore: mostly all of them come within a moment.
  var reading: (task: Task<Result<RememberedAccounts, HistoryError>, Never>, at: Moment)?
  /// The accounts of which the monitor has all that was written until `revision`.
  private var followed: Set<String> = []
  private var revision: Int?
  /// The transition that was read last.
  var lastTold: RecordedTransition.ID?
  /// From which moment what is told is counted.
  var origin: Moment?
  /// The accounts that were polled here at some time, so that this run told what changed.
  var polledHere: Set<String> = []
  /// The tenures of the leases by which accounts were polled here last.
  private var tenures: [String: Int] = [:]
  /// The last transition that was told of each account that was followed until then.
  var toldUntil: [String: RecordedTransition.ID] = [:]
  private var watch = StoreWatch()
  /// The look that is under way, and those that wait.
  private var turn: Task<Void, Never>?

  private static let timeOfReading = Duration.seconds(2)

  package init(of monitor: FleetMonitor, time: any TimeSource) {
    self.monitor = monitor
    self.time = time
  }

  /// Shows what was known of an account before this run, once.
  package func restore(
    _ account: String,
    from store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    // Who polls it and who follows others may ask for the same: both wait for it.
    let task = restored[account] ?? Task { await self.restored(account, from: store) }
    restored[account] = task
    do throws(HistoryError) {
      try await task.value.get()
    } catch {
      restored[account] = nil
      throw error
    }
  }

  /// Lets an account be as it is in this run, whatever was known before.
  package func skip(_ account: String) {
    restored[account] = restored[account] ?? Task { .success(()) }
    polledHere.insert(account)
  }

  private func restored(
    _ account: String,
    from store: any HistoryRecords & HistoryQueries
  ) async -> Result<Void, HistoryError> {
    do throws(HistoryError) {
      await monitor.restore(try await known(in: store).get().fleet(of: account))
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  func known(
    in store: any HistoryRecords & HistoryQueries
  ) async -> Result<RememberedAccounts, HistoryError> {
    let now = time.now
    if let reading, now - reading.at < Self.timeOfReading { return await reading.task.value }
    let task = Task { () -> Result<RememberedAccounts, HistoryError> in
      do throws(HistoryError) {
        let current = try await store.current(after: nil, at: now)
        let past = try await store.past(at: now.date)
        let states = try await Self.statesOfTroubles(in: past, store)
        return .success(RememberedAccounts(current, told: past, states, at: now))
      } catch {
        return .failure(error)
      }
    }
    reading = (task, now)
    return await task.value
  }

  /// What was told of the numbers that are not fine, the latest first; of very many only what they are now.
  private static func statesOfTroubles(
    in past: Past,
    _ store: any HistoryQueries
  ) async throws(HistoryError) -> [RecordedTransition] {
    let bad = past.numbers.filter { $0.state.map { $0 != .available } ?? false }
    guard !bad.isEmpty, bad.count <= mostTroubles else { return [] }
    let subjects = Set(bad.map { Subject.number($0.id) })
    return try await store.transitions(
      TransitionQuery(kinds: [.state], subjects: subjects, limit: mostTold)
    )
  }

  /// Shows what other processes found out about accounts since the last call.
  ///
  /// Of accounts that are not among them any more, it shows the last.
  package func follow(
    _ accounts: Set<String>,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    try await inTurn { [self] () async throws(HistoryError) in
      try await lookLast(beforeOnly: accounts, in: store)
    }
  }

  /// Shows the last that another process found out about an account, before it is polled here.
  ///
  /// In another tenure of its lease than the last time, other processes may have polled it meanwhile,
  /// even if this one had no time to follow them.
  package func leave(
    _ account: String,
    tenure: Int,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    let isMissing = polledHere.contains(account) && tenures[account] != tenure
    try await inTurn { [self] () async throws(HistoryError) in
      try await lookLast(before: account, isMissing: isMissing, in: store)
    }
    polledHere.insert(account)
    tenures[account] = tenure
  }

  private func lookLast(
    beforeOnly accounts: Set<String>,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    try await look(at: accounts.union(followed), in: store)
    for account in followed.subtracting(accounts) { toldUntil[account] = lastTold }
    followed = accounts
    if accounts.isEmpty { (revision, lastTold) = (nil, nil) }
  }

  private func lookLast(
    before account: String,
    isMissing: Bool,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    guard isMissing || followed.contains(account) else { return }
    try await look(at: followed.union([account]), in: store)
    toldUntil[account] = lastTold
    followed.remove(account)
  }

  /// One look after the other: what was read first must not be shown last.
  private func inTurn(
    _ work: @escaping @Sendable () async throws(HistoryError) -> Void
  ) async throws(HistoryError) {
    let former = turn
    let task = Task { () -> Result<Void, HistoryError> in
      await former?.value
      do throws(HistoryError) {
        return .success(try await work())
      } catch {
        return .failure(error)
      }
    }
    turn = Task { _ = await task.value }
    try await task.value.get()
  }

  private func look(
    at accounts: Set<String>,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    reading = reading.flatMap { time.now - $0.at < Self.timeOfReading ? $0 : nil }
    guard !accounts.isEmpty else { return }
    let new = accounts.subtracting(followed)
    // What was known before comes with its dates, and only then what is new.
    for account in new.sorted() { try await restore(account, from: store) }
    guard watch.hasNews(in: store) || !new.isEmpty else { return }
    let current: Current
    let known: FollowedUpdate.Known
    let told: [Transition]
    do throws(HistoryError) {
      if new.isEmpty, try await store.revision() == revision { return }
      current = try await store.current(after: new.isEmpty ? revision : nil, at: time.now)
      known = try await toldLast(of: new.intersection(polledHere), in: store)
      // What was told comes with the answers for which it was told, or with the next ones.
      told = try await toldSince(new, of: accounts, in: store)
    } catch {
      watch.forget()
      throw error
    }
    revision = current.revision
    let now = time.now
    let origin = origin(at: now)
    let followed = await monitor.read { fleet in
      FollowedUpdate(
        FleetUpdate(following: current, of: accounts, wholeFor: new, in: fleet),
        entityMoments: current.entityMoments(at: now),
        polls: current.polls(of: accounts),
        known: known,
        told: told.compactMap {
          FollowedUpdate.Told($0, of: accounts, in: fleet, since: origin, at: now)
        }
      )
    }
    if !followed.isEmpty { await monitor.follow(followed) }
  }
}
