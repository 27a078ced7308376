import Foundation
import Health
import Synchronization
import TestSupport
import Testing

@testable import History

/// Which of several processes polls an account, whatever happens to them and to their clocks.
@Suite struct AccountLeasesTests {
  private let store = InMemoryHistory()
  private let judged = Judge()

  /// What is known of other processes.
  private final class Judge: Sendable {
    private let holders = Mutex<[String: AccountLeases.Holder]>([:])

    func note(_ holder: String, _ state: AccountLeases.Holder) {
      holders.withLock { $0[holder] = state }
    }

    func judge(_ holder: String) -> AccountLeases.Holder {
      holders.withLock { $0[holder] } ?? .unknown
    }
  }

  private func leases(
    _ holder: String,
    _ accounts: [String: String] = ["acme": "s"]
  ) -> AccountLeases {
    AccountLeases(of: accounts, holder: holder) { [judged] in judged.judge($0) }
  }

  private func moment(_ seconds: Double, wall: Double? = nil) -> Moment {
    Moment(date: .after(wall ?? seconds), uptime: .seconds(seconds))
  }

  @Test func `one process holds an account, and another gets it when it is given back`()
    async throws
  {
    let first = leases("first", ["acme": "s", "shops": "s"])
    let second = leases("second")
    try await first.keep(in: store, at: moment(0))
    try await second.keep(in: store, at: moment(1))
    #expect(first.leases.map(\.account) == ["acme", "shops"])
    #expect(second.leases.isEmpty)
    #expect(await second.standing(of: "acme") == .followed(first.leases[0]))
    await first.want(["shops": "s"])
    try await first.keep(in: store, at: moment(2))
    try await second.keep(in: store, at: moment(3))
    #expect(await second.takeGained() == ["acme"])
    #expect(await second.takeGained().isEmpty)
  }

  @Test func `of two that begin at the same moment one gets it`() async throws {
    let all = (0..<8).map { leases("\($0)") }
    for _ in 0..<2 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for leases in all { group.addTask { try await leases.keep(in: store, at: .after(0)) } }
        try await group.waitForAll()
      }
      #expect(all.count { $0.holds("acme", at: moment(1)) } == 1)
    }
  }

  @Test func `a process that is gone is replaced at once`() async throws {
    let (first, second) = (leases("first"), leases("second"))
    judged.note("first", .running)
    try await first.keep(in: store, at: moment(0))
    try await second.keep(in: store, at: moment(1))
    #expect(second.leases.isEmpty)
    judged.note("first", .gone)
    try await second.keep(in: store, at: moment(1.5))
    #expect(second.holds("acme", at: moment(2)))
  }

  @Test func `one of which nobody knows is replaced when its lease is over`() async throws {
    let (first, second) = (leases("first"), leases("second"))
    try await first.keep(in: store, at: moment(0))
    try await first.keep(in: store, at: moment(8))
    try await second.keep(in: store, at: moment(20))
    #expect(second.leases.isEmpty)
    try await second.keep(in: store, at: moment(24))
    #expect(second.leases.count == 1)
    try await first.keep(in: store, at: moment(25))
    #expect(first.leases.isEmpty)
  }

  @Test func `a process that was stopped may ask nothing before it has renewed`() async throws {
    let (first, second) = (leases("first"), leases("second"))
    judged.note("first", .running)
    try await first.keep(in: store, at: moment(0))
    try await second.keep(in: store, at: moment(1))
    #expect(first.holds("acme", at: moment(14)))
    #expect(!first.holds("acme", at: moment(15)))
    // It is there, but it does not renew.
    try await second.keep(in: store, at: moment(15.5))
    #expect(second.leases.isEmpty)
    try await second.keep(in: store, at: moment(16))
    #expect(second.holds("acme", at: moment(16)))
    #expect(!first.holds("acme", at: moment(17)))
    try await first.keep(in: store, at: moment(17))
    #expect(first.leases.isEmpty)
    // Nobody took it meanwhile: it goes on.
    try await second.keep(in: store, at: moment(100))
    #expect(second.holds("acme", at: moment(100)))
  }

  @Test(arguments: [3600, 31_536_000, -3600, -31_536_000])
  func `a clock that is set takes nothing from a process that polls`(step: Double) async throws {
    let (first, second) = (leases("first"), leases("second"))
    judged.note("first", .running)
    try await first.keep(in: store, at: moment(0))
    for second_ in 1...4 {
      try await second.keep(in: store, at: moment(Double(second_)))
    }
    // It asks nothing until it has renewed, which it does with its next look.
    #expect(!first.holds("acme", at: moment(5, wall: 5 + step)))
    try await second.keep(in: store, at: moment(5.2, wall: 5.2 + step))
    #expect(second.leases.isEmpty)
    try await first.keep(in: store, at: moment(5.5, wall: 5.5 + step))
    #expect(first.holds("acme", at: moment(6, wall: 6 + step)))
    for now in 6...60 {
      try await first.keep(in: store, at: moment(Double(now), wall: Double(now) + step))
      try await second.keep(in: store, at: moment(Double(now), wall: Double(now) + step))
    }
    #expect(second.leases.isEmpty && first.holds("acme", at: moment(60, wall: 60 + step)))
  }

  @Test func `who would poll otherwise is told apart, also after a reload`() async throws {
    let (first, second) = (leases("first"), leases("second", ["acme": "other"]))
    try await first.keep(in: store, at: moment(0))
    try await second.keep(in: store, at: moment(1))
    #expect(await second.standing(of: "acme") == .apart(first.leases[0]))
    await first.want(["acme": "other"])
    try await first.keep(in: store, at: moment(2))
    try await second.keep(in: store, at: moment(3))
    #expect(await second.standing(of: "acme") == .followed(first.leases[0]))
  }

  @Test func `what accounts ask together is one note, and who lost its lease learns it`()
    async throws
  {
    let (first, second) = (leases("first", ["acme": "s", "shops": "s"]), leases("second"))
    try await first.keep(in: store, at: moment(0))
    let (acme, shops) = (first.leases[0], first.leases[1])
    judged.note("first", .gone)
    try await second.keep(in: store, at: moment(1))
    let notes = AskedNotes()
    let store = store
    func note(_ lease: Lease) async throws -> Bool {
      try await notes.note(
        [Asked(account: lease.account, target: "1", date: .after(2))],
        under: lease,
        in: store
      )
    }
    async let lost = note(acme)
    async let held = note(shops)
    #expect(try await !lost)
    #expect(try await held)
    #expect(try await store.asked(of: "acme").isEmpty)
    #expect(try await store.asked(of: "shops").count == 1)
  }
}
