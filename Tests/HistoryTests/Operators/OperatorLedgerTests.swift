import Foundation
import Health
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import History

/// Processes that share what operators say through one store.
@Suite struct OperatorLedgerTests {
  private let clock = ManualClock()
  private let store = InMemoryHistory()
  private let number = PhoneNumber.sample("106540352242922")

  /// A process: its monitor and its ledger.
  private struct Process {
    let monitor: FleetMonitor
    let ledger: OperatorLedger
    let changes: Changes
    let accounts: Set<String>

    func synchronize(with store: InMemoryHistory?) async {
      await ledger.synchronize(with: store, polling: accounts)
    }

    var marks: OperatorMarks {
      get async { await monitor.read { $0.records.first?.marks ?? [] } }
    }
  }

  private final class Changes: ChangeConsumer {
    private let all = Mutex<[Change]>([])
    func receive(_ changes: [Change]) { all.withLock { $0 += changes } }
    var ends: [String] {
      all.withLock(\.self).compactMap { change in
        if case .unacknowledged(_, _, let why) = change.event { why } else { nil }
      }
    }
    var acknowledgements: Int {
      all.withLock(\.self).count {
        if case .acknowledged = $0.event { true } else { false }
      }
    }
  }

  private func process(_ name: String, polling accounts: Set<String>) async -> Process {
    let count = Mutex(0)
    let ledger = OperatorLedger(time: clock) {
      count.withLock { count in
        count += 1
        return "\(name)\(count)"
      }
    }
    let changes = Changes()
    let monitor = FleetMonitor(time: clock, consumers: [changes, ledger])
    await ledger.tell(monitor)
    let process = Process(monitor: monitor, ledger: ledger, changes: changes, accounts: accounts)
    await process.monitor.receive(FleetUpdate(accounts: [.sample(.samples[0])]))
    await process.monitor.receive(reading("BLOCKED"))
    await process.synchronize(with: store)
    return process
  }

  private func reading(_ state: String) -> FleetUpdate {
    let report = HealthReport.sample(own: .sample("PHONE_NUMBER", number.target, state))
    return FleetUpdate(readings: [.sample(number, .success(report), at: clock.now)])
  }

  private var acknowledgement: OperatorAction {
    .acknowledge(
      [.init(.number(number.id), .blocked)],
      author: "ann",
      comment: "ticket 8841",
      until: nil
    )
  }

  private func told() async throws -> [Transition.Event] {
    try await store.transitions(TransitionQuery()).reversed().map(\.transition.event)
  }

  @Test func `what one process says is so in the other, and is written once`() async throws {
    let poller = await process("a", polling: ["direct"])
    let other = await process("b", polling: [])
    await other.ledger.perform(acknowledgement)
    #expect(await other.marks == .acknowledged)
    await other.synchronize(with: store)
    await poller.synchronize(with: store)
    #expect(await poller.marks == .acknowledged)
    #expect(poller.changes.acknowledgements == 1)
    #expect(other.changes.acknowledgements == 1)
    #expect(try await told() == [.acknowledged(by: "ann", comment: "ticket 8841")])
  }

  @Test func `who polls ends it, and the other hears of it`() async throws {
    let poller = await process("a", polling: ["direct"])
    let other = await process("b", polling: [])
    await other.ledger.perform(acknowledgement)
    await other.synchronize(with: store)
    await poller.synchronize(with: store)
    clock.advance(by: .seconds(30))
    await other.monitor.receive(reading("AVAILABLE"))
    await other.synchronize(with: store)
    #expect(await poller.marks == .acknowledged)
    #expect(try await store.acknowledgements(at: clock.now.date).count == 1)
    await poller.monitor.receive(reading("AVAILABLE"))
    await poller.synchronize(with: store)
    await other.synchronize(with: store)
    #expect(try await store.acknowledgements(at: clock.now.date).isEmpty)
    #expect(poller.changes.ends == ["recovered"])
    #expect(other.changes.ends == ["recovered"])
    #expect(
      try await told() == [
        .acknowledged(by: "ann", comment: "ticket 8841"), .unacknowledged("recovered"),
      ]
    )
  }

  @Test func `an end that is not written yet does not come back`() async throws {
    let poller = await process("a", polling: ["direct"])
    await poller.ledger.perform(acknowledgement)
    await poller.synchronize(with: store)
    await poller.monitor.receive(reading("AVAILABLE"))
    await poller.monitor.receive(reading("BLOCKED"))
    await poller.ledger.perform(
      .mute(filter: "acme", author: "ann", comment: "", until: clock.now.date + 60)
    )
    #expect(await poller.marks == .muted)
    await poller.synchronize(with: store)
    #expect(await poller.marks == .muted)
    #expect(poller.changes.acknowledgements == 1)
    #expect(poller.changes.ends == ["recovered"])
  }

  @Test func `it is taken back by whom it may be`() async throws {
    let poller = await process("a", polling: ["direct"])
    let other = await process("b", polling: [])
    await poller.ledger.perform(acknowledgement)
    await poller.synchronize(with: store)
    await other.synchronize(with: store)
    await other.ledger.perform(.end(await other.ledger.current.ids, author: "bob"))
    #expect(await other.marks == [])
    await other.synchronize(with: store)
    await poller.synchronize(with: store)
    #expect(await poller.marks == [])
    #expect(try await told().last == .unacknowledged("taken back by bob"))
  }

  @Test func `a mute is shared and ends with its time in both`() async throws {
    let poller = await process("a", polling: ["direct"])
    let other = await process("b", polling: [])
    let end = clock.now.date + 60
    await other.ledger.perform(.mute(filter: "acme", author: "ann", comment: "", until: end))
    await other.synchronize(with: store)
    await poller.synchronize(with: store)
    #expect(await poller.marks == .muted)
    clock.advance(by: .seconds(61))
    for process in [poller, other] {
      await process.synchronize(with: store)
      #expect(await process.marks == [])
    }
    #expect(
      try await told() == [
        .muted(by: "ann", filter: "acme", comment: ""),
        .unmuted(filter: "acme", why: "its time is over"),
      ]
    )
  }

  @Test func `without a store it holds in memory, and is written when there is one`() async throws {
    let poller = await process("a", polling: [])
    await poller.synchronize(with: nil)
    await poller.ledger.perform(acknowledgement)
    await poller.synchronize(with: nil)
    #expect(await poller.marks == .acknowledged)
    #expect(await !poller.ledger.isSaved)
    // Nobody else could end it.
    await poller.monitor.receive(reading("AVAILABLE"))
    await poller.monitor.receive(reading("BLOCKED"))
    #expect(await poller.marks == [])
    await poller.synchronize(with: store)
    #expect(await poller.ledger.isSaved)
    #expect(try await told().count == 2)
    #expect(await poller.marks == [])
  }

  @Test func `a store that fails is said, and loses nothing`() async throws {
    let poller = await process("a", polling: ["direct"])
    await store.fail([.full(path: "/state")])
    await poller.ledger.perform(acknowledgement)
    await poller.synchronize(with: store)
    #expect(await poller.ledger.failure == .full(path: "/state"))
    #expect(await poller.marks == .acknowledged)
    await poller.synchronize(with: store)
    #expect(await poller.ledger.failure == nil)
    #expect(try await told().count == 1)
  }
}
