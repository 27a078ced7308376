import Health
import Monitor
import TestSupport
import Testing

@testable import Service

/// What clients with a filter are told of the time in which they were away.
@Suite(.realTime)
struct EventChoiceTests {
  @Test func `who comes back with a filter is told what it would have let through`()
    async throws
  {
    try await RunningListener.with { running in
      func receive(_ number: Int, isWorse: Bool) async {
        let reading = Reading.sample(numbered: number, at: SystemTime().now, isWorse: isWorse)
        await running.monitor.receive(FleetUpdate(readings: [reading]))
      }
      let filter = "?filter=status:limited"
      await running.monitor.receive(.sample(numbers: 40))
      var client: Client? = try EventFeedTests.follow(running, filter: filter)
      await waitUntil { running.feed.clientCount == 1 }
      await receive(1, isWorse: true)
      let before = EventFeedTests.text(of: try #require(client), until: #""to": "LIMITED""#)
      client = nil
      // Closed without a word, it is noticed with the next thing that is sent.
      await receive(2, isWorse: true)
      await running.monitor.noteReload("not of a number")
      await receive(1, isWorse: false)
      await receive(2, isWorse: false)
      let last = try #require(EventFeedTests.ids(in: before).last)
      let again = try EventFeedTests.follow(running, after: last, filter: filter)
      await receive(3, isWorse: true)
      let after = EventFeedTests.data(in: EventFeedTests.text(of: again, until: "10000003"))
      let numbers = after.compactMap { text in
        (1...3).first { text.contains("1000000\($0)") }
      }
      #expect(numbers == [2, 1, 2, 3], "\(after)")
      #expect(after.filter { $0.contains(#""to": "LIMITED""#) }.count == 2)
    }
  }

  @Test func `the choice of a client that left is kept for a while`() async throws {
    let clock = ManualClock()
    let feed = EventFeed(time: clock)
    let monitor = FleetMonitor(time: clock, consumers: [feed])
    let live = LiveState(of: monitor, time: clock, history: { nil })
    let choice = await EventChoice(try Filter("status:limited"), live)
    var choices = EventChoices()
    choices.join(choice, after: 5)
    choices.join(choice, after: 7)
    #expect(choices.told("status:limited", after: 4) == nil)
    #expect(choices.told("status:limited", after: 5) == [])
    choices.leave("status:limited", at: clock.now)
    clock.advance(by: .seconds(3600))
    choices.forget(at: clock.now)
    #expect(choices.all.count == 1)
    choices.leave("status:limited", at: clock.now)
    clock.advance(by: .seconds(600))
    choices.forget(at: clock.now)
    #expect(choices.all.count == 1)
    clock.advance(by: .seconds(1))
    choices.forget(at: clock.now)
    #expect(choices.all.isEmpty)
  }
}
