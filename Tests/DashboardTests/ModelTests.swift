import Dashboard
import Health
import Observation
import Synchronization
import TestSupport
import Testing

@Suite @MainActor struct ModelTests {
  @Test func `each change of the state is one change of the revision`() {
    let time = ManualClock()
    let model = DashboardModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
    #expect(model.revision == 1)
    #expect(model.perform(.move(.down)).isEmpty)
    #expect(model.revision == 2)
    model.tick()
    #expect(model.revision == 3)
    model.announce("Polled.")
    #expect(model.revision == 4)
    model.adopt(Viewport())
    #expect(model.revision == 4)
  }

  @Test func `a tick lets numbers turn stale`() {
    let time = ManualClock()
    let model = DashboardModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
    time.advance(by: .seconds(200))
    model.tick()
    #expect(model.state.fleet.counts[.stale] == 20)
    #expect(model.state.now == time.now)
  }

  @Test func `a command sees the moment at which it was given`() {
    let time = ManualClock()
    let model = DashboardModel(time: time)
    model.receive(.sample(numbers: 20, at: time.now))
    time.advance(by: .seconds(7))
    #expect(model.perform(.pollAll) == [.pollAll])
    #expect(model.state.message?.expires == time.now + Message.lifetime)
  }

  @Test func `the revision can be observed`() async {
    let model = DashboardModel(time: ManualClock())
    let seen = Mutex(false)
    withObservationTracking {
      _ = model.revision
    } onChange: {
      seen.withLock { $0 = true }
    }
    await (model as any FleetObserver).receive(.sample(numbers: 1))
    #expect(seen.withLock { $0 })
  }
}
