package import struct FoundationEssentials.Date

/// The leases of the accounts that this process polls: of each account one process writes.
package actor AccountLeases {
  private static let length = 15.0
  /// A lease is renewed when this much of it has passed.
  private static let renewal = 5.0

  private let holder: String
  private var accounts: Set<String>
  private var held: [String: Lease] = [:]
  private var gained: Set<String> = []

  package init(of accounts: Set<String>, holder: String) {
    self.accounts = accounts
    self.holder = holder
  }

  package var leases: [Lease] { held.values.sorted { $0.account < $1.account } }

  /// Wants the leases of these accounts from now on.
  package func want(_ accounts: Set<String>) { self.accounts = accounts }

  /// Accounts whose leases were taken since the last call.
  package func takeGained() -> Set<String> {
    defer { gained = [] }
    return gained
  }

  /// Renews what is held, takes what is free, and gives back what is not wanted any more.
  package func keep(in store: any PollingRecords, at now: Date) async throws(HistoryError) {
    let end = now.addingTimeInterval(Self.length)
    for account in accounts.sorted() {
      if let lease = held[account] {
        if now.timeIntervalSince(lease.renewed).magnitude < Self.renewal { continue }
        held[account] = try await store.renew(lease, at: now, until: end)
      }
      if held[account] == nil { try await take(account, in: store, at: now) }
    }
    for lease in held.values where !accounts.contains(lease.account) {
      held[lease.account] = nil
      try await store.release(lease)
    }
  }

  /// Takes the leases in a store that was just opened, which may be another file than before.
  package func takeAll(in store: any PollingRecords, at now: Date) async throws(HistoryError) {
    held = [:]
    try await keep(in: store, at: now)
  }

  private func take(
    _ account: String,
    in store: any PollingRecords,
    at now: Date
  ) async throws(HistoryError) {
    // All processes poll for themselves, so their settings need no comparison.
    let answer = try await store.takeLease(
      of: account,
      for: holder,
      settings: "",
      at: now,
      until: now.addingTimeInterval(Self.length)
    )
    guard case .taken(let lease) = answer else { return }
    held[account] = lease
    gained.insert(account)
  }

  /// Gives all leases back, so that another process need not wait for their end.
  package func release(in store: any PollingRecords) async throws(HistoryError) {
    let all = held.values
    held = [:]
    for lease in all { try await store.release(lease) }
  }
}
