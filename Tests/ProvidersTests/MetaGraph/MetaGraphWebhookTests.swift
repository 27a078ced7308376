import Health
import Providers
import TestSupport
import Testing

/// Whether what people write comes in, as a WABA's list of subscribed apps tells it.
struct MetaGraphWebhookTests {
  private let clock = ManualClock()

  private static let account = #"{"id":"1","name":"Shop","status":"ACTIVE"}"#

  private func transport(
    _ apps: @escaping @Sendable (_ asked: Int) -> FixtureTransport.Route,
    account: FixtureTransport.Route = .init("", text: Self.account)
  ) -> ScriptedTransport {
    ScriptedTransport { request, earlier in
      guard request.url.contains("/subscribed_apps") else { return account }
      return apps(earlier.count { $0.url.contains("/subscribed_apps") })
    }
  }

  private func webhook(_ answer: PollAnswer) -> EntityCondition? {
    answer.entities.flatMap(\.conditions).first { $0.subject == .webhook }
  }

  @Test(arguments: [
    (#"{"data":[]}"#, Severity.warning, "No app is subscribed"),
    (#"{"data":[{"whatsapp_business_api_data":{"name":"Shop App"}}]}"#, .ok, "Shop App"),
    (#"{"data":[{"id":"9"}]}"#, .ok, "Subscribed: 9."),
    (
      #"{"data":[{"name":"A","subscribed_fields":["account_update"]}]}"#, .warning,
      "without the field messages: A"
    ),
    (#"{"data":[{"name":"A","subscribed_fields":[{"name":"messages"}]}]}"#, .ok, "Subscribed"),
  ])
  func `an account says whether anything comes in`(
    body: String,
    severity: Severity,
    words: String
  ) async throws {
    let account = MetaAccount(transport { _ in .init("", text: body) }, time: clock)
    let answer = await account.read("waba-facts/1")
    let condition = try #require(webhook(answer))
    #expect(condition.severity == severity && condition.text.contains(words))
    let facts = try #require(answer.entities.first)
    #expect(facts.name == "Shop" && facts.conditions.contains { $0.subject == .status })
    #expect(answer.failure == nil)
  }

  @Test(arguments: [
    (403, #"{"error":{"message":"Permissions error","code":200}}"#),
    (400, #"{"error":{"message":"Unknown path components","code":2500}}"#),
    (404, "{}"), (200, "{}"), (200, #"{"data":{}}"#), (200, ""), (200, #"{"data":null}"#),
    (200, #"{"success":false}"#), (200, "<html>"), (500, "{}"),
  ])
  func `what may not be read is not known, no fault, and leaves a trace`(
    status: Int,
    body: String
  ) async {
    let transport = transport { _ in .init("", status: status, text: body) }
    let account = MetaAccount(transport, time: clock)
    for _ in 0..<2 {
      let answer = await account.read("waba-facts/1")
      #expect(webhook(answer) == nil && answer.failure == nil)
      #expect(answer.entities.count == 1)
      let fact = answer.entities.first?.facts.last
      #expect(fact?.name == "subscribed_apps" && fact?.value.hasPrefix("not readable: ") == true)
      #expect(answer.unread.first?.sentence.contains("webhook subscription not read") == true)
    }
    #expect(transport.urls.count { $0.contains("/subscribed_apps") } == 1)
  }

  @Test func `it is told each time, and asked once an hour`() async {
    let app = #"{"data":[{"name":"A"}]}"#
    let transport = transport { _ in .init("", text: app) }
    let account = MetaAccount(transport, time: clock)
    for _ in 0..<12 {
      #expect(webhook(await account.read("waba-facts/1"))?.severity == .ok)
      clock.advance(by: .seconds(600))
    }
    #expect(transport.urls.count { $0.contains("/subscribed_apps") } == 2)
  }

  @Test func `while nothing comes in it is asked each time`() async {
    let transport = transport { asked in
      .init("", text: asked < 2 ? #"{"data":[]}"# : #"{"data":[{"name":"A"}]}"#)
    }
    let account = MetaAccount(transport, time: clock)
    var severities: [Severity?] = []
    for _ in 0..<4 {
      severities.append(webhook(await account.read("waba-facts/1"))?.severity)
      clock.advance(by: .seconds(600))
    }
    #expect(severities == [.warning, .warning, .ok, .ok])
    #expect(transport.urls.count { $0.contains("/subscribed_apps") } == 3)
  }

  @Test func `a change of the account asks again`() async {
    let transport = ScriptedTransport { request, earlier in
      if request.url.contains("/subscribed_apps") {
        return .init("", text: #"{"data":[{"name":"A"}]}"#)
      }
      return .init("", text: #"{"id":"1","status":"\#(earlier.count < 3 ? "ACTIVE" : "LOCKED")"}"#)
    }
    let account = MetaAccount(transport, time: clock)
    for _ in 0..<4 { _ = await account.read("waba-facts/1") }
    #expect(transport.urls.count { $0.contains("/subscribed_apps") } == 2)
  }

  @Test func `a node that may not be read may still say it, and a limit ends no asking`() async {
    let refusal = #"{"error":{"message":"Permissions error","code":10}}"#
    let open = MetaAccount(
      transport(
        { _ in .init("", text: #"{"data":[]}"#) },
        account: .init("", status: 403, text: refusal)
      )
    )
    #expect(webhook(await open.read("waba-facts/1"))?.severity == .warning)
    let limit = #"{"error":{"message":"Too many calls","code":80008}}"#
    let limited = transport { _ in .init("", status: 400, text: limit) }
    let answer = await MetaAccount(limited).read("waba-facts/1")
    #expect(answer.failure?.kind == .throttled(retryAfter: nil))
    #expect(answer.entities.count == 1, "what the node said stays")
    let closed = transport(
      { _ in .init("", text: "") },
      account: .init("", status: 400, text: limit)
    )
    let both = await MetaAccount(closed).read("waba-facts/1")
    #expect(closed.requests.count == 2 && both.unread.count == 2)
  }
}
