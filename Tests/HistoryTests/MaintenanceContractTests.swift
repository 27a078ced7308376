import Foundation
import Health
import History
import Testing

/// What every engine has to take away, and what has to be left.
@Suite struct MaintenanceContractTests {
  @Test(arguments: Engine.allCases)
  func `a day ends at midnight UTC, and the state at its end stays`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      let transitions: [Transition] = [
        .state(.available, at: .after(hours: 1)),
        .state(from: .available, .blocked, at: .after(hours: 23), because: .payment),
        .state(of: .two, .limited, at: .after(hours: 24)),
        .state(from: .blocked, .available, at: .after(hours: 25)),
        .event(.started, at: .after(hours: 2)),
      ]
      let coverage = [Coverage.of(.after(hours: 0), .after(days: 3))]
      try await store.write(.of(transitions, coverage: coverage))
      let day = Date.after(0)..<(.after(days: 1))
      let before = try await store.times(of: [.one], in: day)
      let retention = Retention(days: 2)
      // The first day is as old as days may get.
      #expect(try await store.maintain(retention, at: .after(days: 2.9)) == false)
      #expect(try await store.transitions(TransitionQuery()).count == 5)
      #expect(try await store.maintain(retention, at: .after(days: 3)) == false)
      let left = try await store.transitions(TransitionQuery()).map(\.transition)
      #expect(left == [transitions[3], transitions[2], transitions[1]])
      // What is left of the day are its sums.
      #expect(try await store.times(of: [.one], in: day) == before)
      // A window that begins long before anything was known needs no look at each of its days.
      let ages = Date.after(days: -700_000)..<(.after(days: 1))
      #expect(try await store.times(of: [.one], in: ages) == before)
      #expect(before[.one]?[.available] == .seconds(22 * 3600))
      #expect(before[.one]?[.blocked] == .seconds(3600))
      #expect(try await store.lines(of: [.one], in: day)[.one]?.segments == [])
      let past = try await store.past(at: .after(hours: 24))
      #expect(past.numbers.map(\.state) == [.blocked, .limited])
    }
  }

  @Test(arguments: Engine.allCases)
  func `one call takes one day away`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let transitions: [Transition] = (0..<5).map { day in
        .state(day.isMultiple(of: 2) ? .blocked : .available, at: .after(days: Double(day) + 0.5))
      }
      try await store.write(
        .of(transitions, coverage: [.of(.after(0), .after(days: 5))])
      )
      let year = Date.after(days: 365)
      #expect(try await store.maintain(Retention(), at: year))
      #expect(try await store.transitions(TransitionQuery()).count == 5)
      #expect(try await store.maintain(Retention(), at: year))
      #expect(try await store.transitions(TransitionQuery()).count == 4)
      // The clock is right again.
      #expect(try await store.maintain(Retention(), at: .after(days: 5)) == false)
      #expect(try await store.transitions(TransitionQuery()).count == 4)
      let times = try await store.times(of: [.one], in: .after(0)..<(.after(days: 5)))
      #expect(times[.one]?.covered == .seconds(4.5 * 86_400))
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is told of a day that was added up counts`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.write(
        .of(
          [.state(.available, at: .after(0))],
          coverage: [.of(.after(0), .after(days: 1.5))]
        )
      )
      let day = Date.after(0)..<(.after(days: 1))
      _ = try await store.maintain(Retention(), at: .after(days: 1.5))
      #expect(try await store.times(of: nil, in: day)[.one]?[.available] == .seconds(86_400))
      // The clock goes back by an hour and a half.
      try await store.write(.of([.state(.blocked, at: .after(hours: 22))]))
      #expect(try await store.times(of: nil, in: day)[.one]?[.blocked] == .seconds(7200))
      _ = try await store.maintain(Retention(), at: .after(days: 1.6))
      #expect(try await store.times(of: nil, in: day)[.one]?[.blocked] == .seconds(7200))
    }
  }

  @Test(arguments: Engine.allCases)
  func `a clock that goes back by a year and comes again loses nothing`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      let year = 365.0 * 86_400
      try await store.write(.of([.state(.blocked, at: .after(year))]))
      try await store.write(.of([.state(from: .blocked, .limited, at: .after(0))]))
      // What was told last counts, though it is dated before the rest.
      let now = try await store.past(at: .after(year + 5))
      #expect(now.numbers.map(\.state) == [.limited])
      let newest = try await store.transitions(TransitionQuery(limit: 1)).first?.transition
      #expect(newest?.state == .limited)
      try await store.write(.of([.state(from: .limited, .available, at: .after(year + 10))]))
      #expect(try await store.past(at: .after(year + 5)).numbers.map(\.state) == [.blocked])
      #expect(try await store.past(at: .after(year + 10)).numbers.map(\.state) == [.available])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a clock that goes back by an hour leaves no false state behind`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      try await store.write(.of([.state(.blocked, at: .after(hours: 9.8))]))
      try await store.write(.of([.state(from: .blocked, .available, at: .after(hours: 9.3))]))
      try await store.write(.of([.state(of: .two, .available, at: .after(hours: 10.1))]))
      let past = try await store.past(at: .after(hours: 12))
      #expect(past.numbers.map(\.state) == [.available, .available])
    }
  }
}
