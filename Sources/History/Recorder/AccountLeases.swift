package import Health
import Synchronization

import struct FoundationEssentials.Date

/// The leases of the accounts that this process wants to poll: one process polls an account at a time.
///
/// The wall clock may jump, and a process may be stopped. So whether another process still renews its lease
/// is judged by this process's own clock, and a lease of this process counts only as long as both clocks
/// say so. A process that is known to be gone keeps nobody waiting.
package actor AccountLeases {
  /// What is known of the process that holds a lease.
  package enum Holder: Hashable, Sendable {
    case running
    case gone
    /// Of another machine, or nobody can tell.
    case unknown
  }

  /// Who polls an account.
  package enum Standing: Hashable, Sendable {
    case held(Lease)
    /// Another process does, with the same settings.
    case followed(Lease)
    /// Another process does, with other settings, so this one polls for itself.
    case apart(Lease)
  }

  package static let length = Duration.seconds(15)
  /// A lease is renewed when this much of it has passed.
  private static let renewal = Duration.seconds(5)

  /// A lease of another process, as it was seen first.
  private struct Observation {
    let lease: Lease
    let seen: Moment
  }

  private struct Held {
    let lease: Lease
    let tenure: Int
    /// When it was asked for, so that it ends no later than others think.
    let renewed: Moment

    func isValid(at now: Moment) -> Bool {
      now - renewed < AccountLeases.length && lease.isValid(at: now.date)
    }
  }

  private let holder: String
  private let judge: @Sendable (_ holder: String) -> Holder
  /// The accounts that are wanted, each with its settings.
  private var accounts: [String: String]
  private var observed: [String: Observation] = [:]
  private var gained: Set<String> = []
  private var watch = StoreWatch()
  /// The leases as they were last read, by account.
  private var rows: [String: Lease] = [:]
  /// What is held; outside of the actor, since each request asks for it.
  private nonisolated let held = Mutex<[String: Held]>([:])
  private var tenures = 0

  /// - Parameters:
  ///   - accounts: The accounts that are wanted at first, each with its settings as a text.
  ///   - holder: What this process is known by.
  ///   - judge: What is known of another holder.
  package init(
    of accounts: [String: String] = [:],
    holder: String,
    judge: @escaping @Sendable (_ holder: String) -> Holder = { _ in .unknown }
  ) {
    self.accounts = accounts
    self.holder = holder
    self.judge = judge
  }

  package nonisolated var leases: [Lease] {
    held.withLock { $0.values.map(\.lease) }.sorted { $0.account < $1.account }
  }

  /// Whether this process may ask something of an account.
  package nonisolated func holds(_ account: String, at now: Moment) -> Bool {
    held.withLock { $0[account]?.isValid(at: now) ?? false }
  }

  package nonisolated func lease(of account: String) -> Lease? {
    held.withLock { $0[account]?.lease }
  }

  /// Another number each time that this process begins to hold an account's lease; nil while it doesn't.
  ///
  /// It begins anew as well where it took so long to renew it that others could have held it meanwhile.
  package nonisolated func tenure(of account: String, at now: Moment) -> Int? {
    held.withLock { held in held[account].flatMap { $0.isValid(at: now) ? $0.tenure : nil } }
  }

  /// Who polls an account; nil while that is not known.
  package func standing(of account: String) -> Standing? {
    if let lease = lease(of: account) { return .held(lease) }
    guard let settings = accounts[account], let lease = observed[account]?.lease else { return nil }
    return lease.settings == settings ? .followed(lease) : .apart(lease)
  }

  /// Wants the leases of these accounts from now on.
  package func want(_ accounts: [String: String]) { self.accounts = accounts }

  /// Accounts whose leases were taken since the last call.
  package func takeGained() -> Set<String> {
    defer { gained = [] }
    return gained
  }

  /// This process lost the lease of an account.
  package func lose(_ account: String) { held.withLock { $0[account] = nil } }

  // MARK: Keeping them

  /// Renews what is held, takes what is free, and gives back what is not wanted any more.
  package func keep(
    in store: any PollingRecords & HistoryQueries,
    at now: Moment
  ) async throws(HistoryError) {
    do throws(HistoryError) {
      try await keepAll(in: store, at: now)
    } catch {
      watch.forget()
      throw error
    }
  }

  private func keepAll(
    in store: any PollingRecords & HistoryQueries,
    at now: Moment
  ) async throws(HistoryError) {
    if watch.hasNews(in: store) {
      rows = Dictionary(
        try await store.leases().map { ($0.account, $0) },
        uniquingKeysWith: { $1 }
      )
    }
    for (account, settings) in accounts.sorted(by: { $0.key < $1.key }) {
      try await keep(account, settings, rows[account], in: store, at: now)
    }
    for lease in leases where accounts[lease.account] == nil {
      lose(lease.account)
      try await store.release(lease)
    }
  }

  /// Takes the leases in a store that was just opened, which may be another file than before.
  package func takeAll(
    in store: any PollingRecords & HistoryQueries,
    at now: Moment
  ) async throws(HistoryError) {
    held.withLock { $0 = [:] }
    watch.forget()
    try await keep(in: store, at: now)
  }

  /// Gives all leases back, so that another process need not wait for their end.
  package func release(in store: any PollingRecords) async throws(HistoryError) {
    let all = leases
    held.withLock { $0 = [:] }
    for lease in all { try await store.release(lease) }
  }

  private func keep(
    _ account: String,
    _ settings: String,
    _ row: Lease?,
    in store: any PollingRecords,
    at now: Moment
  ) async throws(HistoryError) {
    if let known = held.withLock({ $0[account] }) {
      let isOurs = row?.holder == holder && row?.term == known.lease.term
      if isOurs, row?.settings == settings, known.isValid(at: now),
        now - known.renewed < Self.renewal
      {
        return
      }
      if !isOurs { lose(account) }
    }
    if let row, row.holder != holder {
      guard isOver(row, at: now) else { return }
      try await store.release(row)
    }
    try await take(account, settings, in: store, at: now)
  }

  /// Whether the holder of a lease will not come back to it, or not in time.
  private func isOver(_ lease: Lease, at now: Moment) -> Bool {
    if observed[lease.account]?.lease != lease {
      observed[lease.account] = Observation(lease: lease, seen: now)
    }
    switch judge(lease.holder) {
    case .gone: return true
    case .unknown where !lease.isValid(at: now.date): return true
    case .running, .unknown:
      return observed[lease.account].map { now - $0.seen >= Self.length } ?? false
    }
  }

  /// Takes a lease, or renews it: both are the same for its holder.
  private func take(
    _ account: String,
    _ settings: String,
    in store: any PollingRecords,
    at now: Moment
  ) async throws(HistoryError) {
    let answer = try await store.takeLease(
      of: account,
      for: holder,
      settings: settings,
      at: now.date,
      until: now.date.addingTimeInterval(Self.length / .seconds(1))
    )
    switch answer {
    case .taken(let lease):
      tenures += 1
      let next = tenures
      let former = held.withLock { held in
        let former = held[account]
        let isRenewed = former.map { $0.isValid(at: now) && $0.lease.term == lease.term } ?? false
        let tenure = isRenewed ? former?.tenure : nil
        held[account] = Held(lease: lease, tenure: tenure ?? next, renewed: now)
        return former
      }
      observed[account] = nil
      if former == nil { gained.insert(account) }
    case .held(let lease):
      lose(account)
      observed[account] = Observation(lease: lease, seen: now)
    }
  }
}
