import Foundation
import Health
import Providers
import TestSupport
import Testing

/// The life of the account's own token.
struct MetaGraphTokenTests {
  private let clock = ManualClock()

  /// A number's answer, so that the account knows what its token reads.
  private func account(
    _ body: String,
    status: Int = 200,
    businesses: [String] = [],
    apps: Bool = true
  ) async -> (MetaAccount, ScriptedTransport) {
    let healthy = (try? Fixture.bytes("meta-healthy.json")) ?? []
    let bare =
      #"{"id":"1","status":"CONNECTED","health_status":{"can_send_message":"AVAILABLE","#
      + #""entities":[{"entity_type":"WABA","id":"77","can_send_message":"AVAILABLE"}]}}"#
    let transport = ScriptedTransport { request, _ in
      if request.url.contains("/debug_token?") { return .init("", status: status, text: body) }
      return apps ? .init("", body: healthy) : .init("", text: bare)
    }
    let account = MetaAccount(transport, businesses: businesses, time: clock)
    _ = await account.read("number/106540352242922", numbers: ["106540352242922"])
    return (account, transport)
  }

  private func body(_ members: String) -> String {
    #"{"data":{"app_id":"634974688087057","type":"SYSTEM_USER",\#(members)}}"#
  }

  private func seconds(_ days: Double) -> Int {
    Int(clock.now.date.timeIntervalSince1970 + days * 86_400)
  }

  static let scopes = #""scopes":["whatsapp_business_management","whatsapp_business_messaging"]"#

