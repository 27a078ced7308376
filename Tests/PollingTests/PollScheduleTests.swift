import Health
import Polling
import TestSupport
import Testing

struct PollScheduleTests {
  private let account = Account(
    name: "acme",
    provider: "test",
    requestsPerMinute: nil,
    concurrency: 8
  )
  private let start = ManualClock().now
  private let fine = PollSchedule.Outcome.good(inTrouble: false)

  private func schedule(_ names: [String], perMinute: Double? = nil) -> PollSchedule {
    var schedule = PollSchedule(refresh: .seconds(60), at: start)
    for name in names { schedule.insert(.number(name, of: account), at: start) }
    schedule.allow(perMinute, for: "")
    return schedule
  }

  private func failure(_ kind: ProviderError.Kind) -> PollSchedule.Outcome {
    .failed(ProviderError(kind, "No."))
  }

  /// Takes whatever is due until `end`, answers it at once, and says when each was asked.
  private func run(
    _ schedule: inout PollSchedule,
    until end: Duration,
    from begin: Duration = .zero,
    outcome: (String, Moment) -> PollSchedule.Outcome
  ) -> [String: [Double]] {
    var generator = SeededGenerator(seed: 1)
    var asked: [String: [Double]] = [:]
    var now = start + begin
    while now <= start + end {
      while let target = schedule.takeDue(at: now, admit: { _ in nil }) {
        asked[target.id, default: []].append((now - start).seconds)
        _ = schedule.finish(
          target.id,
          with: outcome(target.id, now),
          at: now,
          using: &generator
        )
      }
      guard let next = schedule.nextMoment else { break }
      now = max(next, now + .milliseconds(1))
    }
    return asked
  }

  @Test func `everything is due at once, then spread evenly over the interval`() {
    let names = (0..<100).map { "n\($0)" }
    var schedule = schedule(names)
    let asked = run(&schedule, until: .seconds(600)) { _, _ in fine }
    #expect(asked.values.allSatisfy { $0.first == 0 })
    // Of each later interval every tenth has about a tenth of the polls.
    let later = asked.values.flatMap { $0 }.filter { $0 >= 54 && $0 < 594 }
    var tenths: [Int: Int] = [:]
    for moment in later { tenths[Int(moment / 5.4), default: 0] += 1 }
    #expect(tenths.values.allSatisfy { (8...12).contains($0) })
  }

  @Test func `no reading gets older than refresh`() {
    var schedule = schedule((0..<50).map { "n\($0)" })
    let asked = run(&schedule, until: .seconds(900)) { _, _ in fine }
    for moments in asked.values {
      #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 < 60 })
    }
  }

