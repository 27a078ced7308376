import Health
import HistorySQLite
import TestSupport
import Testing

@testable import History
@testable import Monitor
@testable import Screens

/// What the process that polls wrote is the truth: whoever follows it, and the next run, show the same
/// events with the same times.
@Suite struct FollowedEventsTests {
  private static let acme = TwoDashboards.accounts[0]
  private static let shops = TwoDashboards.accounts[1]

  /// Both show the same rows, and so does a run that starts now.
  private static func expectSame(_ two: TwoDashboards, count: Int) async throws {
    let seen = try await two.rows(of: two.poller)
    #expect(seen.count == count, "\(seen.joined(separator: "\n"))")
    let followed = try await two.rows(of: two.follower)
    #expect(followed == seen)
    let next = await TwoDashboards.dashboard(two.store, two.clock)
    try await next.follower.follow(Set(TwoDashboards.accounts.map(\.name)), in: two.store)
    #expect(try await two.rows(of: next) == seen)
  }

  /// Ten numbers of a WABA and four of another account, all fine.
  private static func calm(
    confirming rules: ConfirmationRules = .immediate
  ) async throws -> TwoDashboards {
    var two = try await TwoDashboards(confirming: rules)
    try await two.poll(after: 1) { .answers(1...10, of: acme, at: $0) }
    try await two.poll(after: 1) { .answers(21...24, of: shops, at: $0) }
    return two
  }

  @Test func `first answers are no events`() async throws {
    try await Self.expectSame(try await Self.calm(), count: 0)
  }

  @Test func `numbers join one event of their cause, and recover with it`() async throws {
    var two = try await Self.calm()
    try await two.poll(after: 20) { .answers(1...3, of: Self.acme, isUnpaid: true, at: $0) }
    try await two.poll(after: 9) { .answers(4...6, of: Self.acme, isUnpaid: true, at: $0) }
    try await two.poll(after: 5) { .answers(21...24, of: Self.shops, at: $0) }
    try await two.poll(after: 1) { .answers(9...10, of: Self.acme, at: $0) }
    // More than a cycle since the event began: another one.
    try await two.poll(after: 34) { .answers(7...8, of: Self.acme, isUnpaid: true, at: $0) }
    try await two.poll(after: 10) { .answers(21...21, of: Self.shops, quality: "RED", at: $0) }
    try await two.poll(after: 10) { .answers(1...8, of: Self.acme, at: $0) }
    try await two.poll(after: 10) { .answers(21...21, of: Self.shops, at: $0) }
    try await Self.expectSame(two, count: 5)
  }

  @Test func `a key that works again is one event, and no number was stale`() async throws {
    var two = try await Self.calm()
    let error = ProviderError.sampleUnauthorized
    try await two.poll(after: 20) { .failing(error, Self.acme, 1...10, at: $0) }
    for _ in 0..<8 {
      try await two.poll(after: 30) { .answers(21...24, of: Self.shops, at: $0) }
    }
    try await two.poll(after: 20) {
      .answers(1...1, of: Self.acme, at: $0).answering(Self.acme)
    }
    try await two.poll(after: 1) { .answers(2...5, of: Self.acme, at: $0) }
    try await two.poll(after: 1) { .answers(6...10, of: Self.acme, at: $0) }
    try await Self.expectSame(two, count: 2)
    for number in 1...10 {
      let id = PhoneNumber.sample("\(number)", on: Self.acme).id
      #expect(try await two.states(of: id) == [.available, .unknown, .available])
      #expect(await two.follower.record(of: id)?.state == .available)
    }
  }

  @Test func `a network that comes back is one event`() async throws {
    var two = try await Self.calm()
    let error = ProviderError(.unreachable, "No route.")
    try await two.poll(after: 20) { .failing(error, Self.acme, 1...10, at: $0) }
    try await two.poll(after: 10) { .failing(error, Self.shops, 21...24, at: $0) }
    for _ in 0..<6 { try await two.pass(30) }
    try await two.poll(after: 5) {
      .answers(1...2, of: Self.acme, at: $0).answering(Self.acme)
    }
    try await two.poll(after: 1) { .answers(3...10, of: Self.acme, at: $0) }
    try await two.poll(after: 8) {
      .answers(21...24, of: Self.shops, at: $0).answering(Self.shops)
    }
    try await Self.expectSame(two, count: 2)
    let id = PhoneNumber.sample("1", on: Self.acme).id
    #expect(try await two.states(of: id) == [.available, .stale, .available])
  }

