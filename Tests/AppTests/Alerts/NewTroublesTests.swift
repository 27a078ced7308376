import Foundation
import Health
import TestSupport
import Testing

@testable import App
@testable import Monitor

/// When the terminal rings.
@Suite struct NewTroublesTests {
  private let troubles = NewTroubles(since: .sample)

  private func incident(
    _ waba: String,
    worst: HealthState = .blocked,
    announcedAfter seconds: Double = 30,
    isOver: Bool = false
  ) -> TrackedIncident {
    let start = Moment.sample.date.addingTimeInterval(seconds - 30)
    let number = PhoneNumber.sample("1\(waba)")
    return TrackedIncident(
      reason: Change.Reason(.entity(EntityReference(type: .waba, id: waba))),
      start: start,
      end: isOver ? start.addingTimeInterval(60) : nil,
      worst: worst,
      announced: start.addingTimeInterval(30),
      victims: [TrackedIncident.Victim(.number(number.id), joined: start)]
    )
  }

  private func take(at second: Int, in fleet: Fleet = Fleet()) -> String? {
    troubles.take(in: fleet, at: .sample + .seconds(second))
  }

  @Test func `once for what is blocked, and at most once a minute`() {
    troubles.receive([incident("1"), incident("2"), incident("3", worst: .limited)])
    #expect(take(at: 40) == "wabatop: BLOCKED by WABA 1 and 1 more")
    // Its numbers changed.
    troubles.receive([incident("1")])
    #expect(take(at: 41) == nil)
    troubles.receive([incident("4")])
    #expect(take(at: 60) == nil)
    #expect(take(at: 100) == "wabatop: BLOCKED by WABA 4")
    #expect(take(at: 500) == nil)
  }

  @Test func `not for what is over by then, or lasted before this run`() {
    troubles.receive([incident("1"), incident("2", announcedAfter: -600)])
    troubles.receive([incident("1", isOver: true)])
    #expect(take(at: 40) == nil)
  }

  @Test func `not for what is acknowledged or muted`() {
    var monitor = MonitorState(startedAt: .sample)
    let number = PhoneNumber.sample("17")
    _ = monitor.receive(
      FleetUpdate(readings: [
        .sample(number, .success(.sample(waba: .sample("WABA", "7", "BLOCKED"))))
      ]),
      at: .sample
    )
    let mute = Mute(
      id: "1",
      filter: "account:direct",
      author: "ann",
      date: Moment.sample.date,
      until: Moment.sample.date.addingTimeInterval(600)
    )
    _ = monitor.adopt(OperatorNotes(mutes: [mute]), at: .sample)
    troubles.receive([incident("7")])
    #expect(take(at: 40, in: monitor.fleet) == nil)
    #expect(take(at: 140) == nil)
  }
}
