package import Health
package import Monitor

import struct FoundationEssentials.Date

/// Tells a monitor what a store holds: at first what was known before this run, and then what other
/// processes find out.
package actor StoreFollower {
  private let monitor: FleetMonitor
  private let time: any TimeSource
  private var restored: Set<String> = []
  /// What was read last for accounts to restore: mostly all of them come within a moment.
  private var reading: (task: Task<Result<RememberedAccounts, HistoryError>, Never>, at: Moment)?
  /// The accounts of which the monitor has all that was written until `revision`.
  private var followed: Set<String> = []
  private var revision: Int?
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
    guard restored.insert(account).inserted else { return }
    let known = try await known(in: store).get()
    await monitor.restore(known.fleet(of: account))
  }

  /// Lets an account be as it is in this run, whatever was known before.
  package func skip(_ account: String) { restored.insert(account) }

  private func known(
    in store: any HistoryRecords & HistoryQueries
  ) async -> Result<RememberedAccounts, HistoryError> {
    let now = time.now
    if let reading, now - reading.at < Self.timeOfReading { return await reading.task.value }
    let task = Task { () -> Result<RememberedAccounts, HistoryError> in
      do throws(HistoryError) {
        let current = try await store.current(after: nil, at: now)
        let past = try await store.past(at: now.date)
        return .success(RememberedAccounts(current, told: past, at: now))
      } catch {
        return .failure(error)
      }
    }
    reading = (task, now)
    return await task.value
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
  package func leave(
    _ account: String,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    try await inTurn { [self] () async throws(HistoryError) in
      try await lookLast(before: account, in: store)
    }
  }

  private func lookLast(
    beforeOnly accounts: Set<String>,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    try await look(at: accounts.union(followed), in: store)
    followed = accounts
    if accounts.isEmpty { revision = nil }
  }

  private func lookLast(
    before account: String,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) {
    guard followed.contains(account) else { return }
    try await look(at: followed, in: store)
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
    do throws(HistoryError) {
      if new.isEmpty, try await store.revision() == revision { return }
      current = try await store.current(after: new.isEmpty ? revision : nil, at: time.now)
    } catch {
      watch.forget()
      throw error
    }
    revision = current.revision
    let update = await monitor.read { fleet in
      FleetUpdate(following: current, of: accounts, wholeFor: new, in: fleet)
    }
    if !update.isEmpty { await monitor.follow(update) }
  }
}

extension FleetUpdate {
  /// What is another way in a store than in a fleet.
  ///
  /// - Parameters:
  ///   - current: What is in the store, all of it or what changed.
  ///   - accounts: The accounts of which it counts.
  ///   - whole: Those of which it has all numbers.
  ///   - fleet: What is known.
  init(
    following current: Current,
    of accounts: Set<String>,
    wholeFor whole: Set<String>,
    in fleet: Fleet
  ) {
    // What is not configured any more is not shown again.
    let accounts = accounts.filter { fleet.condition(of: $0) != nil }
    let numbers = current.numbers.filter { accounts.contains($0.number.account) }
    let gone = current.gone.filter { accounts.contains($0.account) }
    let there = Set(numbers.map(\.number.id))
    let missing =
      whole.isEmpty
      ? []
      : fleet.records.lazy.map(\.id).filter { whole.contains($0.account) && !there.contains($0) }
    let listed = Set(numbers.flatMap(\.references))
    func isListed(_ entity: EntityReference) -> Bool {
      listed.contains(entity)
        || fleet.numbers(sharing: entity, first: 4)
          .contains { accounts.contains(fleet.records[$0].number.account) }
    }
    let parents = Set(
      current.entities.map(\.facts).filter { isListed($0.reference) }.compactMap(\.parent)
    )
    self.init(
      appeared: numbers.map(\.number).filter { fleet[$0.id]?.number != $0 },
      vanished: gone + missing,
      readings: numbers.flatMap { $0.readings(newFor: fleet[$0.number.id]) },
      entities: current.entities.map(\.facts).filter {
        isListed($0.reference) || parents.contains($0.reference)
      },
      templates: current.templates.map(\.list).filter {
        isListed(EntityReference(type: .waba, id: $0.waba))
      },
      accounts: current.accounts.filter { accounts.contains($0.account.name) }
        .map { $0.configured(as: fleet.condition(of: $0.account.name)?.account) }
    )
  }

  fileprivate var isEmpty: Bool {
    appeared.isEmpty && vanished.isEmpty && readings.isEmpty && entities.isEmpty
      && templates.isEmpty && accounts.isEmpty
  }
}

extension NumberReadings {
  fileprivate var references: [EntityReference] {
    [latest, lastGood].compactMap { $0?.report }.flatMap(\.references)
  }

  /// The readings that are others than those that are known of the number.
  fileprivate func readings(newFor record: NumberRecord?) -> [Reading] {
    guard let latest, latest.isAnother(than: record?.latest) else { return [] }
    guard let lastGood, lastGood != latest, lastGood.isAnother(than: record?.lastGood) else {
      return [latest]
    }
    return [lastGood, latest]
  }
}

extension Reading {
  /// What is remembered is dated to the millisecond.
  fileprivate func isAnother(than known: Reading?) -> Bool {
    moment.date.milliseconds != known?.moment.date.milliseconds
  }
}

extension AccountCondition {
  /// The same with the settings that this process has for it.
  fileprivate func configured(as account: Account?) -> Self {
    guard let account else { return self }
    var condition = self
    condition.account = account
    return condition
  }
}