  @Test func `an account that answers long after the others has an event of its own`() async throws
  {
    var two = try await Self.calm()
    let error = ProviderError(.unreachable, "No route.")
    try await two.poll(after: 20) { .failing(error, Self.acme, 1...10, at: $0) }
    try await two.poll(after: 10) { .failing(error, Self.shops, 21...24, at: $0) }
    for _ in 0..<4 { try await two.pass(30) }
    try await two.poll(after: 5) {
      .answers(1...10, of: Self.acme, at: $0).answering(Self.acme)
    }
    for _ in 0..<5 {
      try await two.poll(after: 30) { .answers(1...10, of: Self.acme, at: $0) }
    }
    try await two.poll(after: 5) {
      .answers(21...24, of: Self.shops, at: $0).answering(Self.shops)
    }
    try await Self.expectSame(two, count: 4)
  }

  @Test func `a change that has to be confirmed is shown as pending, and told once it is`()
    async throws
  {
    var two = try await Self.calm(confirming: ConfirmationRules())
    let id = PhoneNumber.sample("1", on: Self.acme).id
    try await two.poll(after: 20) { .answers(1...1, of: Self.acme, quality: "RED", at: $0) }
    for dashboard in [two.poller, two.follower] {
      let progress = await dashboard.monitor.look().confirmation.progress(of: id)
      #expect(progress?.polls == 1 && progress?.needed == 2 && progress?.told == .available)
    }
    #expect(try await two.rows(of: two.follower).isEmpty)
    try await two.poll(after: 20) { .answers(1...1, of: Self.acme, quality: "RED", at: $0) }
    for dashboard in [two.poller, two.follower] {
      #expect(await dashboard.monitor.look().confirmation.progress(of: id) == nil)
    }
    try await Self.expectSame(two, count: 1)
    let since = await two.poller.record(of: id)?.stateSince.date
    #expect(await two.follower.record(of: id)?.stateSince.date == since)
  }

  @Test func `since when it is so is a lower bound for both, until it changes`() async throws {
    var two = try await Self.calm()
    for dashboard in [two.poller, two.follower] {
      #expect(try await two.list(of: dashboard).count { $0.contains("≥") } == 14)
    }
    try await two.poll(after: 20) {
      .answers(21...21, of: Self.shops, quality: "RED", at: $0)
    }
    let late = await TwoDashboards.dashboard(two.store, two.clock)
    try await late.follower.follow(Set(TwoDashboards.accounts.map(\.name)), in: two.store)
    let seen = try await two.list(of: two.poller)
    #expect(seen.count { $0.contains("≥") } == 13)
    #expect(try await two.list(of: two.follower) == seen)
    #expect(try await two.list(of: late) == seen)
  }

