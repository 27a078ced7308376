import Foundation
import Health
import History
import HistorySQLite
import Monitor
import Polling
import Synchronization
import TestSupport
import Testing

@testable import App

/// Processes that share a file, each played by what it would have.
@Suite(.timeLimit(.minutes(2)))
struct SharedPollingTests {
  private let folder: TemporaryFolder
  private let time = SystemTime()

  init() throws { folder = try TemporaryFolder() }

  private final class Process: Sendable {
    let recorder: HistoryRecorder
    let monitor: FleetMonitor
    let sharing: SharedPolling
    let opened: Task<Void, Never>
    let demands = Mutex<[String: [Set<PhoneNumber.ID>?]]>([:])

    init(_ holder: String, in directory: String, _ time: any TimeSource) {
      let leases = AccountLeases(holder: holder)
      recorder = HistoryRecorder(time: time) { wasDamaged async throws(HistoryError) in
        let opened = try await SQLiteHistory.open(directory: directory, at: time.now.date)
        try await leases.takeAll(in: opened.store, at: time.now)
        return OpenedHistory(opened.store, leases: leases.leases)
      }
      monitor = FleetMonitor(time: time, consumers: [recorder])
      sharing = SharedPolling(
        HistoryRecording(recorder: recorder, leases: leases),
        of: monitor,
        time: time
      )
      let recorder = recorder
      opened = Task { await recorder.run() }
    }

    deinit { opened.cancel() }

    /// Shares accounts, and takes a look as the service does.
    func share(_ settings: [String: String]) async throws {
      while recorder.condition.state == .opening {
        try await Task.sleep(for: .milliseconds(1))
      }
      await sharing.share(settings)
    }

    func claim(_ account: String) -> Task<PollStart?, Never> {
      let sharing = sharing
      let claimed = Account(
        name: account,
        provider: "test",
        requestsPerMinute: nil,
        concurrency: 1
      )
      return Task { await sharing.claim(claimed) }
    }
  }

  private func process(
    _ holder: String,
    in directory: String? = nil,
    time: (any TimeSource)? = nil
  ) -> Process {
    Process(holder, in: directory ?? folder.path, time ?? self.time)
  }

  @Test func `a process that was stopped tells and asks nothing before it knows who polls`()
    async throws
  {
    let clock = ManualClock()
    let (stopped, other) = (process("stopped", time: clock), process("other", time: clock))
    try await stopped.share(["acme": "s"])
    try await other.share(["acme": "s"])
    #expect(await stopped.claim("acme").value != nil)
    #expect(stopped.sharing.rights == ["acme": .byLease(tenure: 1)])
    for _ in 0..<60 {
      clock.advance(by: .seconds(1))
      await other.sharing.keep()
    }
    #expect(await other.claim("acme").value != nil)
    // It goes on where it was stopped.
    #expect(stopped.sharing.rights == [:])
    #expect(!stopped.sharing.allowsRequest(of: "acme"))
    let share = await stopped.sharing.share
    await stopped.sharing.keep()
    #expect(stopped.sharing.rights == [:])
    #expect(await !stopped.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(await stopped.sharing.share.sentences(since: share).count == 1)
    #expect(other.sharing.rights["acme"]?.isByLease == true)
  }

  @Test func `an account is claimed by one, and by another when it is not configured any more`()
    async throws
  {
    let (first, second) = (process("first"), process("second"))
    try await first.share(["acme": "s", "shops": "s"])
    try await second.share(["acme": "s", "shops": "s", "new": "s"])
    #expect(await first.claim("acme").value != nil)
    #expect(await second.claim("new").value != nil)
    #expect(await first.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(await !second.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(await second.sharing.share.phrase == "follows 2 of 3")

    let waiting = second.claim("acme")
    try await first.share(["shops": "s"])
    await second.sharing.keep()
    let start = try #require(await waiting.value)
    #expect(start.asked.keys.sorted() == ["number/1"])
    #expect(await second.sharing.share.phrase == "follows 1 of 3")
    #expect(!first.sharing.allowsRequest(of: "acme"))
    #expect(second.sharing.allowsRequest(of: "acme"))
  }

  @Test func `an account whose settings change asks all anew`() async throws {
    let first = process("first")
    try await first.share(["acme": "s"])
    #expect(await first.claim("acme").value?.asked == [:])
    #expect(await first.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(await first.claim("acme").value?.asked.count == 1)
    try await first.share(["acme": "another key"])
    #expect(await first.claim("acme").value?.asked == [:])
  }

  @Test func `an account that is polled apart is shared when its settings are the same again`()
    async throws
  {
    let (first, second) = (process("first"), process("second"))
    try await first.share(["acme": "s"])
    try await second.share(["acme": "other"])
    #expect(await first.claim("acme").value != nil)
    #expect(await second.claim("acme").value != nil)
    #expect(await second.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(second.sharing.allowsRequest(of: "acme"))
    try await second.share(["acme": "s"])
    #expect(await !second.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(!second.sharing.allowsRequest(of: "acme"))
    await first.sharing.end()
    let waiting = second.claim("acme")
    await second.sharing.keep()
    #expect(await waiting.value != nil)
  }

  @Test func `a demand reaches the process that polls`() async throws {
    let (first, second) = (process("first"), process("second"))
    await first.sharing.onDemand { account, numbers in
      first.demands.withLock { $0[account, default: []].append(numbers) }
    }
    try await first.share(["acme": "s", "shops": "s"])
    try await second.share(["acme": "s", "shops": "s"])
    let number = PhoneNumber.ID(account: "acme", target: "1")
    await second.sharing.demand([number])
    await first.sharing.serveDemands()
    #expect(first.demands.withLock { $0 } == ["acme": [[number]]])
    await second.sharing.demand(nil)
    await first.sharing.serveDemands()
    #expect(first.demands.withLock { $0 } == ["acme": [[number], nil], "shops": [nil]])
  }

  @Test func `without a store, and without a key, each polls for itself`() async throws {
    try folder.write("", to: "taken")
    let alone = process("alone", in: "\(folder.path)/taken/state")
    try await alone.share(["acme": "s"])
    #expect(await alone.claim("acme").value != nil)
    #expect(await alone.sharing.note(asking: ["number/1"], of: "acme"))
    #expect(alone.sharing.allowsRequest(of: "acme"))
    let keyless = process("keyless")
    try await keyless.share([:])
    #expect(await keyless.claim("acme").value != nil)
  }
}
