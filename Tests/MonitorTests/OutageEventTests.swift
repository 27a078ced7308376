import Health
import TestSupport
import Testing

@testable import Monitor

/// Events of accounts that fail one after the other, and turn out to be one outage.
@Suite struct OutageEventTests {
  @Test func `numbers that are moved into an outage keep their former states`() {
    var journal = EventJournal(startedAt: .sample)
    let former: [(account: String, state: HealthState)] = [
      ("acme", .available), ("direct", .limited),
    ]
    let causes = former.map { CauseID.account($0.account, .unreachable) }
    for (cause, (account, state)) in zip(causes, former) {
      journal.note(Self.failing(cause), at: .sample)
      let change = StateChange(
        number: PhoneNumber.ID(account: account, target: "1"),
        from: state,
        to: .stale,
        moment: .sample + .seconds(10),
        since: .sample,
        sinceIsLowerBound: false,
        cause: cause,
        isFlapping: false
      )
      journal.note(change, cycle: .seconds(30))
    }
    journal.note(Self.failing(.offline, parts: causes), at: .sample + .seconds(20))
    let event = journal.events.last
    #expect(event?.cause == .offline)
    #expect(event?.count == 2)
    #expect((0..<2).map { event?.step(ofVictim: $0)?.from } == [.available, .limited])
  }

  private static func failing(_ cause: CauseID, parts: [CauseID] = []) -> PollingChange {
    PollingChange(failing: [.init(cause: cause, parts: parts, error: nil, isRest: false)])
  }
}
