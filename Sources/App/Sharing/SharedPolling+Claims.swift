import Health
import History
import Monitor
import Polling
import Synchronization

// Which polling goes on here, and what it asks.
extension SharedPolling: PollClaims {
  func claim(_ account: Account) async -> PollStart? {
    let (changes, source) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    waitersMade += 1
    let waiter = waitersMade
    waiters[waiter] = source
    defer { waiters[waiter] = nil }
    source.yield()
    for await _ in changes {
      if let right = await right(to: account.name) {
        polled.withLock { $0[account.name] = right }
        if !right.isByLease { unrecorded.insert(account.name) }
        return await start(account.name, right)
      }
    }
    return nil
  }

  /// By which right an account is polled here; nil where it isn't, or nobody knows yet.
  private func right(to account: String) async -> Right? {
    guard settings[account] != nil, !isWithoutStore else {
      // Another process may know more, but not of what this one does.
      await follower.skip(account)
      return .alone
    }
    guard let store = recorder.store, kept != nil else { return nil }
    // It is tried again a second later: to begin without what is known would tell what never was.
    guard (try? await follower.restore(account, from: store)) != nil else { return nil }
    switch await leases.standing(of: account) {
    case .held:
      guard let tenure = leases.tenure(of: account, at: time.now) else { return nil }
      guard (try? await follower.leave(account, tenure: tenure, in: store)) != nil else {
        return nil
      }
      return .byLease(tenure: tenure)
    case .apart:
      await follower.skip(account)
      return .apart
    case .followed, nil: return nil
    }
  }

  private func start(_ account: String, _ right: Right) async -> PollStart {
    var start = PollStart()
    (start.numbers, start.condition) = await monitor.read { fleet in
      (
        Set(fleet.records.lazy.map(\.id).filter { $0.account == account }),
        fleet.condition(of: account)
      )
    }
    guard right.isByLease, let store = recorder.store else { return start }
    let former = askedWith.updateValue(settings[account] ?? "", forKey: account)
    // With another key, or after one that was refused, all is asked anew.
    guard former == nil || former == settings[account] else {
      start.condition?.budget = AccountBudget()
      return start
    }
    guard start.condition?.failure?.kind != .credentialRejected,
      let asked = try? await store.asked(of: account)
    else { return start }
    let now = time.now
    for one in asked { start.asked[one.target] = Moment(remembered: one.date, now: now) }
    return start
  }

  func note(asking targets: [String], of account: String) async -> Bool {
    let right = polled.withLock { $0[account] }
    switch right {
    case .alone, .apart: return await isStillAlone(account)
    case .byLease, nil: break
    }
    if !leases.holds(account, at: time.now) { await keep() }
    guard let store = recorder.store, let lease = leases.lease(of: account),
      let tenure = leases.tenure(of: account, at: time.now), right == .byLease(tenure: tenure)
    else { return await giveUp(account) }
    let date = time.now.date
    let asked = targets.map { Asked(account: account, target: $0, date: date) }
    // What can't be noted is asked all the same: the grid goes on without a store.
    let isHeld = (try? await notes.note(asked, under: lease, in: store)) ?? true
    if !isHeld { await leases.lose(account) }
    // The process may have been stopped meanwhile.
    return isHeld && leases.holds(account, at: time.now) ? true : await giveUp(account)
  }

  nonisolated func allowsRequest(of account: String) -> Bool {
    switch polled.withLock({ $0[account] }) {
    case .byLease(let tenure): holds(account, tenure: tenure, at: time.now)
    case .alone, .apart: true
    case nil: false
    }
  }

  /// Whether polling goes on: without a store it does.
  private func giveUp(_ account: String) async -> Bool {
    let isAlone = isWithoutStore
    polled.withLock { $0[account] = isAlone ? .alone : nil }
    return isAlone
  }

  /// Whether an account that was polled beside another process, or without a store, still is.
  private func isStillAlone(_ account: String) async -> Bool {
    guard settings[account] != nil, !isWithoutStore else { return true }
    switch await leases.standing(of: account) {
    case .apart, nil: return true
    case .held, .followed:
      // Polling begins anew, by the lease.
      polled.withLock { $0[account] = nil }
      return false
    }
  }
}
