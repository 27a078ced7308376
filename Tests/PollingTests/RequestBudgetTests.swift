import Health
import Polling
import TestSupport
import Testing

struct RequestBudgetTests {
  private let start = ManualClock().now

  @Test func `it starts with one minute's worth and fills at its rate`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    #expect(taken(from: &budget, at: start) == 60)
    #expect(budget.take(at: start) == start + .seconds(1))
    #expect(taken(from: &budget, at: start + .seconds(10)) == 10)
  }

  @Test func `it saves up no more than one minute's worth`() {
    var budget = RequestBudget(perMinute: 12, at: start)
    #expect(taken(from: &budget, at: start + .seconds(3600)) == 12)
  }

  @Test func `an unlimited one never makes wait`() {
    var budget = RequestBudget(perMinute: nil, at: start)
    #expect(taken(from: &budget, at: start, atMost: 1000) == 1000)
    #expect(budget.perMinute(at: start) == nil)
  }

  @Test func `reservations queue up behind each other`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    _ = taken(from: &budget, at: start)
    let moments = (0..<3).map { _ in budget.reserve(at: start).moment - start }
    #expect(moments == [.seconds(1), .seconds(2), .seconds(3)])
  }

  @Test func `what was reserved and not used can be given back`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    _ = taken(from: &budget, at: start)
    budget.giveBack(budget.reserve(at: start))
    #expect(budget.ready(at: start) == start + .seconds(1))
  }

  @Test(arguments: [Duration.seconds(60), .seconds(5), .seconds(3600)])
  func `a retry-after closes it until then`(wait: Duration) {
    var budget = RequestBudget(perMinute: 60, at: start)
    budget.observe(RateSignal(retryAfter: wait), at: start)
    #expect(budget.take(at: start) == start + wait)
    #expect(taken(from: &budget, at: start + wait) == 1)
  }

  @Test func `no retry-after keeps us away longer than an hour`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    budget.observe(RateSignal(retryAfter: .seconds(86_400)), at: start)
    #expect(budget.ready(at: start) == start + RateSignal.longestWait)
  }

  @Test func `closing voids earlier reservations`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    let reservation = budget.reserve(at: start)
    #expect(budget.holds(reservation))
    budget.observe(RateSignal(retryAfter: .seconds(5)), at: start)
    #expect(!budget.holds(reservation))
  }

  @Test func `throttled without a time, the pauses double until an answer comes`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    var now = start
    var pauses: [Duration] = []
    for _ in 0..<4 {
      budget.throttled(retryAfter: nil, at: now)
      pauses.append(budget.ready(at: now) - now)
      now = budget.ready(at: now)
    }
    #expect(pauses == [.seconds(15), .seconds(30), .seconds(60), .seconds(120)])
    budget.answered()
    budget.throttled(retryAfter: nil, at: now)
    #expect(budget.ready(at: now) - now == .seconds(15))
  }

  @Test(arguments: [
    (Duration.seconds(1), [1.0, 2, 4, 8, 16]), (.seconds(0.25), [1, 2, 4, 8, 16]),
    (.seconds(5), [5, 5, 5, 8, 16]), (.seconds(60), [60, 60, 60, 60, 60]),
  ])
  func `a wait that is said again and again grows, and a longer one wins`(
    said: Duration,
    expected: [Double]
  ) {
    for isInHeaders in [false, true] {
      var budget = RequestBudget(perMinute: nil, at: start)
      var now = start
      var pauses: [Double] = []
      for _ in expected {
        if isInHeaders { budget.observe(RateSignal(retryAfter: said), at: now) }
        budget.throttled(retryAfter: said, at: now)
        pauses.append((budget.ready(at: now) - now).seconds)
        now = budget.ready(at: now)
      }
      #expect(pauses == expected)
      budget.answered()
      budget.throttled(retryAfter: said, at: now)
      #expect((budget.ready(at: now) - now).seconds == max(1, said.seconds))
    }
  }

  @Test func `refusals of requests that were under way together count once`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    for _ in 0..<8 { budget.throttled(retryAfter: nil, at: start) }
    #expect(budget.ready(at: start) == start + .seconds(15))
  }

  @Test func `a provider that has few requests left is believed`() {
    var budget = RequestBudget(perMinute: 100, at: start)
    budget.observe(RateSignal(remaining: 3), at: start)
    #expect(taken(from: &budget, at: start) == 3)
  }

  @Test func `with none left it waits for the provider's next window`() {
    var budget = RequestBudget(perMinute: 100, at: start)
    budget.observe(RateSignal(remaining: 40), at: start)
    budget.observe(RateSignal(remaining: 0), at: start + .seconds(20))
    #expect(budget.ready(at: start + .seconds(20)) == start + .seconds(60))
  }

  @Test(arguments: [(30, 30.0), (500, 60.0), (0, 60.0)])
  func `the lower of our limit and the provider's wins`(limit: Int, rate: Double) {
    var budget = RequestBudget(perMinute: 60, at: start)
    budget.observe(RateSignal(limitPerMinute: limit), at: start)
    #expect(budget.perMinute(at: start) == rate)
  }

  @Test(arguments: [(50.0, 100.0), (80, 100), (90, 50), (95, 25), (99.9, 10)])
  func `usage beyond 80 percent slows it`(percent: Double, rate: Double) throws {
    var budget = RequestBudget(perMinute: 100, at: start)
    budget.observe(RateSignal(usagePercent: percent), at: start)
    #expect(try abs(#require(budget.perMinute(at: start)) - rate) < 1e-9)
    #expect(budget.perMinute(at: start + .seconds(301)) == 100)
  }

  @Test func `at 100 percent it stops`() {
    var budget = RequestBudget(perMinute: 60, at: start)
    budget.observe(RateSignal(usagePercent: 100), at: start)
    #expect(budget.ready(at: start) == start + .seconds(60))
  }

  private func taken(
    from budget: inout RequestBudget,
    at now: Moment,
    atMost limit: Int = 200
  ) -> Int {
    for count in 0..<limit where budget.take(at: now) != nil { return count }
    return limit
  }
}
