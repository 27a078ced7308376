import Foundation
import Health
import Monitor
import TestSupport
import Testing

@testable import History

/// What of polling comes into a store, and whose.
@Suite struct RecordedMonitorTests {
  private let clock = ManualClock()
  private let store = InMemoryHistory()
  private let number = PhoneNumber.sample("106540352242922")

  private func recorder() -> HistoryRecorder {
    let store = store
    return HistoryRecorder(time: clock) { _ async throws(HistoryError) in OpenedHistory(store) }
  }

  private func reading(at moment: Moment) -> FleetUpdate {
    FleetUpdate(readings: [.sample(number, .success(.sample()), at: moment)])
  }

  private func lease(on account: String) -> Lease {
    Lease(
      account: account,
      holder: "a",
      term: 1,
      settings: "",
      renewed: .start,
      until: .after(1000)
    )
  }

  @Test func `readings, transitions and the time in which they count are remembered`() async throws
  {
    let recorder = recorder()
    let monitor = FleetMonitor(time: clock, consumers: [recorder])
    let recorded = RecordedMonitor(monitor, recorder, time: clock)
    await recorded.receive(FleetUpdate(appeared: [number], accounts: [.sample(.samples[0])]))
    await recorded.receive(reading(at: clock.now))
    clock.advance(by: .seconds(30))
    await recorded.receive(reading(at: clock.now))
    clock.advance(by: .seconds(10))
    recorded.cover()
    await recorder.step()
    let window = Date.start..<clock.now.date
    #expect(try await store.current(after: nil, at: clock.now).numbers.count == 1)
    #expect(try await store.coverage(in: window) == ["direct": [window]])
    let times = try await store.times(of: nil, in: window)
    #expect(times[number.id]?[.available] == .seconds(40))
  }

  @Test func `an account that begins late begins with what its numbers are`() async throws {
    let recorder = recorder()
    let monitor = FleetMonitor(time: clock)
    let recorded = RecordedMonitor(monitor, recorder, time: clock)
    await monitor.receive(reading(at: clock.now))
    for _ in 1...2 {
      try await recorded.recordAnew(["direct", "acme"], in: store)
      await recorder.step()
      let told = try await store.transitions(TransitionQuery())
      #expect(told.map(\.transition.state) == [.available])
    }
  }

  @Test func `incidents are remembered, and the next run goes on with those that last`()
    async throws
  {
    func blocked(_ word: String) -> FleetUpdate {
      let waba = HealthEntity.sample("WABA", "7", word)
      let reading = Reading.sample(number, .success(.sample(waba: waba)), at: clock.now)
      return FleetUpdate(readings: [reading])
    }
    func run() -> (monitor: RecordedMonitor, recorder: HistoryRecorder, fleet: FleetMonitor) {
      let recorder = recorder()
      let fleet = FleetMonitor(time: clock, consumers: [recorder])
      return (RecordedMonitor(fleet, recorder, time: clock), recorder, fleet)
    }
    let first = run()
    await first.monitor.receive(blocked("BLOCKED"))
    clock.advance(by: .seconds(61))
    await first.fleet.advance(to: clock.now)
    await first.recorder.step()
    let all = Date.start..<Date.start.addingTimeInterval(10_000)
    let known = try await store.incidents(in: all)
    #expect(known.map(\.victims.count) == [1])
    #expect(known.first?.end == nil)

    let second = run()
    await second.monitor.receive(blocked("BLOCKED"))
    try await second.monitor.resumeIncidents(in: store)
    clock.advance(by: .seconds(30))
    await second.monitor.receive(blocked("AVAILABLE"))
    await second.recorder.step()
    let over = try await store.incidents(in: all)
    #expect(over.map(\.id) == known.map(\.id))
    #expect(over.first?.start == known.first?.start)
    #expect(over.first?.end == clock.now.date)
  }

  @Test func `an incident that another process found and did not write is written after it ended`()
    async throws
  {
    let recorder = recorder()
    let monitor = FleetMonitor(time: clock, consumers: [recorder])
    let recorded = RecordedMonitor(monitor, recorder, time: clock)
    recorder.hold([])
    let report = HealthReport.sample(waba: .sample("WABA", "7", "BLOCKED"))
    let told = FollowedUpdate.Told(
      .number(
        Change.Number(remembered: number.id, number: "1", name: nil),
        from: nil,
        to: .blocked
      ),
      nil,
      at: clock.now
    )
    let update = FleetUpdate(readings: [.sample(number, .success(report), at: clock.now)])
    await monitor.follow(FollowedUpdate(update, told: [told]))
    clock.advance(by: .seconds(61))
    await monitor.advance(to: clock.now)
    await recorder.step()
    let all = Date.start..<Date.start.addingTimeInterval(10_000)
    #expect(try await store.incidents(in: all) == [])
    // The other one ended, and this one polls its accounts from now on.
    let own = lease(on: "direct")
    _ = try await store.takeLease(
      of: own.account,
      for: own.holder,
      settings: own.settings,
      at: own.renewed,
      until: own.until
    )
    recorder.hold([own])
    try await recorded.resumeIncidents(in: store)
    await recorder.step()
    let known = try await store.incidents(in: all)
    #expect(known.map(\.reason.key) == ["entity/WABA/7"])
    #expect(known.map(\.start) == [.start])
  }

