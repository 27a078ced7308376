import Health
import Monitor
import Observation
import Synchronization
import TestSupport
import Testing

@testable import Screens

@Suite @MainActor struct ModelTests {
  @Test func `each change of the state is one change of the revision`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    await model.receive(.sample(numbers: 20, at: time.now))
    #expect(model.revision == 1)
    #expect(model.perform(.move(.down)).isEmpty)
    #expect(model.revision == 2)
    model.tick()
    #expect(model.revision == 3)
    model.announce("Polled.")
    #expect(model.revision == 4)
    _ = model.layOut(
      at: time.now,
      size: ScreenSize(width: 80, height: 24),
      marks: .ascii,
      chrome: Chrome()
    )
    #expect(model.revision == 4)
  }

  @Test func `time that passes in the monitor lets numbers turn stale`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    await model.receive(.sample(numbers: 20, at: time.now))
    time.advance(by: .seconds(200))
    await model.monitor.advance(to: time.now)
    await model.pull()
    #expect(model.state.fleet.counts[.stale] == 20)
    #expect(model.state.now == time.now)
  }

  @Test func `a command sees the moment at which it was given`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    await model.receive(.sample(numbers: 20, at: time.now))
    time.advance(by: .seconds(7))
    #expect(model.perform(.pollAll) == [.pollAll])
    #expect(model.state.shell.message?.expires == time.now + Message.lifetime)
  }

  @Test func `the revision can be observed`() async {
    let model = ScreenModel(time: ManualClock())
    let seen = Mutex(false)
    withObservationTracking {
      _ = model.revision
    } onChange: {
      seen.withLock { $0 = true }
    }
    await model.receive(.sample(numbers: 1))
    #expect(seen.withLock { $0 })
  }

  @Test func `what says what is known already is no news`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    await model.receive(.sample(numbers: 20, at: time.now))
    #expect(model.latestNews == 1)
    time.advance(by: .seconds(5))
    await model.receive(.sample(numbers: 20, at: time.now))
    #expect((model.arrivals, model.latestNews) == (2, 1))
    await model.receive(FleetUpdate(readings: [.sample(numbered: 3, at: time.now, isWorse: true)]))
    #expect(model.latestNews == 3)
    await model.receive(FleetUpdate(appeared: [.sample(numbered: 20)]))
    #expect(model.latestNews == 4)
    await model.receive(
      FleetUpdate(accounts: [.sample(.samples[0], failure: .sampleTimeout, failingSince: time.now)])
    )
    #expect(model.latestNews == 5)
    model.tick()
    #expect(model.arrivals == 5)
  }

  @Test func `a large update comes in parts, with keys answered in between, and all of it`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    var update = FleetUpdate.sample(numbers: 300, at: time.now)
    update.appeared = (0..<320).map { .sample(numbered: $0) }
    await model.monitor.receive(update)
    let pulling = Task { await model.pull() }
    var counts: Set<Int> = []
    while model.arrivals == 0 {
      counts.insert(model.state.list.rows.count)
      _ = model.perform(.move(.down))
      await Task.yield()
    }
    await pulling.value
    #expect(counts.count > 3)
    var whole = ScreenState(now: time.now)
    whole.receive(update, at: time.now)
    #expect(model.state.fleet.counts == whole.fleet.counts)
    #expect(model.state.list.rows == whole.list.rows)
    #expect(model.state.tiles.index.total == whole.tiles.index.total)
    #expect(model.state.fleet.accounts == whole.fleet.accounts)
  }

  @Test func `a pause keeps what is shown, and its end shows what is so`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    await model.receive(.sample(numbers: 20, at: time.now))
    _ = model.perform(.togglePause)
    await model.receive(FleetUpdate(readings: [.sample(numbered: 3, at: time.now, isWorse: true)]))
    #expect(model.state.fleet.counts[.available] == 20)
    _ = model.perform(.togglePause)
    await model.pull()
    #expect(model.state.fleet.counts[.available] == 19)
  }

  @Test func `a pause that begins while a snapshot is arranged shows all of the snapshot`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    let update = FleetUpdate.sample(numbers: 300, at: time.now)
    await model.monitor.receive(update)
    let pulling = Task { await model.pull() }
    while model.state.list.rows.count == 0 { await Task.yield() }
    _ = model.perform(.togglePause)
    await pulling.value
    var whole = ScreenState(now: time.now)
    whole.receive(update, at: time.now)
    #expect(model.state.list.rows == whole.list.rows)
    #expect(model.state.tiles.index.total == whole.tiles.index.total)
    #expect(model.state.ages == whole.ages)
  }

  @Test func `an answer that is awaited comes through a pause`() async {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    await model.receive(.sample(numbers: 1, at: time.now))
    _ = model.perform(.togglePause)
    _ = model.perform(.showRawAnswer)
    time.advance(by: .seconds(1))
    let fine = Reading.sample(numbered: 0, at: time.now)
    let reading = Reading(
      number: fine.number,
      moment: time.now,
      result: fine.result,
      raw: Array(#"{"id":"1"}"#.utf8)
    )
    await model.receive(FleetUpdate(readings: [reading]))
    guard case .raw(let page) = model.state.shell.overlay, case .lines(let lines) = page.content
    else {
      Issue.record("no answer")
      return
    }
    #expect(lines.count == 3)
  }
}
