import Foundation
import Health
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import History

/// What one process remembers is what another one shows.
@Suite struct StoreFollowerTests {
  private let clock = ManualClock()
  private let store = InMemoryHistory()
  private let account = Account.samples[0]
  private let number = PhoneNumber.sample("106540352242922")

  /// A process: what it knows, and what it tells.
  private final class Screen: ChangeConsumer {
    let told = Mutex<[Change]>([])

    func receive(_ changes: [Change]) { told.withLock { $0 += changes } }

    var count: Int { told.withLock { $0.count } }
  }

  private struct Process {
    let monitor: FleetMonitor
    let screen: Screen
    let recorder: HistoryRecorder
    let recorded: RecordedMonitor
    let follower: StoreFollower

    func record(of id: PhoneNumber.ID) async -> NumberRecord? {
      await monitor.read { $0[id] }
    }
  }

  private func process() async -> Process {
    let store = store
    let screen = Screen()
    let recorder = HistoryRecorder(time: clock) { _ async throws(HistoryError) in
      OpenedHistory(store)
    }
    let monitor = FleetMonitor(time: clock, consumers: [screen, recorder])
    await monitor.receive(FleetUpdate(accounts: [.sample(account)]))
    return Process(
      monitor: monitor,
      screen: screen,
      recorder: recorder,
      recorded: RecordedMonitor(monitor, recorder, time: clock),
      follower: StoreFollower(of: monitor, time: clock)
    )
  }

  /// The number's answer lists entities, and their nodes may be read with it.
  private func poll(
    _ word: String,
    _ entities: [HealthEntity] = [],
    of nodes: [EntityFacts] = [],
    in process: Process
  ) async {
    let report = HealthReport(root: AsSent(word), entities: entities)
    await process.recorded.receive(
      FleetUpdate(
        appeared: [number],
        readings: [Reading(number: number, moment: clock.now, result: .success(report))],
        entities: nodes,
        accounts: [.sample(account)]
      )
    )
    await process.recorder.step()
  }

  @Test func `a start shows what was known, since when, and tells and records nothing`()
    async throws
  {
    let former = await process()
    await poll("AVAILABLE", in: former)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: former)
    let since = clock.now
    clock.advance(by: .seconds(3600))

