import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct OverviewTests {
  @Test func `the head says how many, how old, and when next`() {
    let overview = ScreenState.sample.overview
    #expect(overview.counts.total == 60)
    #expect(overview.isFirstSweep == false)
    #expect(overview.oldestReading == .sample(ago: .seconds(12)))
    #expect(overview.nextPoll == .sample + .seconds(18))
    #expect(overview.dataOldSince == nil)
    #expect((overview.answeringAccounts, overview.totalAccounts) == (4, 5))
  }

  @Test func `an account that fails is named, with since when and the next try`() {
    let failures = ScreenState.sample.overview.failures
    #expect(failures.map(\.account.name) == ["india"])
    #expect(failures.first?.error == .sampleUnauthorized)
    #expect(failures.first?.since == .sample(ago: .seconds(1620)))
    #expect(failures.first?.nextTry == .sample + .seconds(240))
  }

  @Test func `the critical causes are counted, and the worst of them are at hand`() {
    let state = ScreenState.sample
    #expect(state.criticalCauses.map(\.hit) == Fleet.sample.causes.prefix(2).map(\.hit))
    #expect(
      state.criticalCauses.first?.id == .entity(EntityReference(type: .waba, id: "102938475610"))
    )
    #expect(state.causeCount(of: .critical) == 2)
  }

  @Test func `the oldest reading is that of the number read longest ago`() {
    var state = ScreenState.sample(numbers: 3)
    for (index, seconds) in [(0, 10), (2, 20), (0, 30), (1, 40), (0, 50)] {
      let moment = Moment.sample + .seconds(seconds)
      let reading = Reading.sample(numbered: index, at: moment)
      state.receive(FleetUpdate(readings: [reading]), at: moment)
      let oldest = state.fleet.records.compactMap(\.latest?.moment).min()
      #expect(state.overview.oldestReading == oldest)
    }
  }

  @Test func `the oldest reading is found while one number is never read again`() {
    var state = ScreenState.sample(numbers: 3)
    for step in 1...1000 {
      let moment = Moment.sample + .seconds(step)
      let reading = Reading.sample(numbered: 1 + step % 2, at: moment)
      state.receive(FleetUpdate(readings: [reading]), at: moment)
    }
    #expect(state.overview.oldestReading == .sample)
    state.receive(FleetUpdate(vanished: [PhoneNumber.sample(numbered: 0).id]), at: state.now)
    #expect(state.overview.oldestReading == .sample + .seconds(999))
  }

  @Test func `before the first answers the head counts up`() {
    var state = ScreenState(now: .sample)
    #expect(state.emptyList == .discovering)
    #expect(state.overview.oldestReading == nil)
    let numbers = (0..<3).map { PhoneNumber.sample(numbered: $0) }
    state.receive(FleetUpdate(appeared: numbers), at: .sample)
    #expect(state.overview.isFirstSweep)
    #expect(state.overview.counts.polled == 0)
    #expect(state.emptyList == nil)
    state.receive(FleetUpdate(readings: [.sample(numbered: 0)]), at: .sample)
    #expect(state.overview.counts.polled == 1)
  }

  @Test func `when nothing counts any more the whole of it is old`() {
    var state = ScreenState.sample(numbers: 10)
    state.letTimePass(to: .sample + .seconds(89))
    #expect(state.overview.dataOldSince == nil)
    state.letTimePass(to: .sample + .seconds(240))
    #expect(state.fleet.counts[.stale] == 10)
    #expect(state.overview.dataOldSince == .sample)
  }

  @Test func `an account whose budget is too small for its interval is told`() {
    var state = ScreenState(now: .sample)
    var slow = AccountCondition.sample(.samples[0])
    slow.effectiveRefresh = .seconds(300)
    state.receive(
      FleetUpdate(accounts: [slow, .sample(.samples[1])]),
      at: .sample
    )
    #expect(state.overview.stretched == [slow])
    #expect(state.emptyList == .noNumbers)
  }

  @Test func `an empty list says why`() {
    let typed = ScreenState.sample.after(.startFilter, .editFilter(.insert("zzz")))
    #expect(typed.emptyList == .noMatch(filter: "zzz"))
    let calm = ScreenState.sample(numbers: 50).after(.toggleOnlyProblems)
    #expect(calm.emptyList == .noProblems(of: 50))
  }
}

@Suite struct TimeTests {
  @Test func `while an age is on the screen, it changes with a full second of the clock`() {
    var state = ScreenState.sample(numbers: 50)
    state.letTimePass(to: .sample + .milliseconds(8_300))
    #expect(state.nextVisibleChange == .sample + .seconds(9))
    state.letTimePass(to: .sample + .seconds(9))
    #expect(state.nextVisibleChange == .sample + .seconds(10))
  }

  @Test func `ages of at least so much, and the data's without a clock, change in steps`() {
    var state = ScreenState.sample(numbers: 50)
    state.letTimePass(to: .sample + .milliseconds(20_300))
    #expect(state.nextVisibleChange == .sample + .seconds(21))
    state.letTimePass(to: .sample + .seconds(21))
    #expect(state.nextVisibleChange == .sample + .seconds(26))
  }

  @Test func `coarse ages let it sleep`() {
    var state = ScreenState(now: .sample)
    let number = PhoneNumber.sample(numbered: 0)
    state.receive(FleetUpdate(appeared: [number]), at: .sample)
    state.letTimePass(to: .sample + .seconds(3700))
    #expect(state.nextVisibleChange == .sample + .seconds(3720))
  }

  @Test func `it is never in the past`() {
    var state = ScreenState.sample(numbers: 200)
    for step in [1, 30, 89, 90, 91, 180, 1000, 100_000, 10_000_000] {
      state.letTimePass(to: .sample + .seconds(step))
      #expect(state.nextVisibleChange.map { $0 > state.now } == true)
    }
  }

  @Test func `a notice goes after six seconds, an error at the next key`() {
    var state = ScreenState.sample.after(.pollAll)
    state.letTimePass(to: .sample + .milliseconds(5999))
    #expect(state.shell.message != nil)
    state.letTimePass(to: .sample + .seconds(6))
    #expect(state.shell.message == nil)
    state.shell.message = Message("It failed.", kind: .error, at: state.now)
    state.letTimePass(to: .sample + .seconds(600))
    #expect(state.shell.message != nil)
    #expect(state.after(.move(.down)).shell.message == nil)
  }

  @Test func `nothing to wait for, nothing to wake for`() {
    #expect(ScreenState(now: .sample).nextVisibleChange == nil)
  }
}
