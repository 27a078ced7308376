import Health
import Monitor
import Observation
import Synchronization
import TestSupport
import Testing

@testable import Screens

@Suite @MainActor struct ModelTests {
  @Test func `each change of the state is one change of the revision`() {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
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

  @Test func `a tick lets numbers turn stale`() {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
    time.advance(by: .seconds(200))
    model.tick()
    #expect(model.state.fleet.counts[.stale] == 20)
    #expect(model.state.now == time.now)
  }

  @Test func `a command sees the moment at which it was given`() {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
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
    await (model as any FleetObserver).receive(.sample(numbers: 1))
    #expect(seen.withLock { $0 })
  }

  @Test func `what says what is known already is no news`() {
    let time = ManualClock()
    let model = ScreenModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
    #expect(model.latestNews == 1)
    time.advance(by: .seconds(5))
    model.receive(.sample(numbers: 20, at: time.now))
    #expect((model.arrivals, model.latestNews) == (2, 1))
    model.receive(FleetUpdate(readings: [.sample(numbered: 3, at: time.now, isWorse: true)]))
    #expect(model.latestNews == 3)
    model.receive(FleetUpdate(appeared: [.sample(numbered: 20)]))
    #expect(model.latestNews == 4)
    model.receive(
      FleetUpdate(accounts: [.sample(.samples[0], failure: .sampleTimeout, failingSince: time.now)])
    )
    #expect(model.latestNews == 5)
    model.tick()
    #expect(model.arrivals == 5)
  }

  @Test func `a large update comes in parts, and all of it`() async {
    let time = ManualClock()
    let (whole, parts) = (ScreenModel(time: time), ScreenModel(time: time))
    var update = FleetUpdate.sample(numbers: 300, at: time.now)
    update.appeared = (0..<320).map { .sample(numbered: $0) }
    whole.receive(update)
    await DashboardFeed(parts).receive(update)
    #expect(parts.arrivals > 8)
    #expect(parts.state.fleet.counts == whole.state.fleet.counts)
    #expect(parts.state.list.rows == whole.state.list.rows)
    #expect(parts.state.fleet.accounts == whole.state.fleet.accounts)
  }
}
