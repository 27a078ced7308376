import Foundation
import Health
import History
import Monitor
import TestSupport
import Testing

/// What every engine has to do with what monitoring writes.
@Suite struct RecordsContractTests {
  private static let number = PhoneNumber(
    account: "acme",
    provider: "kapso",
    target: "1",
    label: "Support"
  )

  private static func reading(
    _ result: Result<HealthReport, ProviderError>,
    at seconds: Double
  ) -> Reading {
    .sample(number, result, at: .after(seconds))
  }

  @Test(arguments: Engine.allCases)
  func `what is known is there after a start, as old as it is`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let report = HealthReport.sample().said(at: .date(.after(7)))
      let good = Self.reading(.success(report), at: 10)
      let failed = Self.reading(.failure(.sampleTimeout), at: 70)
      let waiting = NumberReadings(
        number: PhoneNumber(account: "acme", provider: "kapso", target: nil)
      )
      let numbers = NumberReadings(number: Self.number, latest: failed, lastGood: good)
      try await store.write(.of(numbers: [numbers, waiting]))
      // Another run's clock began elsewhere.
      let now = Moment(date: .after(100), uptime: .seconds(5))
      let current = try await store.current(after: nil, at: now)
      #expect(current.numbers.count == 2)
      #expect(current.numbers[0] == waiting)
      let known = current.numbers[1]
      #expect(known.number == Self.number)
      #expect(known.lastGood?.result == good.result)
      #expect(known.lastGood?.httpStatus == 200)
      #expect(known.lastGood?.latency == .milliseconds(183))
      #expect(known.lastGood.map { now - $0.moment } == .seconds(90))
      #expect(known.latest?.failure == .sampleTimeout)
      #expect(known.latest.map { now - $0.moment } == .seconds(30))
      #expect(current.update.readings.map(\.outcome) == [.answered, .timedOut])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a reading in the future is one of now`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let good = Self.reading(.success(.sample()), at: 86_400 * 365)
      let numbers = NumberReadings(number: Self.number, latest: good, lastGood: good)
      try await store.write(.of(numbers: [numbers]))
      let now = Moment.after(0)
      let current = try await store.current(after: nil, at: now)
      #expect(current.numbers.first?.latest?.moment.uptime == now.uptime)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a follower gets what came after what it has`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let two = PhoneNumber(account: "acme", provider: "kapso", target: "2")
      let good = Self.reading(.success(.sample()), at: 1)
      let one = NumberReadings(number: Self.number, latest: good, lastGood: good)
      try await store.write(.of(numbers: [one, NumberReadings(number: two)]))
      let first = try await store.current(after: nil, at: .after(1))
      #expect(first.numbers.count == 2)
      #expect(try await store.revision() == first.revision)
      var batch = Batch.of(numbers: [one])
      batch.gone = [two.id]
      try await store.write(batch)
      let second = try await store.current(after: first.revision, at: .after(1))
      #expect(second.numbers.map(\.number) == [Self.number])
      #expect(second.gone == [two.id])
      let third = try await store.current(after: second.revision, at: .after(1))
      #expect(third.numbers.isEmpty && third.gone.isEmpty)
      #expect(try await store.current(after: nil, at: .after(1)).numbers.count == 1)
      // It is there again.
      try await store.write(.of(numbers: [NumberReadings(number: two)]))
      let fourth = try await store.current(after: second.revision, at: .after(1))
      #expect(fourth.numbers.map(\.number) == [two])
    }
  }

  @Test(arguments: Engine.allCases)
  func `accounts, entities and templates are remembered`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      var batch = Batch()
      let failing = AccountCondition.sample(
        .samples[1],
        failure: ProviderError(.throttled(retryAfter: .seconds(30)), "Too many.", httpStatus: 429),
        failingSince: .after(1),
        nextPoll: .after(2)
      )
      batch.accounts = [failing, .sample(.samples[0])]
      batch.accountOrder = ["direct", "acme"]
      let waba = EntityReference(type: .waba, id: "102")
      let facts = EntityFacts(
        reference: waba,
        name: "Acme",
        conditions: [
          EntityCondition(.status, "DISABLED"),
          EntityCondition(.token, sentence: "Off.", severity: .warning, topic: .appDeactivated),
          try #require(EntityCondition(health: .sample("WABA", "102", "LIMITED"))),
        ],
        facts: [Fact("currency", "EUR")],
        parent: EntityReference(type: .business, id: "5")
      )
      batch.entities = [DatedEntity(facts, at: .after(3))]
      let list = TemplateList(
        waba: "102",
        templates: .success([.sample("order"), .sample("refund", "PAUSED")])
      )
      let unread = TemplateList(waba: "103", templates: .failure(.sampleUnauthorized))
      batch.templates = [
        DatedTemplates(list, at: .after(4)), DatedTemplates(unread, at: .after(5)),
      ]
      try await store.write(batch)
      let current = try await store.current(after: nil, at: .after(10))
      #expect(Set(current.accounts) == Set(batch.accounts))
      #expect(current.accountOrder == batch.accountOrder)
      #expect(current.entities == batch.entities)
      #expect(current.templates == batch.templates)
      var fewer = Batch()
      fewer.accountOrder = ["acme"]
      try await store.write(fewer)
      let later = try await store.current(after: nil, at: .after(10))
      #expect(later.accounts == [failing])
    }
  }

  @Test(arguments: Engine.allCases)
  func `accounts that another process polls stay where this one does not know them`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      func lease(_ account: String, for holder: String) async throws -> Lease {
        let answer = try await store.takeLease(
          of: account,
          for: holder,
          settings: "",
          at: .after(0),
          until: .after(15)
        )
        guard case .taken(let lease) = answer else { throw CancellationError() }
        return lease
      }
      let one = try await lease("direct", for: "one")
      var first = Batch()
      first.accounts = [.sample(.samples[0])]
      first.accountOrder = ["direct"]
      first.leases = [one]
      try await store.write(first)
      var second = Batch()
      second.accounts = [.sample(.samples[1])]
      second.accountOrder = ["acme"]
      second.leases = [try await lease("acme", for: "two")]
      try await store.write(second)
      let both = try await store.current(after: nil, at: .after(1))
      #expect(both.accounts.map(\.account.name) == ["acme", "direct"])
      // What nobody polls any more goes.
      try await store.release(one)
      var third = Batch()
      third.accountOrder = ["acme"]
      third.leases = second.leases
      try await store.write(third)
      let left = try await store.current(after: nil, at: .after(1))
      #expect(left.accounts.map(\.account.name) == ["acme"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `of an incident with many victims each change is read back`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      var incident = Incident(
        id: "a",
        reason: .payment,
        start: .after(1),
        worst: .blocked,
        announced: .after(2),
        victims: (0..<300).map {
          Incident.Victim(
            .number(PhoneNumber.ID(account: "acme", target: "\($0)")),
            joined: .after(1)
          )
        }
      )
      func known() async throws -> [Incident] {
        try await store.incidents(in: .after(0)..<Date.after(100))
      }
      try await store.write(.of(incidents: [incident]))
      #expect(try await known() == [incident])
      incident.victims[7].left = .after(5)
      incident.victims.append(Incident.Victim(.number(.other), joined: .after(6)))
      try await store.write(.of(incidents: [incident]))
      #expect(try await known() == [incident])
      // Another process has them in another order, and fewer.
      incident.victims = Array(incident.victims.reversed().prefix(100))
      try await store.write(.of(incidents: [incident]))
      #expect(try await known() == [incident])
    }
  }

  @Test(arguments: Engine.allCases)
  func `an answer of every form comes back as it was`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      var report = HealthReport.sample(
        own: .sample(
          "PHONE_NUMBER",
          "1",
          "limited ",
          sip: "BLOCKED",
          name: "日本 👩‍👩‍👧",
          infos: ["", "a\u{0}b"],
          errors: [
            .samplePayment, EntityError(code: .text("RBC201"), description: nil, solution: ""),
          ]
        ),
        others: [.sample(nil, nil, nil)],
        checks: [
          ProviderCheck(name: "token", kind: .token, passed: nil, details: [Fact("a", "b")]),
          ProviderCheck(name: "webhook", kind: .webhook, passed: false, code: .number(-1)),
        ]
      )
      report.besides = .sampleVerification
      report.incomplete = "Half."
      report.unread = "WABA: status not read."
      report.businessAccount = "102"
      report.note = "Odd."
      let words = report.said(at: .words("yesterday"))
      let reading = Self.reading(.success(words), at: 1)
      try await store.write(
        .of(numbers: [NumberReadings(number: Self.number, latest: reading, lastGood: reading)])
      )
      let current = try await store.current(after: nil, at: .after(1))
      #expect(current.numbers.first?.latest?.report == words)
      #expect(current.numbers.first?.lastGood?.report == words)
    }
  }
}