    let now = await process()
    try await now.follower.restore(account.name, from: store)
    try await now.follower.restore(account.name, from: store)
    let restored = try #require(await now.record(of: number.id))
    #expect(restored.state == .stale)
    #expect(restored.latest?.moment == since)
    #expect(now.screen.count == 0)
    clock.advance(by: .seconds(1))
    await poll("BLOCKED", in: now)
    #expect(await now.record(of: number.id)?.stateSince == since)
    #expect(now.screen.count == 0)
    #expect(try await store.transitions(TransitionQuery()).count == 2)
  }

  @Test func `whoever asks for what was known has it, even if somebody asked at the same moment`()
    async throws
  {
    let former = await process()
    await poll("BLOCKED", in: former)
    let (now, store, account, number) = (await process(), store, account, number)
    await withTaskGroup { group in
      for _ in 1...4 {
        group.addTask {
          try? await now.follower.restore(account.name, from: store)
          return await now.monitor.read { $0[number.id]?.state }
        }
      }
      for await state in group { #expect(state == .blocked) }
    }
  }

  @Test func `who follows shows what the other polls, and tells it without recording it`()
    async throws
  {
    let first = await process()
    await poll("AVAILABLE", in: first)
    clock.advance(by: .seconds(1))
    let second = await process()
    try await second.follower.restore(account.name, from: store)
    try await second.follower.follow([account.name], in: store)
    #expect(await second.record(of: number.id)?.state == .available)
    #expect(second.screen.count == 0)

    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: first)
    try await second.follower.follow([account.name], in: store)
    let record = try #require(await second.record(of: number.id))
    #expect(record.state == .blocked && record.latest?.moment == clock.now)
    #expect(second.screen.count == 1)
    await second.recorder.step()
    #expect(try await store.transitions(TransitionQuery()).count == 2)

    await first.recorded.receive(FleetUpdate(vanished: [number.id]))
    await first.recorder.step()
    try await second.follower.follow([account.name], in: store)
    #expect(await second.record(of: number.id) == nil)
  }

  /// A node is read every ten minutes: what it said of itself is as old for who begins to follow.
  @Test func `who begins to follow shows no trouble that is over`() async throws {
    func waba(_ word: String) -> HealthEntity {
      HealthEntity(type: AsSent("WABA"), id: "9", canSendMessage: AsSent(word))
    }
    let health = try #require(EntityCondition(health: waba("BLOCKED")))
    let node = EntityFacts(
      reference: EntityReference(type: .waba, id: "9"),
      name: "Acme",
      conditions: [health]
    )
    let first = await process()
    await poll("BLOCKED", [waba("BLOCKED")], of: [node], in: first)
    clock.advance(by: .seconds(90))
    await poll("AVAILABLE", [waba("AVAILABLE")], in: first)
    #expect(await first.record(of: number.id)?.state == .available)
    clock.advance(by: .seconds(1))
    let second = await process()
    try await second.follower.follow([account.name], in: store)
    #expect(await second.record(of: number.id)?.state == .available)
    #expect(second.screen.count == 0)
    await poll("AVAILABLE", [waba("AVAILABLE")], in: second)
    #expect(await second.record(of: number.id)?.state == .available)
    #expect(second.screen.count == 0)
  }

  /// The first look may come before polling asks for what was known.
  @Test func `who begins to follow shows since when it is so, and that is no event`() async throws {
    let first = await process()
    await poll("AVAILABLE", in: first)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: first)
    let since = clock.now
    clock.advance(by: .seconds(600))
    let second = await process()
    await poll("BLOCKED", in: first)
    try await second.follower.follow([account.name], in: store)
    #expect(await second.record(of: number.id)?.stateSince == since)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: first)
    try await second.follower.follow([account.name], in: store)
    try await second.follower.restore(account.name, from: store)
    let record = try #require(await second.record(of: number.id))
    #expect(record.stateSince == since && record.latest?.moment == clock.now)
    #expect(second.screen.count == 0)
  }

  @Test func `a clock that goes back hides nothing from who follows`() async throws {
    let (first, second) = (await process(), await process())
    await poll("AVAILABLE", in: first)
    try await second.follower.follow([account.name], in: store)
    let earlier = Moment(date: clock.now.date.addingTimeInterval(-3600), uptime: clock.now.uptime)
    let report = HealthReport(root: AsSent("BLOCKED"))
    await first.recorded.receive(
      FleetUpdate(
        readings: [Reading(number: number, moment: earlier, result: .success(report))]
      )
    )
    await first.recorder.step()
    try await second.follower.follow([account.name], in: store)
    let record = await second.record(of: number.id)
    #expect(record?.latest?.report?.root?.text == "BLOCKED")
  }

  @Test func `an account that is followed from now on is as the other process knows it`()
    async throws
  {
    let (first, second) = (await process(), await process())
    let own = PhoneNumber.sample("1")
    await second.monitor.receive(
      FleetUpdate(appeared: [own], readings: [.sample(own, .success(.sample()), at: clock.now)])
    )
    await poll("AVAILABLE", in: first)
    try await second.follower.follow([account.name], in: store)
    #expect(await second.record(of: own.id) == nil)
    #expect(await second.record(of: number.id) != nil)
    // Of other accounts nothing is shown.
    try await second.follower.follow([], in: store)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: first)
    try await second.follower.follow([], in: store)
    #expect(await second.record(of: number.id)?.state == .available)
  }

  @Test func `the last that a process found out is known before its account is polled here`()
    async throws
  {
    let (first, second) = (await process(), await process())
    await poll("AVAILABLE", in: first)
    try await second.follower.follow([account.name], in: store)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: first)
    try await second.follower.leave(account.name, tenure: 1, in: store)
    #expect(await second.record(of: number.id)?.state == .blocked)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: second)
    #expect(try await store.transitions(TransitionQuery()).count == 2)
    // Polled here, nothing of it is read again, neither now nor when others are followed.
    await poll("AVAILABLE", in: first)
    try await second.follower.follow(["shops"], in: store)
    #expect(await second.record(of: number.id)?.state == .blocked)
  }

  @Test func `the last is shown too where another look comes before`() async throws {
    let (first, second) = (await process(), await process())
    await poll("AVAILABLE", in: first)
    try await second.follower.follow([account.name], in: store)
    clock.advance(by: .seconds(30))
    await poll("BLOCKED", in: first)
    try await second.follower.follow([], in: store)
    #expect(await second.record(of: number.id)?.state == .blocked)
  }

  @Test func `how polling goes is read as it was written`() throws {
    var condition = AccountCondition.sample(
      account,
      failure: .sampleTimeout,
      failingSince: .sample(ago: .seconds(60)),
      nextPoll: .sample + .seconds(20)
    )
    condition.lastSuccess = .sample(ago: .seconds(90))
    condition.lastError = PollError(.sampleTimeout, at: .sample(ago: .seconds(1)), of: "number/1")
    condition.latency = AnswerLatency(median: .milliseconds(20), worst: .seconds(1), count: 4)
    condition.list = NumberListCondition(lastRead: .sample(ago: .seconds(5)), gap: "A page failed.")
    condition.refreshLimit = RefreshLimit(
      requestsPerRound: 20,
      requestsPerMinute: 2.5,
      origin: .provider
    )
    var budget = RequestBudgetCondition()
    (budget.perMinute, budget.origin, budget.used, budget.left) = (12.5, .usage, 3, 9)
    (budget.moment, budget.throttledUntil) = (.sample, .sample + .seconds(9))
    (budget.throttledInARow, budget.lastThrottled) = (1, .sample(ago: .seconds(2)))
    condition.budget = AccountBudget(
      of: [CredentialCondition(name: "channel/1", isRejected: true, budget: budget)],
      at: .sample
    )
    let read = try Packed.condition(from: Packed.bytes(of: condition), at: .sample)
    #expect(read == condition)
    // An end that is a year ahead is one that a clock got wrong.
    condition.nextPoll = .sample + .seconds(31_536_000)
    let wrong = try Packed.condition(from: Packed.bytes(of: condition), at: .sample)
    #expect(wrong.nextPoll == .sample + .seconds(3600))
  }
}
