import Health
import Monitor

import struct FoundationEssentials.Date

// What was told of accounts before and since this process looks at them.
extension StoreFollower {
  /// What was told last of accounts that were polled here before.
  func toldLast(
    of accounts: Set<String>,
    in store: any HistoryRecords & HistoryQueries
  ) async throws(HistoryError) -> FollowedUpdate.Known {
    guard !accounts.isEmpty else { return FollowedUpdate.Known() }
    reading = nil
    return try await known(in: store).get().known(of: accounts)
  }

  /// What was told since the last look, in the order in which it was told.
  ///
  /// Of accounts that are new it is what was told in this run, which has no other events of it. What was told
  /// before is in the store, where views look it up.
  func toldSince(
    _ new: Set<String>,
    of accounts: Set<String>,
    in store: any HistoryQueries
  ) async throws(HistoryError) -> [Transition] {
    var told: [RecordedTransition] = []
    let newest = try await store.transitions(TransitionQuery(limit: 1)).first?.id
    if !new.isEmpty {
      let start = await start(of: new)
      // An end, so that little is looked through; a clock may run a little ahead.
      let end = max(time.now.date, start).addingTimeInterval(Self.clockTolerance)
      let query = TransitionQuery(window: start..<end, limit: Self.mostTold)
      told = try await store.transitions(query).filter { record in
        guard record.transition.isOf(new) else { return false }
        let until = record.transition.subject.account.flatMap { toldUntil[$0] }
        return until.map { $0 < record.id } ?? true
      }
    }
    if let lastTold {
      let query = TransitionQuery(after: lastTold, limit: Self.mostTold)
      let others = try await store.transitions(query)
      let known = Set(told.map(\.id))
      told = (told + others.filter { !known.contains($0.id) }).sorted { $0.id > $1.id }
    }
    lastTold = [told.first?.id, lastTold, newest].compactMap(\.self).max() ?? 0
    return told.reversed().map(\.transition)
  }

  /// Since when what is told of accounts is no event of this run yet.
  private func start(of accounts: Set<String>) async -> Date {
    let own = accounts.intersection(polledHere)
    guard !own.isEmpty else { return monitor.started.date }
    let latest = await monitor.read { fleet in
      fleet.records.lazy.filter { own.contains($0.number.account) }.compactMap { $0.latest?.moment }
        .max()
    }
    return latest.map { $0.date.addingTimeInterval(Self.clockTolerance) } ?? time.now.date
  }

  /// It stays the same until somebody sets the clock.
  func origin(at now: Moment) -> Moment {
    if let origin {
      let passed = now.date.timeIntervalSince(origin.date)
      let drift = now - origin - .milliseconds((passed * 1000).rounded())
      if abs(drift / .seconds(1)) < Self.clockTolerance { return origin }
    }
    origin = now
    return now
  }

  /// More events than a run keeps.
  static let mostTold = 5000
  static let mostTroubles = 1000
  private static let clockTolerance = 1.0
}
