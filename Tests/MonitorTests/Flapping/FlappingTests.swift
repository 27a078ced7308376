import Health
import TestSupport
import Testing

@testable import Monitor

@Suite struct FlappingTests {
  /// States by a letter: `+` available, `l` limited, `b` blocked.
  private static func states(_ text: String) -> [HealthState] {
    text.map { $0 == "+" ? .available : $0 == "l" ? .limited : .blocked }
  }

  private static func polls(_ text: String) -> PollStates {
    var polls = PollStates()
    for state in states(text) { polls.note(state) }
    return polls
  }

  @Test(
    arguments: [
      ("", 0, nil), ("+", 0, nil), ("+b", 6, nil), ("+b+b+", 23.37, nil),
      // The sixth change in a row is more than 30 %.
      ("+b+b+b", 28.95, nil), ("+b+b+b+", 34.42, .blocked), ("+l+l+l+", 34.42, .limited),
      // The worst one stays, whatever came after it.
      ("+l+l+l+b++", 44.21, .blocked),
      // Always changing is all of it.
      ("+b+b+b+b+b+b+b+b+b+b+", 100, .blocked),
      // Old changes weigh less, and more than twenty polls ago they are forgotten.
      ("+b+b+b+++++++++++", 28.11, .blocked), ("+b+b+b+++++++++++++++++", 16.63, nil),
      ("bbbbbbbbbbbbbbbbbbbbbbbbbb", 0, nil),
    ] as [(String, Double, HealthState?)]
  )
  func `flapping is a share of the last twenty polls`(
    polls text: String,
    percent: Double,
    worst: HealthState?
  ) {
    let polls = Self.polls(text)
    #expect(abs(polls.changeShare * 100 - percent) < 0.01)
    #expect(polls.worst == worst)
  }

  @Test func `the shares and the number of polls are set`() {
    let rules = FlappingRules(over: 50, under: 10, polls: 6)
    func worst(_ text: String) -> HealthState? {
      var polls = PollStates()
      for state in Self.states(text) { polls.note(state, rules) }
      return polls.worst
    }
    // Of six possible changes three are more than half.
    #expect(worst("+++b+") == nil)
    #expect(worst("+++b+b") == .blocked)
    // The last one weighs more than a tenth until it is forgotten.
    #expect(worst("+++b+b++++++") == .blocked)
    #expect(worst("+++b+b+++++++") == nil)
  }

  @Test func `other rules count from the next poll on`() {
    var watched = Watched(.immediate)
    for (place, word) in Self.restless.enumerated() { watched.poll(at: place * 30, word) }
    #expect(watched.monitor.fleet[Watched.number.id]?.polls.isFlapping == true)
    var rules = ConfirmationRules.immediate
    rules.flapping = FlappingRules(over: 90, under: 80, polls: 20)
    watched.confirm(by: rules)
    watched.poll(at: 210, "lim")
    #expect(watched.monitor.fleet[Watched.number.id]?.polls.isFlapping == false)
  }

  /// The obvious way: all states in a list, and all of them looked at each time.
  private struct Obvious {
    private var states: [HealthState] = []
    private(set) var worst: HealthState?

    mutating func note(_ state: HealthState) {
      states.append(state)
      let recent = Array(states.suffix(21))
      let changes = zip(recent.dropFirst(), recent).enumerated()
        .filter { $0.element.0 != $0.element.1 }
      // Weights from 114 to 76, of 1900 in all.
      let weight = changes.reduce(0) { $0 + 114 - 2 * (recent.count - 2 - $1.offset) }
      if let worst {
        self.worst = weight < 380 ? nil : min(worst, state)
      } else if weight > 570 {
        worst = recent.min()
      }
    }
  }

  @Test func `a packed history says what a list says`() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      var (polls, obvious) = (PollStates(), Obvious())
      let restlessness = Int.random(in: 1...10, using: &random)
      var state = HealthState.available
      for _ in 0..<100 {
        if Int.random(in: 0..<10, using: &random) < restlessness {
          state = [.available, .limited, .blocked, .warning][Int.random(in: 0..<4, using: &random)]
        }
        polls.note(state)
        obvious.note(state)
        #expect(polls.worst == obvious.worst)
      }
    }
  }

  /// The events of a number that is polled every thirty seconds.
  private static func events(of words: [String], _ rules: ConfirmationRules) -> [String] {
    var watched = Watched(rules)
    for (place, word) in words.enumerated() { watched.poll(at: place * 30, word) }
    return watched.monitor.journal.events.dropFirst().map { event in
      switch event.kind {
      case .states(let from, let to): "\(from.word.prefix(3))>\(to.word.prefix(3))"
      case .flapping(let state, let percent): "flapping \(state.word.prefix(3)) \(percent)%"
      case .steady(let state): "steady \(state.word.prefix(3))"
      default: "\(event.kind)"
      }
    }
  }

  private static let restless = ["ok", "lim", "ok", "lim", "ok", "lim", "ok"]

  @Test func `flapping has one event for its start and one for its end`() {
    let calm = Array(repeating: "ok", count: 20)
    let events = Self.events(of: Self.restless + ["lim", "ok", "lim"] + calm, .immediate)
    #expect(
      events == [
        "AVA>LIM", "LIM>AVA", "AVA>LIM", "LIM>AVA", "AVA>LIM", "LIM>AVA", "flapping LIM 34%",
        "steady AVA",
      ]
    )
  }

  @Test func `what gets worse than ever while it flaps is an event`() {
    let events = Self.events(of: Self.restless + ["lim", "blk", "lim", "blk"], .immediate)
    #expect(events.suffix(3) == ["LIM>AVA", "flapping LIM 34%", "LIM>BLO"])
  }

  @Test func `a number that flaps is told as bad, without a second poll`() {
    let rules = ConfirmationRules(downTime: .seconds(3600))
    var watched = Watched(rules)
    for (place, word) in (Self.restless + ["lim"]).enumerated() {
      watched.poll(at: place * 30, word)
    }
    #expect(watched.told == ["AVA>LIM 210"])
    #expect(watched.shown == "LIM")
    watched.poll(at: 240, "ok")
    #expect(watched.told == ["AVA>LIM 210"])
    #expect(watched.shown == "AVA 1/2")
  }

  @Test func `failed polls are no flapping`() {
    let events = Self.events(of: (0..<40).map { $0 % 2 == 0 ? "ok" : "fail" }, .immediate)
    #expect(events == [])
  }

  @Test func `the row of a flapping number keeps the place of its worst state`() {
    var watched = Watched(.immediate)
    for (place, word) in (Self.restless + ["blk", "ok"]).enumerated() {
      watched.poll(at: place * 30, word)
    }
    let record = watched.monitor.fleet[Watched.number.id]
    #expect(record?.state == .available)
    #expect(record?.rankingState == .blocked)
  }

  @Test func `flapping numbers are found by a filter`() throws {
    var watched = Watched(.immediate)
    for (place, word) in Self.restless.enumerated() { watched.poll(at: place * 30, word) }
    let record = try #require(watched.monitor.fleet[Watched.number.id])
    let filter = try Filter("@flapping")
    #expect(filter.passes(record, in: watched.monitor.fleet, at: watched.now))
    #expect(filter.explanation == "flapping")
    var calm = Watched(.immediate)
    calm.poll(at: 0, "ok")
    let other = try #require(calm.monitor.fleet[Watched.number.id])
    #expect(!filter.passes(other, in: calm.monitor.fleet, at: calm.now))
  }
}