  @Test func `what is confirmed after a dashboard started stands where it was first seen`()
    async throws
  {
    var two = try await Self.calm(confirming: ConfirmationRules())
    try await two.poll(after: 20) { .answers(1...1, of: Self.acme, quality: "RED", at: $0) }
    // Later than that, and before the start of the other.
    try await two.poll(after: 3) { .answers(21...21, of: Self.shops, isUnpaid: true, at: $0) }
    two.clock.advance(by: .seconds(2))
    let late = await TwoDashboards.dashboard(two.store, two.clock, ConfirmationRules())
    two.clock.advance(by: .milliseconds(500))
    let names = Set(TwoDashboards.accounts.map(\.name))
    try await late.follower.follow(names, in: two.store)
    try await two.poll(after: 10) { .answers(1...1, of: Self.acme, quality: "RED", at: $0) }
    try await late.follower.follow(names, in: two.store)
    let seen = try await two.rows(of: two.poller)
    #expect(seen.count == 2)
    let shown = try await two.rows(of: late)
    #expect(shown == seen)
    let id = PhoneNumber.sample("1", on: Self.acme).id
    #expect(
      await late.record(of: id)?.stateSince.date == two.poller.record(of: id)?.stateSince.date
    )
  }

  @Test func `a number that flaps has one event for its start and one for its end`() async throws {
    var two = try await Self.calm()
    for poll in 0..<12 {
      try await two.poll(after: 1) { .answers(21...24, of: Self.shops, at: $0) }
      try await two.poll(after: 1) { .answers(2...10, of: Self.acme, at: $0) }
      try await two.poll(after: 12) {
        .answers(1...1, of: Self.acme, isUnpaid: poll % 2 == 0, at: $0)
      }
    }
    for _ in 0..<20 {
      try await two.poll(after: 1) { .answers(21...24, of: Self.shops, at: $0) }
      try await two.poll(after: 12) { .answers(1...10, of: Self.acme, at: $0) }
    }
    let seen = try await two.rows(of: two.poller)
    #expect(seen.contains { $0.contains("flapping ") } && seen.contains { $0.contains("stopped") })
    try await Self.expectSame(two, count: seen.count)
  }

  @Test func `numbers that come and go, and templates, are the same events`() async throws {
    var two = try await Self.calm()
    func templates(_ status: String) -> FleetUpdate {
      FleetUpdate(templates: [
        TemplateList(waba: "7", templates: .success([.sample("winter", status)]))
      ])
    }
    try await two.poll(after: 20) { _ in templates("APPROVED") }
    try await two.poll(after: 30) { .answers(21...24, of: Self.shops, at: $0) }
    try await two.poll(after: 30) { .answers(1...11, of: Self.acme, at: $0) }
    try await two.poll(after: 20) { _ in templates("PAUSED") }
    try await two.poll(after: 9) { _ in
      FleetUpdate(vanished: [PhoneNumber.sample("11", on: Self.acme).id])
    }
    try await Self.expectSame(two, count: 3)
  }

  @Test func `a fault that is told is old to whoever starts later, and is no event of its run`()
    async throws
  {
    var two = try await Self.calm()
    try await two.poll(after: 20) { .answers(1...3, of: Self.acme, isUnpaid: true, at: $0) }
    let error = ProviderError.sampleUnauthorized
    try await two.poll(after: 5) { .failing(error, Self.shops, 21...24, at: $0) }
    for _ in 0..<8 {
      try await two.poll(after: 30) { .answers(1...3, of: Self.acme, isUnpaid: true, at: $0) }
    }
    let late = await TwoDashboards.dashboard(two.store, two.clock)
    two.clock.advance(by: .milliseconds(500))
    for _ in 0..<3 {
      try await late.follower.follow(Set(TwoDashboards.accounts.map(\.name)), in: two.store)
      try await two.poll(after: 10) { .answers(1...3, of: Self.acme, isUnpaid: true, at: $0) }
    }
    let journal = await late.monitor.look().journal
    #expect(journal.events.map(\.kind) == [.started])
    #expect(try await two.rows(of: late) == two.rows(of: two.poller))
  }

  @Test func `who takes over tells nothing anew, though its numbers were old meanwhile`()
    async throws
  {
    var two = try await Self.calm()
    try await two.poll(after: 20) { .answers(1...3, of: Self.acme, isUnpaid: true, at: $0) }
    let seen = try await two.rows(of: two.poller).map { String($0.prefix(10)) }
    // The poller is killed: nothing comes for more than three intervals.
    two.clock.advance(by: .seconds(100))
    await two.follower.monitor.advance(to: two.clock.now)
    let id = PhoneNumber.sample("1", on: Self.acme).id
    #expect(await two.follower.record(of: id)?.state == .stale)
    try await two.follower.follower.leave("acme", tenure: 1, in: two.store)
    let answers = FleetUpdate.answers(1...3, of: Self.acme, isUnpaid: true, at: two.clock.now)
    await two.follower.recorded.receive(answers)
    await two.follower.recorder.step()
    #expect(try await two.states(of: id) == [.available, .blocked])
    #expect(try await two.rows(of: two.follower).map { String($0.prefix(10)) } == seen)
    // From now on it finds out itself.
    two.clock.advance(by: .seconds(10))
    let fine = FleetUpdate.answers(1...3, of: Self.acme, at: two.clock.now)
    await two.follower.recorded.receive(fine)
    await two.follower.recorder.step()
    #expect(try await two.states(of: id) == [.available, .blocked, .available])
    #expect(try await two.rows(of: two.follower).count == 2)
  }
}
