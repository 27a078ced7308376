import Foundation
import Health
import History
import Monitor
import Testing

/// What every engine has to keep for what tells other systems.
@Suite struct AlertContractTests {
  private static func trouble(_ incident: String, rank: Int = 1) -> ToldTrouble {
    ToldTrouble(
      channel: "hook",
      key: "entity/WABA/102",
      incident: incident,
      account: "acme",
      rank: rank,
      body: "{}",
      date: .after(5)
    )
  }

  private static func notice(
    _ id: String,
    at seconds: Double = 0,
    due: Double? = nil,
    to channel: String = "hook"
  ) -> Notice {
    Notice(id: id, channel: channel, body: "{}", date: .after(seconds), due: due.map { .after($0) })
  }

  @Test(arguments: Engine.allCases)
  func `notices are sent in order, by one at a time, and once`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let first = Self.notice("1")
      let second = Self.notice("2", at: 1)
      try await store.tell([first, second].map { Telling(.remark, $0) })
      try await store.tell([Telling(.remark, Self.notice("1", at: 9, to: "other"))])
      func take(_ holder: String, _ now: Double) async throws -> Notice? {
        try await store.takeNotice(
          of: "hook",
          for: holder,
          at: .after(now),
          until: .after(now + 30)
        )
      }
      #expect(try await store.waitingNotices(of: "hook", limit: 1) == [first])
      #expect(try await store.waitingNotices(of: "hook", limit: 9) == [first, second])
      #expect(try await take("a", 10) == first)
      #expect(try await take("b", 20) == nil)
      // The first one's time is up.
      #expect(try await take("b", 40) == first)
      #expect(try await store.finish(first, by: "a", as: .sent, at: .after(41)) == false)
      var again = first
      again.due = .after(60)
      again.attempts = 1
      again.failure = "503"
      #expect(try await store.postpone(again, by: "b"))
      // Nothing overtakes the first.
      #expect(try await take("a", 55) == nil)
      #expect(try await take("a", 60) == again)
      #expect(try await store.delivery(to: "hook") == ChannelDelivery(waiting: 2))
      #expect(try await store.finish(again, by: "a", as: .sent, at: .after(61)))
      #expect(try await store.finish(again, by: "a", as: .sent, at: .after(62)) == false)
      #expect(try await take("a", 200) == second)
      var refused = second
      refused.failure = "404"
      #expect(try await store.finish(refused, by: "a", as: .givenUp, at: .after(70)))
      #expect(
        try await store.delivery(to: "hook") == ChannelDelivery(dead: 1)
      )
      #expect(
        try await store.finishedNotices(limit: 9) == [
          FinishedNotice(refused, .givenUp, date: .after(70)),
          FinishedNotice(again, .sent, date: .after(61)),
        ]
      )
    }
  }

  @Test(arguments: Engine.allCases)
  func `a trouble is told once, and its end once`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let told = Self.trouble("a")
      try await store.tell([Telling(.begin(told), Self.notice("1"))])
      // Another process found it too.
      try await store.tell([Telling(.begin(Self.trouble("b")), Self.notice("2"))])
      #expect(try await store.told(to: "hook") == [told])
      #expect(try await store.told(to: "other") == [])
      let worse = Self.trouble("a", rank: 2)
      try await store.tell([Telling(.change(worse, former: told), Self.notice("3"))])
      try await store.tell([Telling(.change(worse, former: told), Self.notice("4"))])
      #expect(try await store.told(to: "hook") == [worse])
      try await store.tell([Telling(.end(Self.trouble("b")), Self.notice("5"))])
      try await store.tell([Telling(.end(worse), Self.notice("6"))])
      try await store.tell([Telling(.end(worse), Self.notice("7"))])
      #expect(try await store.told(to: "hook") == [])
      #expect(try await store.delivery(to: "hook").waiting == 3)
    }
  }

  @Test(arguments: Engine.allCases)
  func `other processes see whether a channel works`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.note("answered 503", of: "hook", at: .after(1))
      #expect(try await store.delivery(to: "hook") == ChannelDelivery(failure: "answered 503"))
      try await store.note(nil, of: "hook", at: .after(2))
      #expect(try await store.delivery(to: "hook") == ChannelDelivery(lastSent: .after(2)))
      try await store.note("answered 500", of: "hook", at: .after(3))
      let failing = ChannelDelivery(lastSent: .after(2), failure: "answered 500")
      #expect(try await store.delivery(to: "hook") == failing)
      #expect(try await store.delivery(to: "other") == ChannelDelivery())
    }
  }

  @Test(arguments: Engine.allCases)
  func `an incident is found by its id`(_ engine: Engine) async throws {
    try await engine.withStore { store in
      let incident = Incident(
        id: "1-1",
        reason: Change.Reason(.offline),
        start: .after(1),
        end: .after(2),
        worst: .stale,
        announced: .after(1),
        victims: [Incident.Victim(.number(.one), joined: .after(1), left: .after(2))]
      )
      var batch = Batch()
      batch.incidents = [incident]
      try await store.write(batch)
      #expect(try await store.incident("1-1") == incident)
      #expect(try await store.incident("1-2") == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `old notices and troubles that nobody ends are taken away`(
    _ engine: Engine
  ) async throws {
    try await engine.withStore { store in
      try await store.tell([Telling(.begin(Self.trouble("a")), Self.notice("1"))])
      var batch = Batch()
      batch.transitions = [
        Transition(date: .after(1), subject: .program, names: Names("wabatop"), event: .started)
      ]
      try await store.write(batch)
      let later = Date.after(40 * 86_400)
      while try await store.maintain(Retention(), at: later) {}
      #expect(try await store.told(to: "hook") == [])
      #expect(try await store.delivery(to: "hook") == ChannelDelivery())
    }
  }
}