  @Test(arguments: [
    (6.5, Severity.warning, "The token expires in 6 d."),
    (1.5, .warning, "The token expires in 1 d."),
    (0.5, .critical, "The token expires in less than 1 d."),
    (-1, .critical, "The token has expired."),
    (30, .ok, "The token is valid."),
  ])
  func `its end is said before it comes`(
    days: Double,
    severity: Severity,
    words: String
  ) async throws {
    let (account, _) = await account(
      body(#""is_valid":true,"expires_at":\#(seconds(days)),\#(Self.scopes)"#)
    )
    let facts = await account.read("token/own").entities
    #expect(facts.map(\.reference) == [EntityReference(type: .app, id: "634974688087057")])
    let condition = try #require(facts.first?.conditions.first)
    #expect(condition.subject == .token && condition.severity == severity)
    #expect(condition.text == words)
  }

  @Test(arguments: [
    (0.0, 6.5, Severity.warning, "Data access ends in 6 d."),
    (0, 0.5, .warning, "Data access ends in less than 1 d."),
    (0, -1, .warning, "Data access has ended."),
    (0, 30, .ok, "The token is valid."),
    (0.5, 3.5, .critical, "The token expires in less than 1 d. Data access ends in 3 d."),
    (30, 3.5, .warning, "Data access ends in 3 d."),
  ])
  func `the end of data access is not the token's`(
    token: Double,
    access: Double,
    severity: Severity,
    words: String
  ) async throws {
    let expiry = token == 0 ? 0 : seconds(token)
    let ends = #""expires_at":\#(expiry),"data_access_expires_at":\#(seconds(access))"#
    let (account, _) = await account(body("\(ends),\(Self.scopes)"))
    let condition = try #require(await account.read("token/own").entities.first?.conditions.first)
    #expect(condition.text == words)
    #expect(condition.severity == severity)
  }

  @Test(arguments: [
    (#""is_valid":true,"expires_at":0,"data_access_expires_at":0"#, Severity.ok, "valid"),
    (#""is_valid":true,"expires_at":1e300"#, .ok, "valid"),
    (#""is_valid":true,"expires_at":"soon""#, .ok, "valid"),
    (
      #""is_valid":true,"scopes":["public_profile"]"#, .warning,
      "lacks whatsapp_business_management"
    ),
    (#""is_valid":true,"scopes":[]"#, .warning, "lacks whatsapp_business_management"),
    (
      #""is_valid":true,"granular_scopes":[{"scope":"whatsapp_business_management"}]"#, .ok, "valid"
    ),
    (
      #""is_valid":false,"error":{"code":190,"message":"Session has expired"}"#, .critical,
      #"The token is no longer valid: "Session has expired"."#
    ),
  ])
  func `other findings`(members: String, severity: Severity, words: String) async throws {
    let (account, _) = await account(body(members))
    let condition = try #require(await account.read("token/own").entities.first?.conditions.first)
    #expect(condition.severity == severity)
    #expect(condition.text.contains(words))
  }

  @Test func `an account that lists businesses needs one permission more`() async throws {
    let (account, _) = await account(body("\(Self.scopes)"), businesses: ["5"])
    let condition = try #require(await account.read("token/own").entities.first?.conditions.first)
    #expect(condition.text == "The token lacks business_management.")
    #expect(condition.severity == .warning)
  }

  @Test func `where no app is named it counts for the business accounts`() async {
    let (account, _) = await account(body(Self.scopes), apps: false)
    let facts = await account.read("token/own").entities
    #expect(facts.map(\.reference) == [EntityReference(type: .waba, id: "77")])
  }

  @Test func `it is asked once a day, and told each time`() async {
    let expiry = seconds(7.5)
    let (account, transport) = await account(body(#""expires_at":\#(expiry),\#(Self.scopes)"#))
    var severities: [Severity?] = []
    for _ in 0..<8 {
      severities.append(await account.read("token/own").entities.first?.conditions.first?.severity)
      clock.advance(by: .seconds(43_200))
    }
    #expect(severities == [.ok, .ok] + Array(repeating: .warning, count: 6))
    let asked = transport.urls.filter { $0.contains("/debug_token?") }
    #expect(asked.count == 4)
    #expect(
      asked.allSatisfy { $0.hasSuffix("/v24.0/debug_token?input_token=\(MetaAccount.token)") }
    )
  }

  @Test(arguments: [
    (400, #"{"error":{"message":"(#100) You must provide an app access token","code":100}}"#),
    (403, #"{"error":{"message":"Permissions error","code":200}}"#),
    (404, "{}"),
  ])
  func `a token that may not ask about itself is not known, and no fault`(
    status: Int,
    body: String
  ) async {
    let (account, transport) = await account(body, status: status)
    for _ in 0..<3 {
      let answer = await account.read("token/own")
      #expect(answer.entities.isEmpty && answer.failure == nil)
    }
    #expect(transport.urls.count { $0.contains("/debug_token?") } == 1)
  }

  @Test(arguments: [
    (200, #"{"data":[]}"#), (500, "{}"), (200, "<html>"), (429, "{}"),
    (401, #"{"error":{"message":"Invalid token","code":190}}"#),
  ])
  func `a question about the token that fails leaves a trace`(status: Int, body: String) async {
    let (account, _) = await account(body, status: status)
    let answer = await account.read("token/own")
    #expect(answer.entities.isEmpty && answer.failure != nil)
  }

  @Test func `an app that is switched off warns, and sends to its dashboard`() async throws {
    let off = #"{"error":{"message":"API access deactivated.","code":200}}"#
    let (account, _) = await account(off, status: 400)
    let facts = try #require(await account.read("token/own").entities.first)
    let cause = try #require(facts.conditions.first).cause(of: facts.reference)
    #expect(cause.kind == .token && cause.severity == .warning)
    #expect(cause.topic == .appDeactivated && cause.whoActs == .you)
  }

  /// The same end, three and a half days from now, in the forms that have been seen.
  @Test(arguments: ["float", "milliseconds", "text", "ISO"])
  func `an end is read however it is written`(form: String) async throws {
    let end = clock.now.date + 3.5 * 86_400
    let seconds = end.timeIntervalSince1970
    let sent =
      switch form {
      case "float": "\(seconds + 0.5)"
      case "milliseconds": "\(Int(seconds) * 1_000)"
      case "text": #""\#(Int(seconds))""#
      default: #""\#(end.formatted(.iso8601))""#
      }
    let (account, _) = await account(body(#""expires_at":\#(sent),\#(Self.scopes)"#))
    let condition = try #require(await account.read("token/own").entities.first?.conditions.first)
    #expect(condition.text == "The token expires in 3 d.")
  }

  @Test(arguments: ["-1", "1e300", #""soon""#, "{\"a\":1}"])
  func `an end that is no time is said to be not understood`(sent: String) async {
    let (account, _) = await account(body(#""expires_at":\#(sent),\#(Self.scopes)"#))
    let answer = await account.read("token/own")
    #expect(answer.unread.first?.sentence.contains("expires_at is") == true)
    #expect(answer.entities.first?.conditions.first?.severity == .ok)
  }

  @Test(arguments: [
    (#""target_ids":["1"]"#, Severity.warning), (#""target_ids":["1","77"]"#, .ok),
    (#""target_ids":[]"#, .warning), (#""other":1"#, .ok),
  ])
  func `a scope that is not given for a WABA warns under it`(
    ids: String,
    severity: Severity
  ) async throws {
    let scope = #"{"scope":"whatsapp_business_management",\#(ids)}"#
    let (account, _) = await account(body(#""granular_scopes":[\#(scope)]"#), apps: false)
    let condition = try #require(await account.read("token/own").entities.last?.conditions.first)
    #expect(condition.severity == severity && condition.text.contains("WABA 77"))
  }

  @Test func `a dead token is the account's failure`() async throws {
    let refused = String(decoding: try Fixture.bytes("meta-refused-token.json"), as: UTF8.self)
    let (account, _) = await account(refused, status: 401)
    #expect(await account.read("token/own").failure?.kind == .credentialRejected)
  }
}
