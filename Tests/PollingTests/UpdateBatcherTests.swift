import Health
import Polling
import TestSupport
import Testing

struct UpdateBatcherTests {
  private let clock = ManualClock()

  private func number(_ target: String) -> PhoneNumber {
    PhoneNumber(account: "acme", provider: "test", target: target)
  }

  private func reading(_ target: String) -> Reading {
    Reading(number: number(target), moment: clock.now, result: .success(HealthReport()))
  }

  private func batcher(_ observer: any FleetObserver, limit: Int = 256) -> UpdateBatcher {
    UpdateBatcher(observer: observer, time: clock, window: .milliseconds(20), limit: limit)
  }

  @Test func `readings of the same few milliseconds travel together and in order`() {
    let observer = RecordingObserver(time: clock)
    let batcher = batcher(observer)
    let running = clock.start { await batcher.run() }
    _ = clock.start {
      await batcher.publish(FleetUpdate(readings: [reading("a")]))
      await batcher.publish(FleetUpdate(readings: [reading("b")]))
    }
    clock.advance(by: .milliseconds(19))
    #expect(observer.updates.isEmpty)
    clock.advance(by: .milliseconds(1))
    _ = clock.start { await batcher.publish(FleetUpdate(readings: [reading("c")])) }
    clock.advance(by: .milliseconds(20))
    #expect(observer.updates.map { $0.readings.map(\.number.target) } == [["a", "b"], ["c"]])
    running.cancel()
  }

  @Test func `a full batch does not wait`() {
    let observer = RecordingObserver(time: clock)
    let batcher = batcher(observer, limit: 2)
    _ = clock.start { await batcher.publish(FleetUpdate(readings: [reading("a"), reading("b")])) }
    clock.settle()
    #expect(observer.readings.count == 2)
  }

  @Test func `who fills a batch waits until it is taken, and order is kept`() {
    let observer = SlowObserver(time: clock)
    let batcher = batcher(observer, limit: 1)
    let first = clock.start { await batcher.publish(FleetUpdate(readings: [reading("a")])) }
    clock.settle()
    let second = clock.start {
      await batcher.publish(FleetUpdate(readings: [reading("b")]))
      await batcher.publish(FleetUpdate(readings: [reading("c")]))
    }
    clock.advance(by: .seconds(1))
    #expect(observer.recorded.readings.map(\.number.target) == ["a"])
    clock.advance(by: .seconds(2))
    #expect(observer.recorded.readings.map(\.number.target) == ["a", "b", "c"])
    first.cancel()
    second.cancel()
  }

  @Test func `of a number that vanishes nothing earlier is said`() async {
    let observer = RecordingObserver(time: clock)
    let batcher = batcher(observer)
    await batcher.publish(FleetUpdate(appeared: [number("a"), number("b")]))
    await batcher.publish(FleetUpdate(readings: [reading("a"), reading("b")]))
    await batcher.publish(FleetUpdate(vanished: [number("a").id]))
    await batcher.flush()
    #expect(observer.updates.count == 1)
    #expect(observer.numbers == ["b"])
    #expect(observer.readings.map(\.number.target) == ["b"])
  }

  @Test func `only an account's latest condition travels`() async {
    let observer = RecordingObserver(time: clock)
    let batcher = batcher(observer)
    let account = Account(name: "acme", provider: "test", requestsPerMinute: 1, concurrency: 1)
    for seconds in [60, 90] {
      let condition = AccountCondition(account: account, effectiveRefresh: .seconds(seconds))
      await batcher.publish(FleetUpdate(accounts: [condition]))
    }
    await batcher.flush()
    #expect(observer.updates.flatMap(\.accounts).map(\.effectiveRefresh) == [.seconds(90)])
  }
}

extension UpdateBatcherTests {
  private static func said(of account: Account, _ waba: String) -> FleetUpdate {
    FleetUpdate(
      entities: [
        EntityFacts(reference: EntityReference(type: .waba, id: waba), name: nil)
      ],
      templates: [TemplateList(waba: waba, templates: .success([]))],
      accounts: [AccountCondition(account: account, effectiveRefresh: account.refresh)]
    )
  }

  @Test func `what waits of an account that is gone is not delivered`() async {
    let observer = RecordingObserver(time: clock)
    let batcher = batcher(observer)
    let accounts = ["gone", "kept"].map {
      Account(name: $0, provider: "test", requestsPerMinute: 1, concurrency: 1)
    }
    for (poller, account) in accounts.enumerated() {
      await batcher.publish(Self.said(of: account, account.name), from: poller)
    }
    let number = PhoneNumber(account: "gone", provider: "test", target: "a")
    await batcher.publish(FleetUpdate(appeared: [number]), from: 0)
    #expect(batcher.stop([0: accounts[0]]) == ["gone": [number.id]])
    await batcher.publish(Self.said(of: accounts[0], "late"), from: 0)
    await batcher.flush()
    #expect(observer.updates.flatMap(\.accounts).map(\.account.name) == ["kept"])
    #expect(observer.updates.flatMap(\.entities).map(\.reference.id) == ["kept"])
    #expect(observer.updates.flatMap(\.templates).map(\.waba) == ["kept"])
    // Its number was counted as published, and vanishes by name.
    #expect(observer.numbers == ["a"])
  }
}

/// Takes a second for every update.
private final class SlowObserver: FleetObserver {
  let recorded: RecordingObserver
  private let time: ManualClock

  init(time: ManualClock) {
    self.time = time
    recorded = RecordingObserver(time: time)
  }

  func receive(_ update: FleetUpdate) async {
    try? await time.sleep(until: time.now + .seconds(1))
    await recorded.receive(update)
  }
}