  @Test func `a number in trouble is asked twice as often`() throws {
    var schedule = schedule(["fine", "bad"])
    let asked = run(&schedule, until: .seconds(1080)) { id, _ in
      .good(inTrouble: id == "number/bad")
    }
    let (fine, bad) = try (#require(asked["number/fine"]), #require(asked["number/bad"]))
    #expect((20...22).contains(fine.count))
    #expect((40...42).contains(bad.count))
  }

  @Test func `a tight budget stretches the effective interval and favours nobody`() throws {
    var schedule = schedule((0..<190).map { "n\($0)" }, perMinute: 60)
    #expect(abs(schedule.effectiveRefresh().seconds - 200) < 0.01)
    let asked = run(&schedule, until: .seconds(4000)) { id, _ in
      .good(inTrouble: id == "number/n7")
    }
    let counts = Set(asked.values.map(\.count))
    #expect(try #require(counts.max()) - (counts.min() ?? 0) <= 1)
  }

  @Test func `a generous budget leaves refresh as configured`() {
    var schedule = schedule((0..<50).map { "n\($0)" }, perMinute: 100)
    #expect(schedule.effectiveRefresh() == .seconds(60))
  }

  @Test func `answers that take pages cost more of the budget`() {
    var schedule = schedule(["waba"], perMinute: 1)
    var generator = SeededGenerator(seed: 1)
    _ = schedule.takeDue(at: start) { _ in nil }
    _ = schedule.finish("number/waba", with: fine, requests: 19, at: start, using: &generator)
    #expect(abs(schedule.effectiveRefresh().seconds - 1200) < 0.01)
  }

  @Test func `what may not ask yet lets another credential go first`() {
    var schedule = PollSchedule(refresh: .seconds(60), at: start)
    schedule.insert(.number("berlin", of: account, credential: "berlin"), at: start)
    schedule.insert(.number("paris", of: account, credential: "paris"), at: start)
    let later = start + .seconds(5)
    let first = schedule.takeDue(at: start) { $0 == "berlin" ? later : nil }
    #expect(first?.id == "number/paris")
    #expect(schedule.takeDue(at: start) { $0 == "berlin" ? later : nil } == nil)
    #expect(schedule.nextMoment == later)
    #expect(schedule.takeDue(at: later) { _ in nil }?.id == "number/berlin")
  }

  @Test(
    arguments: [
      .unreachable, .timedOut, .providerError, .unintelligible, .throttled(retryAfter: nil),
    ] as [ProviderError.Kind]
  )
  func `failures are retried ever more rarely`(kind: ProviderError.Kind) throws {
    var schedule = schedule(["bad"])
    let asked = run(&schedule, until: .seconds(20_000)) { _, _ in failure(kind) }
    let moments = try #require(asked["number/bad"])
    let gaps = zip(moments, moments.dropFirst()).map { $1 - $0 }
    let windows = [27.0, 54, 108, 216]
    for (gap, window) in zip(gaps, windows) { #expect(gap >= 1 && gap <= window) }
    #expect(gaps.allSatisfy { $0 <= 300 })
    // Full jitter halves the longest window on average.
    #expect((100...170).contains(moments.count))
  }

  @Test func `retry-after outranks the back-off`() {
    var schedule = schedule(["bad"])
    let asked = run(&schedule, until: .seconds(500)) { _, _ in
      failure(.throttled(retryAfter: .seconds(120)))
    }
    #expect(asked["number/bad"] == [0, 120, 240, 360, 480])
  }

  @Test func `a retry-after that is too short for ever is outgrown`() {
    var schedule = schedule(["bad"])
    let asked = run(&schedule, until: .seconds(1_300)) { _, _ in
      failure(.throttled(retryAfter: .seconds(1)))
    }
    #expect(
      asked["number/bad"] == [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111]
    )
  }

  @Test func `a refused number is asked slowly and slows nobody else`() throws {
    var schedule = schedule(["fine", "refused"])
    let asked = run(&schedule, until: .seconds(3000)) { id, _ in
      id == "number/refused" ? failure(.numberRefused) : fine
    }
    #expect((10...12).contains(try #require(asked["number/refused"]).count))
    #expect(try #require(asked["number/fine"]).count > 50)
  }

  @Test func `a rejected credential leaves one slow probe, and a good probe makes all due`() {
    var schedule = schedule((0..<100).map { "n\($0)" })
    var isRevoked = true
    let dead = run(&schedule, until: .seconds(1500)) { _, _ in
      isRevoked ? failure(.credentialRejected) : fine
    }
    // Two to be certain, then one in about five minutes.
    #expect((6...8).contains(dead.values.map(\.count).reduce(0, +)))
    isRevoked = false
    let alive = run(&schedule, until: .seconds(1900), from: .seconds(1501)) { _, _ in fine }
    let first = alive.values.compactMap(\.first).min() ?? 0
    #expect(alive.count == 100)
    #expect(alive.values.allSatisfy { ($0.first ?? .infinity) - first < 0.01 })
  }

  @Test func `one number's rejection is its own when another number is answered`() throws {
    var schedule = schedule(["odd", "a", "b"])
    let asked = run(&schedule, until: .seconds(1200)) { id, _ in
      id == "number/odd" ? failure(.credentialRejected) : fine
    }
    #expect(try #require(asked["number/odd"]).count <= 6)
    #expect(try #require(asked["number/a"]).count > 20)
  }

  @Test func `a rejected credential stops only what uses it`() throws {
    var schedule = PollSchedule(refresh: .seconds(60), at: start)
    schedule.insert(.number("berlin", of: account, credential: "berlin"), at: start)
    schedule.insert(.number("paris", of: account, credential: "paris"), at: start)
    let asked = run(&schedule, until: .seconds(900)) { id, _ in
      id == "number/berlin" ? failure(.credentialRejected) : fine
    }
    #expect(try #require(asked["number/berlin"]).count <= 5)
    #expect(try #require(asked["number/paris"]).count > 15)
  }

  @Test func `facts come after the first sweep of the numbers, and rarely`() throws {
    var schedule = schedule(["n"])
    schedule.insert(PollTarget(id: "templates/1", purpose: .facts), at: start)
    let asked = run(&schedule, until: .seconds(3000)) { _, _ in fine }
    let facts = try #require(asked["templates/1"])
    #expect(try #require(facts.first) > 0 && facts.count <= 7 && facts.count >= 5)
  }

  @Test func `facts wait for numbers that have not been asked`() {
    var schedule = schedule(["slow"])
    schedule.insert(PollTarget(id: "templates/1", purpose: .facts), at: start)
    #expect(schedule.takeDue(at: start) { _ in nil }?.id == "number/slow")
    #expect(schedule.takeDue(at: start + .seconds(60)) { _ in nil } == nil)
  }

  @Test func `a demand puts a number before all others`() {
    var schedule = schedule(["a", "b", "c"])
    schedule.makeDue(["number/c"], at: start)
    #expect(schedule.takeDue(at: start) { _ in nil }?.id == "number/c")
  }

  @Test func `a removed target is never due`() {
    var schedule = schedule(["a", "b"])
    schedule.remove("number/a")
    #expect(schedule.takeDue(at: start) { _ in nil }?.id == "number/b")
    #expect(schedule.takeDue(at: start + .seconds(500)) { _ in nil } == nil)
  }
}
