import Health
import HistorySQLite
import TestSupport

@testable import History
@testable import Monitor
@testable import Screens

/// A dashboard that polls and others that follow it, in one process and over one store.
struct TwoDashboards {
  /// A dashboard without a terminal: what it knows, and how it reads or writes the store.
  struct Dashboard {
    let monitor: FleetMonitor
    let recorder: HistoryRecorder
    let recorded: RecordedMonitor
    let follower: StoreFollower
    var stage: Stage

    func record(of id: PhoneNumber.ID) async -> NumberRecord? { await monitor.read { $0[id] } }
  }

  static let accounts = [
    Account.sample("acme", provider: "kapso"), .sample("shops", provider: "360dialog"),
  ]

  let clock = ManualClock()
  let store: SQLiteHistory
  /// The one that polls.
  var poller: Dashboard
  /// The one that follows it from the start.
  var follower: Dashboard

  init(confirming rules: ConfirmationRules = .immediate) async throws {
    store = try SQLiteHistory.inMemory()
    poller = await Self.dashboard(store, clock, rules)
    follower = await Self.dashboard(store, clock, rules)
    clock.advance(by: .milliseconds(700))
    try await follower.follower.follow(Set(Self.accounts.map(\.name)), in: store)
  }

  /// One that starts now.
  static func dashboard(
    _ store: SQLiteHistory,
    _ clock: ManualClock,
    _ rules: ConfirmationRules = .immediate
  ) async -> Dashboard {
    let recorder = HistoryRecorder(time: clock) { _ async throws(HistoryError) in
      OpenedHistory(store)
    }
    let monitor = FleetMonitor(time: clock, confirming: rules, consumers: [recorder])
    await monitor.receive(FleetUpdate(accounts: accounts.map { .sample($0) }))
    return Dashboard(
      monitor: monitor,
      recorder: recorder,
      recorded: RecordedMonitor(monitor, recorder, time: clock),
      follower: StoreFollower(of: monitor, time: clock),
      stage: Stage(ScreenState(now: clock.now))
    )
  }

  /// Polling brings something after a while; a moment later it is written, and then followed.
  mutating func poll(after seconds: Double, _ update: (Moment) -> FleetUpdate) async throws {
    clock.advance(by: .seconds(seconds))
    for dashboard in [poller, follower] { await dashboard.monitor.advance(to: clock.now) }
    await poller.recorded.receive(update(clock.now))
    clock.advance(by: .milliseconds(400))
    await poller.recorder.step()
    clock.advance(by: .milliseconds(400))
    try await follower.follower.follow(Set(Self.accounts.map(\.name)), in: store)
  }

  /// Time passes in which no answer comes.
  mutating func pass(_ seconds: Double) async throws {
    try await poll(after: seconds) { _ in FleetUpdate() }
  }

  /// The rows of Events, the latest first, without those of the runs themselves.
  func rows(of dashboard: Dashboard, width: Int = 120) async throws -> [String] {
    var stage = dashboard.stage
    stage.now = clock.now
    stage.state.adopt(await dashboard.monitor.look(), at: clock.now)
    _ = stage.state.perform(.showEvents)
    stage.layOut(width, 60)
    while let question = stage.state.wantedEvents {
      stage.state.expect(question)
      let page = await EventsReader(store, of: stage.state.fleet, at: clock.now).page(question)
      _ = stage.state.add(page, to: question)
    }
    return stage.screen(width, 60).events.lines.map { " \($0.dropFirst())" }
      .filter { !$0.contains("wabatop") && !$0.contains("not polled") }
  }

  /// The rows of the list.
  func list(of dashboard: Dashboard) async throws -> [String] {
    var stage = dashboard.stage
    stage.now = clock.now
    stage.state.adopt(await dashboard.monitor.look(), at: clock.now)
    // A look says nothing of what changed.
    stage.state.list.rows.rebuild(from: stage.state.fleet, at: clock.now)
    return stage.screen(120, 60).lines.filter { $0.contains("+1555") }
  }

  /// The number of times that numbers were told to be in another state, the oldest first.
  func states(of id: PhoneNumber.ID) async throws -> [HealthState] {
    let query = TransitionQuery(kinds: [.state], subjects: [.number(id)])
    return try await store.transitions(query).reversed().compactMap(\.transition.state)
  }
}

extension FleetUpdate {
  /// Answers of numbers of an account, of a WABA without payment or of a quality.
  static func answers(
    _ numbers: ClosedRange<Int>,
    of account: Account,
    isUnpaid: Bool = false,
    quality: String = "GREEN",
    at moment: Moment
  ) -> FleetUpdate {
    FleetUpdate(
      readings: numbers.map {
        CausesTests.reading(
          "\($0)",
          isUnpaid: isUnpaid,
          quality: quality,
          on: account,
          at: moment
        )
      }
    )
  }

  /// An account that fails for a reason, and the polls of its numbers that did.
  static func failing(
    _ error: ProviderError,
    _ account: Account,
    _ numbers: ClosedRange<Int>,
    at moment: Moment
  ) -> FleetUpdate {
    FleetUpdate(
      readings: numbers.map { .sample(.sample("\($0)", on: account), .failure(error), at: moment) },
      accounts: [.sample(account, failure: error, failingSince: moment)]
    )
  }

  /// The same, and its account answers.
  func answering(_ account: Account) -> FleetUpdate {
    var update = self
    update.accounts = [.sample(account)]
    return update
  }
}
