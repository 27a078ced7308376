import Health
import History
import HistorySQLite
import TestSupport
import Testing

@testable import App

/// Which of several processes tells of an account.
@Suite struct TellingRightTests {
  private let folder: TemporaryFolder
  private let clock = ManualClock()

  init() throws { folder = try TemporaryFolder() }

  private func process() -> TellingRight {
    TellingRight(LockedAccounts(directory: folder.path))
  }

  private func told(
    by process: TellingRight?,
    _ rights: [String: SharedPolling.Right],
    isBehind: Bool = false
  ) -> [String]? {
    process?.accounts(of: rights, isBehind: isBehind, at: clock.now).sorted()
  }

  @Test func `while each polls by itself, one tells of an account, and the next when it is gone`() {
    let alone: [String: SharedPolling.Right] = ["acme": .alone, "shops": .alone]
    var first: TellingRight? = process()
    let second = process()
    #expect(told(by: first, ["acme": .alone]) == ["acme"])
    #expect(told(by: second, alone) == ["shops"])
    clock.advance(by: .seconds(600))
    #expect(told(by: first, alone) == ["acme"])
    #expect(told(by: second, alone) == ["shops"])
    first = nil
    #expect(told(by: second, alone) == ["acme", "shops"])
  }

  @Test func `whoever polled by its lease goes on telling when nothing can be written any more`() {
    let (first, second) = (process(), process())
    #expect(told(by: first, ["acme": .byLease(tenure: 1)]) == ["acme"])
    #expect(told(by: second, [:]) == [])
    #expect(told(by: second, ["acme": .alone]) == [])
    #expect(told(by: first, ["acme": .alone]) == ["acme"])
  }

  @Test func `a lease waits for what another one has to write, but not for one that is stopped`() {
    let (first, second) = (process(), process())
    #expect(told(by: first, ["acme": .byLease(tenure: 1)]) == ["acme"])
    #expect(told(by: first, [:], isBehind: true) == [])
    #expect(told(by: second, ["acme": .byLease(tenure: 1)]) == [])
    #expect(told(by: first, [:]) == [])
    #expect(told(by: second, ["acme": .byLease(tenure: 1)]) == ["acme"])

    // The second is stopped now.
    #expect(told(by: first, ["acme": .byLease(tenure: 1)]) == [])
    clock.advance(by: .seconds(14))
    #expect(told(by: first, ["acme": .byLease(tenure: 1)]) == [])
    clock.advance(by: .seconds(1))
    #expect(told(by: first, ["acme": .byLease(tenure: 1)]) == ["acme"])
    // Where settings differ, the store sees to it that nothing is told twice.
    #expect(told(by: second, ["acme": .apart]) == ["acme"])
  }

  @Test func `where there can be no locks, nothing is kept back`() {
    let locks = LockedAccounts(directory: folder.path + "/nowhere")
    #expect(locks.take("acme"))
    #expect(LockedAccounts(directory: folder.path + "/nowhere").take("acme"))
  }
}
