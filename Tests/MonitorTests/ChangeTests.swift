import Foundation
import Health
import TestSupport
import Testing

@testable import Monitor

/// What outlives the run: changes as they are written down, and what tells the same story again.
@Suite struct ChangeTests {
  private static let number = PhoneNumber(
    account: "acme",
    provider: "meta",
    target: "106540352242922"
  )

  /// A number is fine, then blocked by its WABA, then fine again.
  private static func changes(startedAt start: Moment = .sample) -> [Change] {
    var monitor = MonitorState(startedAt: start)
    let account = Account.samples[0]
    var changes = monitor.receive(
      FleetUpdate(appeared: [number], accounts: [.sample(account, nextPoll: start)]),
      at: start
    )
    for (step, word) in ["AVAILABLE", "BLOCKED", "AVAILABLE"].enumerated() {
      let now = start + .seconds(30 * (step + 1))
      let waba = HealthEntity(
        type: AsSent("WABA"),
        id: "102290129340398",
        canSendMessage: AsSent(word)
      )
      let report = HealthReport(root: AsSent(word), entities: [waba])
      let reading = Reading(number: number, moment: now, result: .success(report))
      changes += monitor.receive(FleetUpdate(readings: [reading]), at: now)
    }
    return changes
  }

  private static func states(_ changes: [Change]) -> [HealthState] {
    changes.compactMap { change in
      if case .number(_, _, let state) = change.event { state } else { nil }
    }
  }

  @Test func `a change is the same after it was written down and read`() throws {
    let changes = Self.changes()
    #expect(Self.states(changes) == [.available, .blocked, .available])

    let read = try JSONDecoder().decode([Change].self, from: JSONEncoder().encode(changes))

    #expect(read == changes)
  }

  @Test func `a trouble has the same fingerprint when it begins, when it ends, and in another run`()
  {
    let changes = Self.changes()
    let ofNumber = changes.filter { Self.states([$0]) != [] }
    let another = Self.changes(startedAt: Moment(date: .distantPast, uptime: .seconds(7)))

    #expect(ofNumber.count == 3)
    #expect(ofNumber[1].fingerprint == ofNumber[2].fingerprint)
    #expect(ofNumber[0].fingerprint != ofNumber[1].fingerprint)
    #expect(changes.map(\.fingerprint) == another.map(\.fingerprint))
    // As it was written down by an earlier version: a new one must not tell it again.
    #expect(ofNumber[1].fingerprint == "49c41d7fd0e19dc2")
  }
}
