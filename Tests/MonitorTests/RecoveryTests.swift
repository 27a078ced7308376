import Health
import TestSupport
import Testing

@testable import Monitor

/// An account whose answers are usable again: its numbers are asked one after the other.
@Suite struct RecoveryTests {
  private static let account = Account.samples[0]
  private static let refused = ProviderError(.credentialRejected, "Key.", httpStatus: 401)

  private static func moment(_ seconds: Double) -> Moment { .sample + .seconds(seconds) }

  private static func readings(
    _ result: Result<HealthReport, ProviderError>,
    of numbers: ClosedRange<Int>,
    at seconds: Double
  ) -> FleetUpdate {
    FleetUpdate(readings: numbers.map { .sample(.sample("\($0)"), result, at: moment(seconds)) })
  }

  /// Three numbers that were fine, and whose key has been rejected for ten minutes.
  private static func refusedFleet() -> MonitorState {
    var monitor = MonitorState(startedAt: .sample)
    var fine = readings(.success(.sample()), of: 1...3, at: 0)
    fine.accounts = [.sample(account)]
    _ = monitor.receive(fine, at: moment(0))
    var failing = readings(.failure(refused), of: 1...3, at: 30)
    failing.accounts = [.sample(account, failure: refused, failingSince: moment(30))]
    _ = monitor.receive(failing, at: moment(30))
    _ = monitor.advance(to: moment(600))
    return monitor
  }

  private static func states(_ changes: [Change]) -> [HealthState] {
    changes.compactMap { if case .number(_, _, let to) = $0.event { to } else { nil } }
  }

  @Test func `numbers stay as they are until they are asked, and the account has one event`() {
    var monitor = Self.refusedFleet()
    var answer = Self.readings(.success(.sample()), of: 1...1, at: 601)
    answer.accounts = [.sample(Self.account)]
    #expect(Self.states(monitor.receive(answer, at: Self.moment(601))) == [.available])
    #expect(monitor.fleet.counts[.unknown] == 2)
    let rest = Self.readings(.success(.sample()), of: 2...3, at: 602)
    #expect(
      Self.states(monitor.receive(rest, at: Self.moment(602))) == [.available, .available]
    )
    let ends = monitor.journal.events.filter { $0.kind == .answering }
    #expect(ends.map(\.count) == [3])
  }

  @Test func `the answer of a number may come before it is said that the account answers`() {
    var monitor = Self.refusedFleet()
    _ = monitor.receive(
      Self.readings(.success(.sample()), of: 1...1, at: 601),
      at: Self.moment(601)
    )
    _ = monitor.receive(FleetUpdate(accounts: [.sample(Self.account)]), at: Self.moment(601.5))
    _ = monitor.receive(
      Self.readings(.success(.sample()), of: 2...3, at: 602),
      at: Self.moment(602)
    )
    #expect(monitor.journal.events.filter { $0.kind == .answering }.count == 1)
  }

  @Test func `a number that is not asked for three intervals after that is stale`() {
    var monitor = Self.refusedFleet()
    _ = monitor.receive(FleetUpdate(accounts: [.sample(Self.account)]), at: Self.moment(601))
    _ = monitor.advance(to: Self.moment(691))
    #expect(monitor.fleet.counts[.unknown] == 3)
    _ = monitor.advance(to: Self.moment(691.1))
    #expect(monitor.fleet.counts[.stale] == 3)
  }
}
