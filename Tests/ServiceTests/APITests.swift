import Configuration
import Foundation
import Health
import History
import HistorySQLite
import Reports
import TestSupport
import Testing

@testable import Monitor
@testable import Service

/// The JSON for programs.
@Suite(.realTime)
struct APITests {
  private static func json(_ answer: Answer) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any],
      "\(answer.body)"
    )
  }

  @Test func `numbers are those that check prints`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 20))
      let answer = try running.ask("/api/v1/numbers")
      let fleet = await running.monitor.read { $0 }
      let report = CheckReport(of: fleet, at: .sample)
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
      let lines = answer.body.split(separator: "\n").filter { !$0.contains("generated_at") }
      #expect(lines == report.json.split(separator: "\n").filter { !$0.contains("generated_at") })
    }
  }

  @Test func `a filter chooses, and a wrong one says what and where`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 200))
      let chosen = try Self.json(running.ask("/api/v1/numbers?filter=account%3Dacme"))
      #expect((chosen["numbers"] as? [Any])?.count == 50)
      let wrong = try running.ask("/api/v1/numbers?filter=acme+colour:red")
      #expect(wrong.status == 400)
      let error = try #require(try Self.json(wrong)["error"] as? [String: Any])
      #expect(error["parameter"] as? String == "filter")
      #expect((error["message"] as? String)?.contains("colour") == true)
      #expect(error["start"] as? Int == 5)
    }
  }

  @Test(arguments: [
    ("/api/v1/numbers?fliter=acme", "fliter"), ("/api/v1/numbers?filter=a&filter=b", "filter"),
    ("/api/v1/history?since=noon", "since"), ("/api/v1/history?by=colour", "by"),
    ("/api/v1/history?since=1h&until=2h", "since"), ("/api/v1/incidents?open=perhaps", "open"),
    ("/wall?theme=pink", "theme"), ("/wall?size=1000000x1000000", "size"), ("/wall?size=8", "size"),
    ("/wall?filter=colour:red", "filter"), ("/api/v1/events?size=9", "size"),
  ])
  func `wrong parameters are refused by their name`(path: String, name: String) async throws {
    let answer = try await RunningListener.with { try $0.ask(path) }
    #expect(answer.status == 400)
    let error = try #require(try Self.json(answer)["error"] as? [String: Any])
    #expect(error["parameter"] as? String == name)
  }

  @Test(arguments: ["%", "%4", "%zz", "%ff", "%+1"])
  func `a query that is not well-formed is refused`(text: String) async throws {
    let answer = try await RunningListener.with { try $0.ask("/api/v1/numbers?filter=\(text)") }
    #expect(answer.status == 400)
  }

  @Test func `who has it already gets nothing again`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 20))
      let first = try running.ask("/api/v1/numbers")
      let tag = try #require(first.headers["etag"])
      let again = try running.ask("/api/v1/numbers", headers: ["If-None-Match: \(tag)"])
      #expect(again.status == 304 && again.body.isEmpty)
      await running.monitor.receive(FleetUpdate(readings: [.sample(numbered: 3, isWorse: true)]))
      let changed = try running.ask("/api/v1/numbers", headers: ["If-None-Match: \(tag)"])
      #expect(changed.status == 200)
    }
  }

  @Test func `without a history it says so`() async throws {
    try await RunningListener.with { running in
      for path in ["/api/v1/history", "/api/v1/incidents"] {
        let answer = try running.ask(path)
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "5")
      }
    }
  }

  @Test func `incidents are told with their numbers, open ones alone if asked`() async throws {
    let store = try SQLiteHistory.inMemory()
    let number = PhoneNumber.sample(numbered: 1)
    let now = Date()
    let reason = Change.Reason(
      key: "entity/WABA/20000000",
      summary: "WABA 20000000",
      code: "141006",
      text: "</script>\u{202E}",
      severity: "critical"
    )
    var batch = Batch()
    batch.incidents = [false, true].map { isOpen in
      Incident(
        id: isOpen ? "open" : "over",
        reason: reason,
        start: now.addingTimeInterval(-3600),
        end: isOpen ? nil : now.addingTimeInterval(-1800),
        worst: .blocked,
        announced: now.addingTimeInterval(-3590),
        victims: [Incident.Victim(.number(number.id), joined: now.addingTimeInterval(-3600))]
      )
    }
    try await store.write(batch)
    var setup = RunningListener.Setup()
    setup.history = { store }
    try await RunningListener.with(setup) { running in
      await running.monitor.receive(.sample(numbers: 20))
      let all = try Self.json(running.ask("/api/v1/incidents"))
      #expect((all["incidents"] as? [Any])?.count == 2)
      let open = try running.ask("/api/v1/incidents?open=yes&filter=account=direct")
      let incidents = try #require(try Self.json(open)["incidents"] as? [[String: Any]])
      #expect(incidents.map { $0["id"] as? String } == ["open"])
      let victims = try #require(incidents.first?["numbers"] as? [[String: Any]])
      #expect(victims.first?["number"] as? String == "+12005550101")
      // The same number, found by either.
      let numbers = try Self.json(running.ask("/api/v1/numbers"))["numbers"] as? [[String: Any]]
      for key in ["e164", "id", "target", "account"] {
        let wanted = try #require(victims.first?[key] as? String, "\(key)")
        let same = try #require(numbers).filter { $0[key] as? String == wanted }
        #expect(key == "account" || same.count == 1, "\(key)")
        #expect(same.contains { $0["e164"] as? String == "+12005550101" }, "\(key)")
      }
      #expect(open.body.contains(#"</script>\u202e"#))
      let others = try Self.json(running.ask("/api/v1/incidents?filter=account=acme"))
      #expect((others["incidents"] as? [Any])?.isEmpty == true)
      let history = try Self.json(running.ask("/api/v1/history?since=30d&by=account"))
      let since = "yesterday%2018:00"
      #expect(try running.ask("/api/v1/incidents?since=\(since)").status == 200)
      #expect(try running.ask("/api/v1/history?since=2026-01-01T00:00:00+01:00").status == 200)
      #expect(try running.ask("/api/v1/history?since=soon").body.contains("yesterday 18:00"))
      #expect(history["by"] as? String == "account")
    }
  }

  @Test func `it is ready as soon as something is known of every account`() async throws {
    var setup = RunningListener.Setup()
    setup.token = AccessToken("demo-token-0123456789")
    try await RunningListener.with(setup) { running in
      #expect(try running.ask("/readyz").status == 503)
      var update = FleetUpdate.sample(numbers: 20)
      update.accounts = Array(update.accounts.prefix(2))
      update.accounts[0].lastSuccess = .sample
      update.accounts[1].failure = ProviderError(.credentialRejected, "The key was rejected.")
      await running.monitor.receive(update)
      let short = try running.ask("/readyz")
      #expect(short.status == 200 && !short.body.contains("acme"))
      let whole = try running.ask(
        "/readyz",
        headers: ["Authorization: Bearer demo-token-0123456789"]
      )
      let accounts = try #require(try Self.json(whole)["accounts"] as? [[String: Any]])
      #expect(accounts.map { $0["needs_attention"] as? Bool } == [false, true])
      #expect(accounts.last?["standing"] as? String == "key rejected")
    }
  }

  @Test func `large answers are compressed if that is wanted`() async throws {
    try await RunningListener.with { running in
      await running.monitor.receive(.sample(numbers: 100))
      let client = try Client(running.address)
      client.send(
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
      )
      var bytes: [UInt8] = []
      while let more = client.receive(), !more.isEmpty { bytes += more }
      let head = String(decoding: bytes.prefix(800), as: UTF8.self)
      #expect(head.contains("Content-Encoding: gzip"))
      let start = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound)
      #expect(Array(bytes[start...].prefix(3)) == [0x1F, 0x8B, 8])
      let plain = try running.ask("/metrics", headers: ["Accept-Encoding: gzip;q=0"])
      #expect(plain.headers["content-encoding"] == nil)
      #expect(bytes.count < plain.body.utf8.count / 4)
    }
  }
}
