import Foundation
import Health
import Synchronization
import TestSupport
import Testing

@testable import History

/// A recorder over a store that fails when it is told to.
@Suite struct HistoryRecorderTests {
  private let clock = ManualClock()
  private let store = InMemoryHistory()

  /// Fails to open as often as it is told to.
  private final class Opener: Sendable {
    let failures: Mutex<[HistoryError]>
    let calls = Mutex<[Bool]>([])

    init(_ failures: [HistoryError] = []) { self.failures = Mutex(failures) }

    func open(_ wasDamaged: Bool, _ store: any HistoryStore) throws(HistoryError) -> OpenedHistory {
      calls.withLock { $0.append(wasDamaged) }
      let failure = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      if let failure { throw failure }
      return OpenedHistory(store, setAside: wasDamaged ? "/state/history-damaged.sqlite" : nil)
    }
  }

  private func recorder(_ opener: Opener) -> HistoryRecorder {
    let store = store
    return HistoryRecorder(time: clock) { wasDamaged async throws(HistoryError) in
      try opener.open(wasDamaged, store)
    }
  }

  private func transitions() async throws -> Int {
    try await store.transitions(TransitionQuery(limit: .max)).count
  }

  @Test func `what comes within a second is written at once, and the rest at the end`() async throws
  {
    let recorder = recorder(Opener())
    let run = clock.start { await recorder.run() }
    clock.settle()
    recorder.note(.of([.event(.started, at: .after(0))]))
    recorder.note(.of([.state(.blocked, at: .after(0))]))
    #expect(try await transitions() == 0)
    clock.advance(by: .seconds(1))
    try await expectEventually { try await self.transitions() == 2 }
    #expect(recorder.condition.state == .remembering)
    recorder.note(.of([.event(.stopped, at: .after(1))]))
    run.cancel()
    clock.settle()
    try await expectEventually {
      self.clock.settle()
      return try await self.transitions() == 3
    }
  }

  @Test func `a file that can't be opened is tried again`() async throws {
    let opener = Opener([.full(path: "/state"), .locked(path: "/state")])
    let recorder = recorder(opener)
    recorder.note(.of([.event(.started, at: .after(0))]))
    await recorder.step()
    #expect(recorder.condition.state == .waiting(.full(path: "/state")))
    #expect(recorder.condition.sentences.count == 1)
    await recorder.step()
    #expect(opener.calls.withLock(\.count) == 1)
    clock.advance(by: .seconds(10))
    await recorder.step()
    clock.advance(by: .seconds(10))
    await recorder.step()
    #expect(recorder.condition.state == .remembering)
    #expect(recorder.condition.sentences.isEmpty)
    #expect(try await transitions() == 1)
  }

  @Test func `a later version's file is done without`() async throws {
    let recorder = recorder(Opener([.newer(path: "/state"), .newer(path: "/state")]))
    await recorder.step()
    #expect(recorder.condition.state == .without(.newer(path: "/state")))
    recorder.note(.of([.event(.started, at: .after(0))]))
    clock.advance(by: .seconds(60))
    #expect(recorder.store == nil)
  }

  @Test func `a file that turns out to be damaged is put aside, and nothing is lost`() async throws
  {
    await store.fail([.damaged(path: "/state")])
    let opener = Opener()
    let recorder = recorder(opener)
    recorder.note(.of([.event(.started, at: .after(0))]))
    await recorder.step()
    await recorder.step()
    #expect(opener.calls.withLock(\.self) == [false, true])
    #expect(recorder.condition.setAside == "/state/history-damaged.sqlite")
    #expect(try await transitions() == 1)
  }

  @Test func `what can't be written waits, the newest of it`() async throws {
    let full = HistoryError.full(path: "/state")
    await store.fail([full, full])
    let recorder = recorder(Opener())
    let number = PhoneNumber.sample("1")
    func reading(_ seconds: Double) -> Batch {
      let reading = Reading.sample(number, .success(.sample()), at: .after(seconds))
      return .of(
        [.event(.started, at: .after(seconds))],
        numbers: [NumberReadings(number: number, latest: reading, lastGood: reading)],
        coverage: [.of(.after(seconds), .after(seconds + 1))]
      )
    }
    for second in 0..<30 {
      recorder.note(reading(Double(second)))
      await recorder.step()
      clock.advance(by: .seconds(1))
    }
    #expect(recorder.condition.state == .remembering)
    #expect(try await transitions() == 30)
    #expect(try await store.coverage(in: .after(0)..<(.after(99))).values.first?.count == 1)
    let current = try await store.current(after: nil, at: .after(29))
    #expect(current.numbers.map { $0.latest?.moment.date } == [.after(29)])
  }

  @Test func `what others poll is not remembered here`() async throws {
    let recorder = recorder(Opener())
    func take(_ account: String, _ holder: String) async throws -> Lease {
      let answer = try await store.takeLease(
        of: account,
        for: holder,
        settings: "",
        at: .after(0),
        until: .after(15)
      )
      guard case .taken(let lease) = answer else { throw HistoryError.failed("held") }
      return lease
    }
    recorder.hold([try await take("acme", "me")])
    recorder.note(.of([.state(.blocked, at: .after(0)), .event(.started, at: .after(0))]))
    recorder.note(.of([.state(of: .other, .blocked, at: .after(0))]))
    await recorder.step()
    #expect(try await transitions() == 2)
  }

  @Test func `what waits for too long goes, and that is said`() {
    var pending = PendingRecords()
    let many = Batch.of(
      (0..<PendingRecords.mostTransitions + 5).map { .event(.started, at: .after(Double($0))) }
    )
    pending.add(many)
    #expect(pending.lostCount == 5)
    #expect(pending.take().transitions.first?.date == .after(5))
  }

  @Test func `of many numbers some are written at a time, and all of them at the end`() async throws
  {
    let recorder = recorder(Opener())
    let most = HistoryRecorder.mostNumbersAtOnce
    let numbers = (0..<most * 2 + 5).map { PhoneNumber.sample("\($0)") }
    func note(_ numbers: ArraySlice<PhoneNumber>, after seconds: Double) {
      recorder.note(
        .of(
          numbers: numbers.map { number in
            let reading = Reading.sample(number, .success(.sample()), at: .after(seconds))
            return NumberReadings(number: number, latest: reading, lastGood: reading)
          }
        )
      )
    }
    func written(at seconds: Double) async throws -> Int {
      try await store.current(after: nil, at: .after(60)).numbers
        .count { $0.latest?.moment.date == .after(seconds) }
    }
    note(numbers[...], after: 0)
    await recorder.step()
    #expect(try await written(at: 0) == most)
    // These were not written yet, and are not written twice.
    note(numbers.suffix(5), after: 1)
    let run = clock.start { await recorder.run() }
    run.cancel()
    clock.settle()
    try await expectEventually {
      self.clock.settle()
      let (first, second) = (try await written(at: 0), try await written(at: 1))
      return first == most * 2 && second == 5
    }
  }

  /// Writes are another executor's work, so that time by hand does not wait for them.
  private func expectEventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<500 {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("it did not happen")
  }
}