  @Test(arguments: [[], ["acme"], ["direct"]])
  func `an incident of templates is remembered by who polls the numbers that may send them`(
    _ accounts: [String]
  ) async throws {
    let recorder = recorder()
    let monitor = FleetMonitor(time: clock, consumers: [recorder])
    recorder.hold(accounts.map(lease))
    let report = HealthReport.sample(waba: .sample("WABA", "7"))
    let list = TemplateList(waba: "7", templates: .success([.sample("promo", "PAUSED")]))
    await monitor.receive(
      FleetUpdate(
        readings: [.sample(number, .success(report), at: clock.now)],
        templates: [list]
      )
    )
    clock.advance(by: .seconds(61))
    await monitor.advance(to: clock.now)
    await recorder.step()
    let known = try await store.incidents(in: .start..<Date.start.addingTimeInterval(10_000))
    #expect(known.map(\.reason.key) == (accounts == ["direct"] ? ["templates/PAUSED"] : []))
  }

  @Test func `a list that can't be read replaces no good one`() async throws {
    let recorder = recorder()
    let recorded = RecordedMonitor(FleetMonitor(time: clock), recorder, time: clock)
    let list = TemplateList(waba: "7", templates: .success([.sample("promo", "PAUSED")]))
    let read = clock.now.date
    await recorded.receive(FleetUpdate(templates: [list]))
    await recorder.step()
    clock.advance(by: .seconds(600))
    let failed = TemplateList(waba: "7", templates: .failure(.sampleTimeout))
    await recorded.receive(FleetUpdate(templates: [failed]))
    await recorder.step()
    let known = try await store.current(after: nil, at: clock.now).templates
    #expect(known.map(\.list) == [list])
    #expect(known.map(\.date) == [read])
  }

  @Test func `a list is remembered as of when the incident of its templates began`() async throws {
    let recorder = recorder()
    let time = PassingTime(clock)
    let monitor = FleetMonitor(time: time, consumers: [recorder])
    let list = TemplateList(waba: "7", templates: .success([.sample("promo", "PAUSED")]))
    await RecordedMonitor(monitor, recorder, time: time).receive(FleetUpdate(templates: [list]))
    clock.advance(by: .seconds(61))
    await monitor.advance(to: clock.now)
    await recorder.step()
    let known = try await store.incidents(in: .start..<Date.start.addingTimeInterval(10_000))
    let lists = try await store.current(after: nil, at: clock.now).templates
    #expect(known.map(\.start.milliseconds) == lists.map(\.date.milliseconds))
    #expect(lists.count == 1)
  }

  @Test func `a gap and a clock that is set are not covered`() {
    var coverage = PollingCoverage()
    func moment(_ seconds: Int, wall: Int) -> Moment {
      Moment(date: .after(Double(wall)), uptime: .seconds(seconds))
    }
    let window = Duration.seconds(90)
    #expect(coverage.notePoll(of: "acme", at: moment(0, wall: 0), window: window) == nil)
    #expect(
      coverage.notePoll(of: "acme", at: moment(60, wall: 60), window: window)
        == .of(.after(0), .after(60))
    )
    #expect(coverage.advance(to: moment(100, wall: 100)) == [.of(.after(60), .after(100))])
    // The machine slept.
    #expect(coverage.notePoll(of: "acme", at: moment(900, wall: 900), window: window) == nil)
    // The clock went an hour on, and back again.
    #expect(coverage.advance(to: moment(930, wall: 4530)).isEmpty)
    #expect(coverage.advance(to: moment(940, wall: 940)).isEmpty)
    #expect(coverage.advance(to: moment(950, wall: 950)) == [.of(.after(940), .after(950))])
  }
}

/// Time of which a little passes at every look at it.
private struct PassingTime: TimeSource {
  private let clock: ManualClock

  init(_ clock: ManualClock) { self.clock = clock }

  var now: Moment {
    clock.advance(by: .milliseconds(5))
    return clock.now
  }

  func sleep(until moment: Moment) async throws { try await clock.sleep(until: moment) }
}
