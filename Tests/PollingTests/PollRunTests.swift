import Health
import Synchronization
import TestSupport
import Testing

@testable import Polling

struct PollRunTests {
  private let clock = ManualClock()

  private func run() -> PollRun {
    PollRun(limiter: RateLimiter(perMinute: nil, time: clock), budgetDeadline: nil)
  }

  @Test func `work that ends in time is what comes of it`() async {
    let run = run()
    #expect(await run.run { 7 } == 7)
    run.passDeadline()
  }

  @Test func `a deadline that has passed lets nothing begin`() async {
    let run = run()
    run.passDeadline()
    #expect(await run.run { 7 } == nil)
  }

  @Test func `the deadline cancels the work, and no other`() {
    let (slow, other) = (run(), run())
    let outcomes = Mutex<[String: Int?]>([:])
    for (name, run) in [("slow", slow), ("other", other)] {
      _ = clock.start {
        let outcome = await run.run { () -> Int in
          try? await clock.sleep(until: clock.now + .seconds(10))
          return Task.isCancelled ? -1 : 1
        }
        outcomes.withLock { $0[name] = .some(outcome) }
      }
    }
    clock.settle()
    slow.passDeadline()
    clock.settle()
    #expect(outcomes.withLock { $0["slow"] } == .some(.none))
    #expect(outcomes.withLock { $0["other"] } == nil)
    clock.advance(by: .seconds(10))
    #expect(outcomes.withLock { $0["other"] } == .some(1))
  }

  @Test func `events that come while nobody waits are taken together`() async {
    let queue = EventQueue<Int>()
    for event in 0..<3 { queue.push(event) }
    #expect(await queue.next() == [0, 1, 2])
  }

  @Test func `who waits for events wakes up for the next, or at the end of the task`() {
    let queue = EventQueue<Int>()
    let taken = Mutex<[[Int]]>([])
    let reader = clock.start {
      while true {
        let events = await queue.next()
        taken.withLock { $0.append(events) }
        if events.isEmpty { return }
      }
    }
    clock.settle()
    queue.push(1)
    clock.settle()
    queue.push(2)
    queue.push(3)
    clock.settle()
    reader.cancel()
    clock.settle()
    #expect(taken.withLock { $0 } == [[1], [2, 3], []])
  }
}
