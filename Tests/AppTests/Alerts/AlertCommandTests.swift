import Alerts
import Configuration
import Foundation
import Health
import History
import HistorySQLite
import Logging
import Monitor
import Synchronization
import TestSupport
import Testing

@testable import App

/// What `wabatop alerts` lists and tries.
@Suite(.realTime) struct AlertCommandTests {
  private let clock = ManualClock()

  private func receivers(_ yaml: String) throws -> [ConfiguredReceiver] {
    let text = """
      accounts:
        - { name: acme, provider: kapso, api_key: demo-key-000, numbers: all }
      alerts:

      """
    return try ConfigurationFile.parse(
      text + yaml,
      file: "config.yaml",
      environment: ProcessEnvironment(variables: [:], homeDirectory: "/")
    )
    .receivers
  }

  @Test func `the list says what each receiver was told and what waits`() async throws {
    let store = try SQLiteHistory.inMemory()
    let now = clock.now.date
    let trouble = ToldTrouble(
      channel: "hook",
      key: "entity/WABA/102",
      incident: "a-1",
      account: "acme",
      rank: 1,
      body: "{}",
      date: now
    )
    let body = #"{"event": "test", "alert": {"summary": "WABA 102"}}"#
    let notices = ["1", "2"].map { Notice(id: $0, channel: "hook", body: body, date: now) }
    try await store.tell([
      Telling(.begin(trouble), notices[0]), Telling(.remark, notices[1]),
    ])
    var taken = try #require(
      try await store.takeNotice(of: "hook", for: "a", at: now, until: now + 30)
    )
    taken.failure = "answered 404"
    _ = try await store.finish(taken, by: "a", as: .givenUp, at: now)
    let receivers = try receivers(
      """
        - { name: hook, webhook: { url: "https://chat.example.com/hook/SECRET" } }
        - { name: ops, when: "account:acme", alertmanager: { urls: ["http://am1:9093"] } }
      """
    )
    let listing = try await AlertListing(of: receivers, in: store, at: clock.now)
    #expect(
      listing.text == """
        hook (https://chat.example.com); has accepted nothing yet, of 1 that lasts; 1 waiting; 1 given up
        ops (http://am1:9093); was told nothing yet; when account:acme
        given up 2026-01-01 00:00:00 UTC: notice 1 to hook: answered 404

        """
    )
    #expect(listing.json.contains(#""failure": "answered 404""#))
    #expect(!listing.text.contains("SECRET") && !listing.json.contains("SECRET"))
    let told = try await NoticeListing(of: store, limit: 10, at: clock.now)
    #expect(
      told.text == "2026-01-01 00:00:00 UTC  given up for hook: test, WABA 102 (answered 404)\n"
    )
    #expect(told.json.contains(#""outcome": "given_up""#))
    let remark = #"{"event": "acknowledged", "acknowledgement": {"subject": "+44 Acme"}}"#
    #expect(NoticeSummary(body: remark)?.summary == "+44 Acme")
    let nothing = try await AlertListing(of: [], in: nil, at: clock.now)
    #expect(nothing.text.hasPrefix("No receiver is configured, so nobody is told"))
  }

  @Test func `a test is sent to each address, and says what came back`() async throws {
    let bodies = Mutex<[String]>([])
    let server = try RawServer { connection in
      while let head = connection.readHead() {
        let body = connection.readBody(after: head)
        bodies.withLock { $0.append(body) }
        let isHook = head.contains("/hook")
        connection.write("HTTP/1.1 \(isHook ? "500 No" : "200 OK")\r\nContent-Length: 0\r\n\r\n")
      }
    }
    defer { server.stop() }
    let address = "http://127.0.0.1:\(server.port)"
    let receivers = try receivers(
      """
        - { name: hook, webhook: { url: "\(address)/hook" } }
        - { name: ops, alertmanager: { urls: ["\(address)"] } }
        - { name: pager, on_event: [sh, -c, "grep -q WabatopTest"] }
      """
    )
    let environment = ProcessEnvironment(
      variables: ["PATH": "/usr/bin:/bin"],
      homeDirectory: "/"
    )
    let test = AlertTest(Wiring(log: nil, level: .error), environment)
    #expect(
      try await test.run("hook", of: receivers).map(\.line) == ["\(address): answered 500"]
    )
    #expect(try await test.run("ops", of: receivers).map(\.line) == ["\(address): accepted"])
    #expect(try await test.run("pager", of: receivers).map(\.line) == ["sh: accepted"])
    #expect(bodies.withLock(\.self).allSatisfy { $0.contains("WabatopTest") })
    await #expect(throws: CommandFailure.self) { try await test.run("hok", of: receivers) }
  }
}
