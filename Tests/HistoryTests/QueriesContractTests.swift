import Foundation
import Health
import History
import Testing

@testable import Monitor

/// What every engine has to answer to views.
@Suite struct QueriesContractTests {
  private static let events: [Transition] = [
    .event(.started, at: .after(0)),
    .event(.appeared, of: .number(.one), at: .after(1), names: Names("+44 1", detail: "Acme")),
    .state(.available, at: .after(2)),
    .state(of: .other, .blocked, at: .after(3), because: .payment),
    .state(from: .available, .limited, at: .after(4), because: .quality),
    .event(
      .failing(Change.Failure(kind: "timed_out", httpStatus: nil, message: "No answer.")),
      of: .account("shops"),
      at: .after(5),
      names: Names("shops", detail: "360dialog")
    ),
    .event(
      .word(from: "APPROVED", to: "PAUSED"),
      of: .template(waba: "102", id: "order"),
      at: .after(6),
      names: Names("order")
    ),
    .event(
      .acknowledged(by: "ann", comment: "seen"),
      of: .number(.one),
      at: .after(7),
      names: Names("+44 1", detail: "Acme")
    ),
    .event(.vanished, of: .number(.other), at: .after(8), names: Names("+44 1", detail: "Acme")),
  ]

  @Test(arguments: Engine.allCases)
  func `events come page by page, the newest first`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.write(.of(Self.events))
      let all = try await store.transitions(TransitionQuery())
      #expect(all.map(\.transition) == Self.events.reversed())
      var pages: [RecordedTransition] = []
      var query = TransitionQuery(limit: 4)
      while true {
        let page = try await store.transitions(query)
        guard let last = page.last else { break }
        pages += page
        query.before = last.id
      }
      #expect(pages == all)
      let later = try await store.transitions(TransitionQuery(after: all[3].id))
      #expect(later == Array(all.prefix(3)))
    }
  }

  @Test(arguments: Engine.allCases)
  func `what the answers said otherwise comes where it is asked for`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      let line = AnswerDifference.Line(
        subject: "WABA 102",
        field: "can_send_message",
        before: "AVAILABLE",
        after: "BLOCKED"
      )
      let told = [PhoneNumber.ID.one, .two].map { id in
        Transition(
          date: .after(1),
          subject: .number(id),
          names: Names("+44 1", detail: "Acme"),
          event: .state(from: .available, to: .blocked),
          reason: .payment,
          difference: AnswerDifference([line])
        )
      }
      let plain = Transition.state(from: .blocked, .available, at: .after(2))
      try await store.write(.of(told + [plain]))
      let all = try await store.transitions(TransitionQuery())
      #expect(all.allSatisfy { $0.transition.difference == nil })
      let asked = try await store.transitions(TransitionQuery(includesDifferences: true))
      #expect(asked.map(\.transition) == (told + [plain]).reversed())
    }
  }

  @Test(arguments: Engine.allCases)
  func `all that makes a number bad is remembered`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let told = Transition(
        date: .after(1),
        subject: .number(.one),
        names: Names("+44 1"),
        event: .state(from: .available, to: .blocked),
        reason: .payment,
        others: [.quality]
      )
      try await store.write(.of([told]))
      #expect(try await store.transitions(TransitionQuery()).map(\.transition) == [told])
      let past = try await store.past(at: .after(2))
      #expect(past.numbers.first?.others == [.quality])
    }
  }

  @Test(arguments: Engine.allCases)
  func `events pass by kind, subject, account and window`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.write(.of(Self.events))
      func find(_ query: TransitionQuery) async throws -> [Int] {
        try await store.transitions(query).compactMap { found in
          Self.events.firstIndex(of: found.transition)
        }
      }
      #expect(try await find(TransitionQuery(kinds: [.state, .word])) == [6, 4, 3, 2])
      #expect(try await find(TransitionQuery(subjects: [.number(.one)])) == [7, 4, 2, 1])
      #expect(try await find(TransitionQuery(subjects: [.cause("none")])) == [])
      #expect(try await find(TransitionQuery(accounts: ["shops"])) == [8, 5, 3])
      let window = Date.after(2)..<Date.after(5)
      #expect(try await find(TransitionQuery(window: window)) == [4, 3, 2])
      let long = Date.after(2)..<Date.after(days: 30)
      #expect(
        try await find(TransitionQuery(window: long, kinds: [.state], accounts: ["acme"])) == [
          4, 2,
        ]
      )
    }
  }

  @Test(arguments: Engine.allCases)
  func `the past is as it was`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let coverage = [
        Coverage.of("acme", .after(0), .after(100)), Coverage.of("shops", .after(4), .after(5)),
      ]
      try await store.write(.of(Self.events, coverage: coverage))
      let past = try await store.past(at: .after(4.5))
      #expect(past.numbers.map(\.id) == [.one, .other])
      #expect(past.numbers.map(\.state) == [.limited, .blocked])
      #expect(past.numbers.map(\.since) == [.after(4), .after(3)])
      #expect(past.numbers.map(\.formerState) == [.available, nil])
      #expect(past.numbers.map(\.reason) == [.quality, .payment])
      #expect(past.covered == ["acme", "shops"])
      let early = try await store.past(at: .after(1.5))
      #expect(early.numbers.map(\.state) == [nil])
      #expect(early.covered == ["acme"])
      let late = try await store.past(at: .after(50))
      #expect(late.numbers.map(\.id) == [.one])
      #expect(late.others.map(\.transition) == Array(Self.events[5...6]))
      #expect(try await store.past(at: .after(-1)).numbers.isEmpty)

      let counts = try await store.counts(at: .after(3))
      #expect(counts[.available] == 1 && counts[.blocked] == 0 && counts.unseen == 1)
      let more = try await store.counts(at: .after(4))
      #expect(more[.limited] == 1 && more[.blocked] == 1 && more.unseen == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `time travel stops where something changed`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.write(.of(Self.events))
      #expect(try await store.changeDate(after: .after(0)) == .after(1))
      #expect(try await store.changeDate(after: .after(6)) == .after(8))
      #expect(try await store.changeDate(after: .after(8)) == nil)
      #expect(try await store.changeDate(before: .after(8)) == .after(6))
      #expect(try await store.changeDate(before: .after(1)) == nil)
      #expect(try await store.numbersChanged(after: .after(2)) == [.one, .other])
      #expect(try await store.numbersChanged(after: .after(3)) == [.one])
      #expect(try await store.numbersChanged(after: .after(4)) == [])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a density says how much and how bad`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.write(.of(Self.events))
      let density = try await store.density(in: .after(0)..<(.after(8)), shares: 4)
      #expect(density.map(\.count) == [1, 0, 2, 1])
      #expect(density.map(\.worst) == [nil, nil, .limited, nil])
      #expect(try await store.density(in: .after(0)..<(.after(0)), shares: 4).isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `the first that is known of a number is no change`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let transitions: [Transition] = [
        .state(.blocked, at: .after(1), because: .payment),
        .state(from: .blocked, .available, at: .after(2)),
      ]
      try await store.write(.of(transitions))
      let density = try await store.density(in: .after(0)..<(.after(8)), shares: 1)
      #expect(density.map(\.count) == [1])
      #expect(density.map(\.worst) == [.available])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a strip shows what nobody saw as nothing`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let transitions: [Transition] = [
        .state(.available, at: .after(hours: 0)),
        .state(from: .available, .blocked, at: .after(hours: 2), because: .payment),
        .state(from: .blocked, .available, at: .after(hours: 2.5)),
      ]
      let coverage = [
        Coverage.of(.after(hours: 0), .after(hours: 1)),
        Coverage.of(.after(hours: 1), .after(hours: 3)),
        Coverage.of(.after(hours: 4), .after(hours: 6)),
      ]
      for covered in coverage { try await store.write(.of(coverage: [covered])) }
      try await store.write(.of(transitions))
      let window = Date.after(hours: -1)..<Date.after(hours: 7)
      let line = try #require(try await store.lines(of: [.one, .two], in: window)[.one])
      #expect(
        line.worst(in: 8) == [
          nil, .available, .available, .blocked, nil, .available, .available, nil,
        ]
      )
      #expect(line.times[.available] == .seconds(4.5 * 3600))
      #expect(line.times[.blocked] == .seconds(0.5 * 3600))
      let nothing = try #require(try await store.lines(of: [.two], in: window)[.two])
      #expect(nothing.worst(in: 2) == [nil, nil])
      let times = try await store.times(of: nil, in: window)
      #expect(Set(times.keys) == [.one])
      #expect(times[.one]?.availability == 0.9)
      #expect(times[.one]?.knownShare(of: .seconds(8 * 3600)) == 5.0 / 8)
      #expect(
        try await store.coverage(in: .after(hours: 2)..<(.after(hours: 5))) == [
          "acme": [.after(hours: 2)..<(.after(hours: 3)), .after(hours: 4)..<(.after(hours: 5))]
        ]
      )
    }
  }

  @Test(arguments: Engine.allCases)
  func `incidents are those that went on in a window`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      var first = Incident(
        id: "1",
        reason: .payment,
        start: .after(10),
        worst: .limited,
        victims: [Incident.Victim(.number(.one), joined: .after(10))]
      )
      let second = Incident(
        id: "2",
        reason: .quality,
        start: .after(20),
        end: .after(30),
        worst: .warning,
        announced: .after(21),
        victims: [
          Incident.Victim(.template(waba: "7", id: "a"), joined: .after(20), left: .after(25)),
          Incident.Victim(.template(waba: "8", id: "a"), joined: .after(21), left: .after(30)),
        ]
      )
      try await store.write(.of(incidents: [first, second]))
      first.worst = .blocked
      first.victims[0].left = .after(15)
      first.victims.append(Incident.Victim(.number(.other), joined: .after(12)))
      try await store.write(.of(incidents: [first]))
      #expect(try await store.incidents(in: .after(0)..<(.after(100))) == [second, first])
      #expect(try await store.incidents(in: .after(0)..<(.after(20))) == [first])
      #expect(try await store.incidents(in: .after(30)..<(.after(40))) == [first])
    }
  }
}
