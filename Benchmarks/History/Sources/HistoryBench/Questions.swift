import Foundation
import Health
import History
import HistorySQLite
import Monitor

// How long questions to a full history take.
extension HistoryBench {
  func ask(_ store: any HistoryStore) async throws {
    let end = start.addingTimeInterval(Double(days) * 86_400)
    func window(_ seconds: Double) -> Range<Date> { end.addingTimeInterval(-seconds)..<end }
    let seen = (0..<50).map { id($0 * numbers / 50) }
    let middle = start.addingTimeInterval(Double(days) * 43_200)
    let now = Moment(date: end, uptime: .seconds(1))
    try await time("opening it, and all that a start shows") {
      let store = try await SQLiteHistory.open(directory: folder, at: end).store
      let current = try await store.current(after: nil, at: now)
      let told = try await store.past(at: end)
      let known = RememberedAccounts(current, told: told, at: now)
      var monitor = MonitorState(startedAt: now)
      _ = monitor.receive(FleetUpdate(accounts: accounts), at: now)
      for account in accounts { monitor.restore(known.fleet(of: account.account.name), at: now) }
    }
    try await time("everything as it was last") { _ = try await store.current(after: nil, at: now) }
    try await time("what is new of it") {
      _ = try await store.current(after: store.revision(), at: now)
    }
    try await time("everything at a moment") { _ = try await store.past(at: middle) }
    let present = try await fleet(store, at: now)
    let past = try await store.past(at: middle)
    try await time("everything at a moment, as a screen shows it") {
      _ = try await store.past(at: middle).snapshot(beside: present, EventJournal(), at: now)
    }
    try await time("making what a screen shows of it") {
      _ = past.snapshot(beside: present, EventJournal(), at: now)
    }
    try await time("counts at a moment") { _ = try await store.counts(at: middle) }
    try await time("the moment after") { _ = try await store.changeDate(after: middle) }
    try await time("the first page of Events: 1000, when nobody polled, the strip") {
      _ = try await store.transitions(
        TransitionQuery(window: .distantPast..<end, limit: 1000)
      )
      _ = try await store.coverage(in: window(86_400))
      _ = try await store.density(in: window(86_400), shares: 288)
    }
    try await time("what the answers about a number said") {
      _ = try await store.transitions(
        TransitionQuery(
          window: middle.addingTimeInterval(-3600)..<middle.addingTimeInterval(3600),
          kinds: [.state],
          subjects: [.number(seen[7])],
          includesDifferences: true
        )
      )
    }
    try await time("100 events, the newest") { _ = try await store.transitions(TransitionQuery()) }
    try await time("100 events of one number") {
      _ = try await store.transitions(TransitionQuery(subjects: [.number(seen[7])]))
    }
    try await time("100 events of an hour long ago") {
      let hour = middle..<middle.addingTimeInterval(3600)
      _ = try await store.transitions(TransitionQuery(window: hour))
    }
    try await time("100 events of a window that ended long ago") {
      _ = try await store.transitions(TransitionQuery(window: start..<middle))
    }
    try await time("density of 6 hours") {
      _ = try await store.density(in: window(21_600), shares: 60)
    }
    try await time("density of it all") {
      _ = try await store.density(in: start..<end, shares: 60)
    }
    try await time("strips of 24 hours, 50 rows") {
      _ = try await store.lines(of: seen, in: window(86_400))
    }
    try await time("strips of 7 days, 50 rows") {
      _ = try await store.lines(of: seen, in: window(7 * 86_400))
    }
    try await time("times of it all, all numbers") {
      _ = try await store.times(of: nil, in: start..<end)
    }
    try await time("changed within a day") {
      _ = try await store.numbersChanged(after: window(86_400).lowerBound)
    }
  }

  private var accounts: [AccountCondition] {
    (0...(numbers - 1) / 100).map { number in
      let account = Account(
        name: "account\(number)",
        provider: "kapso",
        requestsPerMinute: nil,
        concurrency: 4
      )
      return AccountCondition(account: account, effectiveRefresh: account.refresh)
    }
  }

  private func fleet(_ store: any HistoryStore, at now: Moment) async throws -> Fleet {
    var fleet = Fleet()
    _ = fleet.receive(try await store.current(after: nil, at: now).update, at: now)
    return fleet
  }

  private func time(_ what: String, _ body: () async throws -> Void) async throws {
    let clock = ContinuousClock()
    var best = Duration.seconds(999)
    var least = Double.infinity
    for _ in 0..<5 {
      let before = processorTime()
      best = try await min(best, clock.measure(body))
      least = min(least, processorTime() - before)
    }
    print("\(what): \(rounded(best / .milliseconds(1))) ms, \(rounded(least * 1000)) ms of CPU")
  }
}
