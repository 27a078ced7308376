import Foundation
import Health
import History
import Monitor
import Testing

/// What every engine has to keep for people and processes.
@Suite struct OperatorContractTests {
  @Test(arguments: Engine.allCases)
  func `an acknowledgement lasts until it ends`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let before = try await store.revision()
      var first = Acknowledgement(
        id: "1",
        subject: .number(.one),
        author: "ann",
        comment: "Card is renewed.",
        date: .after(10),
        state: .blocked
      )
      let second = Acknowledgement(
        id: "2",
        subject: .cause("entity/WABA/102"),
        author: "bob",
        date: .after(20),
        until: .after(30),
        state: .limited
      )
      try await store.save(first)
      try await store.save(second)
      #expect(try await store.revision() > before)
      #expect(try await store.acknowledgements(at: .after(5)) == [])
      #expect(try await store.acknowledgements(at: .after(25)) == [first, second])
      #expect(try await store.acknowledgements(at: .after(30)) == [first])
      first.ending = Ending(.after(40), why: "It is fine again.")
      try await store.save(first)
      #expect(try await store.acknowledgements(at: .after(39)) == [first])
      #expect(try await store.acknowledgements(at: .after(40)) == [])
      #expect(try await store.acknowledgement("1") == first)
      #expect(try await store.acknowledgement("3") == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a mute lasts until its time or its end`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      var mute = Mute(
        id: "1",
        filter: "account:acme",
        author: "ann",
        comment: "Maintenance",
        date: .after(0),
        until: .after(100)
      )
      try await store.save(mute)
      #expect(try await store.mutes(at: .after(99)) == [mute])
      #expect(try await store.mutes(at: .after(100)) == [])
      mute.ending = Ending(.after(50), why: "done")
      try await store.save(mute)
      #expect(try await store.mutes(at: .after(60)) == [])
      #expect(try await store.mute("1") == mute)
      #expect(try await store.mute("2") == nil)
      #expect(try await store.mutes(at: .after(40)) == [mute])
    }
  }

  @Test(arguments: Engine.allCases)
  func `comments stay with their subject`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let later = Comment(
        id: "1",
        subject: .number(.one),
        author: "ann",
        text: "2",
        date: .after(2)
      )
      let sooner = Comment(
        id: "2",
        subject: .number(.one),
        author: "bob",
        text: "1",
        date: .after(1)
      )
      try await store.save(later)
      try await store.save(sooner)
      #expect(try await store.comments(on: .number(.one)) == [sooner, later])
      #expect(try await store.comments(on: .number(.two)) == [])
    }
  }

  @Test(arguments: Engine.allCases)
  func `one process at a time holds a lease`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      func take(_ holder: String, _ now: Double) async throws -> LeaseAnswer {
        try await store.takeLease(
          of: "acme",
          for: holder,
          settings: "s",
          at: .after(now),
          until: .after(now + 15)
        )
      }
      guard case .taken(let first) = try await take("a", 0) else {
        Issue.record("nobody held it")
        return
      }
      #expect(try await take("b", 10) == .held(first))
      // It is the holder's own.
      let renewed = try #require(
        try await store.renew(first, at: .after(12), until: .after(27))
      )
      #expect(renewed.term == first.term)
      #expect(try await take("b", 26) == .held(renewed))
      guard case .taken(let second) = try await take("b", 27) else {
        Issue.record("its time was up")
        return
      }
      #expect(second.term > first.term)
      // The first was stopped, and learns what happened meanwhile.
      #expect(try await store.renew(renewed, at: .after(28), until: .after(43)) == nil)
      try await store.release(renewed)
      #expect(try await store.leases() == [second])
      try await store.release(second)
      #expect(try await store.leases() == [])
      #expect(try await store.renew(second, at: .after(28), until: .after(43)) == nil)
      guard case .taken(let third) = try await take("a", 29) else {
        Issue.record("it was given back")
        return
      }
      #expect(third.term > second.term)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a lease from before the clock went back keeps nobody waiting`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      func take(_ holder: String, _ now: Date) async throws -> LeaseAnswer {
        try await store.takeLease(
          of: "acme",
          for: holder,
          settings: "",
          at: now,
          until: now.addingTimeInterval(15)
        )
      }
      _ = try await take("a", .after(days: 365))
      guard case .taken = try await take("b", .after(0)) else {
        Issue.record("a year is too long")
        return
      }
      // Who looked at the clock a little sooner takes nothing away.
      guard case .held = try await take("a", .after(-2)) else {
        Issue.record("it holds")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `who lost a lease writes nothing of its account`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      func take(_ holder: String, _ now: Double) async throws -> Lease {
        let answer = try await store.takeLease(
          of: "acme",
          for: holder,
          settings: "",
          at: .after(now),
          until: .after(now + 15)
        )
        guard case .taken(let lease) = answer else { throw HistoryError.failed("held") }
        return lease
      }
      let lost = try await take("a", 0)
      var batch = Batch.of(
        [.state(.stale, at: .after(600)), .state(of: .other, .available, at: .after(600))],
        numbers: [NumberReadings(number: PhoneNumber(account: "acme", provider: "x", target: "1"))],
        coverage: [.of(.after(0), .after(600))]
      )
      batch.leases = [lost]
      // Its time is up, but nobody else has polled since.
      #expect(try await store.write(.of([.state(.blocked, at: .after(1))])) == [])
      let current = try await take("b", 20)
      #expect(try await store.write(batch) == ["acme"])
      #expect(try await store.past(at: .after(700)).numbers.map(\.state) == [.blocked, .available])
      #expect(try await store.current(after: nil, at: .after(700)).numbers.isEmpty)
      #expect(try await store.coverage(in: .after(0)..<(.after(900))).isEmpty)
      batch.leases = [current]
      #expect(try await store.write(batch) == [])
      #expect(try await store.past(at: .after(700)).numbers.map(\.state) == [.stale, .available])
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is asked is noted before, and a process that lost the lease asks nothing`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      func take(_ holder: String, _ now: Double) async throws -> Lease {
        let answer = try await store.takeLease(
          of: "acme",
          for: holder,
          settings: "",
          at: .after(now),
          until: .after(now + 15)
        )
        guard case .taken(let lease) = answer else { throw HistoryError.failed("held") }
        return lease
      }
      func asked(_ target: String, _ now: Double, of account: String = "acme") -> Asked {
        Asked(account: account, target: target, date: .after(now))
      }
      let lost = try await take("a", 0)
      #expect(try await store.note([asked("1", 1), asked("2", 1)], under: [lost]) == [])
      #expect(try await store.note([asked("1", 19)], under: [lost]) == [])
      let lease = try await take("b", 20)
      #expect(
        try await store.note([asked("2", 21), asked("3", 21, of: "shops")], under: [lost]) == [
          "acme"
        ]
      )
      #expect(try await store.asked(of: "acme") == [asked("1", 19), asked("2", 1)])
      #expect(try await store.asked(of: "shops") == [asked("3", 21, of: "shops")])
      #expect(try await store.note([], under: [lease]) == [])
      _ = try await store.maintain(Retention(), at: .after(86_400 + 10))
      #expect(try await store.asked(of: "acme") == [asked("1", 19)])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a demand is handed out once`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let all = Demand(account: "acme", target: nil, author: "ann", date: .after(1))
      let one = Demand(account: "acme", target: "1", author: "bob", date: .after(0))
      let other = Demand(account: "shops", target: "1", author: "bob", date: .after(0))
      for demand in [all, one, other] { try await store.add(demand) }
      #expect(try await store.takeDemands(of: "acme") == [all, one])
      #expect(try await store.takeDemands(of: "acme") == [])
      #expect(try await store.takeDemands(of: "shops") == [other])
    }
  }
}
