import Health
import TestSupport
import Testing

@testable import History
@testable import Monitor
@testable import Screens

/// What was told within a millisecond, and is looked at at different times.
@Suite struct FollowedOrderTests {
  @Test func `what was told at once keeps its order, whenever it is looked at`() async throws {
    let (acme, shops) = (TwoDashboards.accounts[0], TwoDashboards.accounts[1])
    var two = try await TwoDashboards()
    try await two.poll(after: 1) { .answers(1...2, of: acme, at: $0) }
    try await two.poll(after: 1) { .answers(21...22, of: shops, at: $0) }
    two.clock.advance(by: .seconds(20))
    for (account, number, length) in [(acme, 1, 400), (shops, 21, 600)] {
      let now = two.clock.now
      let isUnpaid = number == 1
      await two.poller.recorded.receive(
        .answers(
          number...number,
          of: account,
          isUnpaid: isUnpaid,
          quality: isUnpaid ? "GREEN" : "RED",
          at: now
        )
      )
      await two.poller.recorder.step()
      two.clock.advance(by: .microseconds(length))
      let names = Set(TwoDashboards.accounts.map(\.name))
      try await two.follower.follower.follow(names, in: two.store)
    }
    let seen = try await two.rows(of: two.poller)
    #expect(seen.count == 2)
    #expect(try await two.rows(of: two.follower) == seen)
  }
}
