import Health
import Providers
import TestSupport
import Testing

struct MetaGraphNumberTests {
  static func read(_ fixture: String, status: Int = 200) async throws -> PollAnswer {
    let transport = FixtureTransport([
      try .fixture("/\(MetaAccount.number)?", fixture, status: status)
    ])
    let account = MetaAccount(transport, numbers: [ConfiguredNumber(id: MetaAccount.number)])
    return await account.read("number/\(MetaAccount.number)", numbers: [MetaAccount.number])
  }

  @Test func `one request brings everything about a number`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-healthy")])
    let account = MetaAccount(
      transport,
      numbers: [ConfiguredNumber(id: MetaAccount.number, label: "Desk")]
    )
    let target = try #require(await account.discover().targets.first)
    let answer = await account.read(target)
    let request = try #require(transport.requests.first)
    #expect(transport.requests.count == 1)
    #expect(request.url.hasPrefix("https://graph.example.com/v24.0/106540352242922?fields=id,"))
    #expect(request.url.hasSuffix("whatsapp_business_manager_messaging_limit,health_status"))
    #expect(request.headers == [HTTPHeader("Authorization", "Bearer \(MetaAccount.token)")])
    #expect(
      answer.readings.map(\.number) == [MetaAccount.phoneNumber(MetaAccount.number, label: "Desk")]
    )
    let facts = try #require(answer.reports.first).facts
    #expect(facts.displayNumber == "+1 555-0100")
    #expect(facts.status?.value == .connected)
    #expect(facts.messagingLimit?.value == .recipients(10_000))
    #expect(facts.quality?.value == .green)
    #expect(answer.readings.first?.raw == (try Fixture.bytes("meta-healthy.json")))
  }

  @Test func `the WABA and the business of a number are revealed once`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-healthy")])
    let account = MetaAccount(transport, numbers: [ConfiguredNumber(id: MetaAccount.number)])
    let first = await account.read("number/\(MetaAccount.number)")
    let revealed = [
      "waba-facts/102290129340398", "templates/102290129340398", "business-facts/506914307656634",
    ]
    #expect(first.revealed.map(\.id) == revealed)
    #expect(first.revealed.allSatisfy { $0.purpose == .facts && $0.numbers.isEmpty })
    #expect(await account.read("number/\(MetaAccount.number)").revealed.isEmpty)
    #expect(await account.discover().ids == ["number/106540352242922"] + revealed + ["token/own"])
  }

  @Test func `templates are not revealed where nobody wants them`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-healthy")])
    let account = MetaAccount(
      transport,
      numbers: [ConfiguredNumber(id: MetaAccount.number)],
      watchesTemplates: false
    )
    let answer = await account.read("number/\(MetaAccount.number)")
    #expect(
      answer.revealed.map(\.id) == ["waba-facts/102290129340398", "business-facts/506914307656634"]
    )
  }

  @Test(arguments: [
    ("meta-sip-not-configured", "BLOCKED", true),
    ("meta-sip-only-entities", "AVAILABLE", false),
  ])
  func `calling that nobody set up blocks no messages`(
    fixture: String,
    root: String,
    hasNote: Bool
  ) async throws {
    let report = try #require(try await Self.read(fixture).reports.first)
    let verdict = Verdict(of: report)
    #expect(report.providerVerdict == root)
    #expect(verdict.word == .available)
    #expect((verdict.note != nil) == hasNote)
    let number = try #require(report.entities.first)
    #expect(number.canReceiveCallSIP?.value == .blocked)
    #expect(number.messagingErrors.isEmpty)
    #expect(number.errors.first?.solution == "Configure SIP using 106540352242922/settings API")
  }

  @Test func `a business limited by errors alone limits the number`() async throws {
    let report = try #require(try await Self.read("meta-business-limited").reports.first)
    #expect(Verdict(of: report).word == .limited)
  }

  @Test func `facts without health are unknown, and say what is missing`() async throws {
    let answer = try await Self.read("meta-without-health")
    let report = try #require(answer.reports.first)
    #expect(Verdict(of: report).word == .unknown)
    #expect(report.incomplete?.contains("no health data") == true)
    #expect(report.facts.verifiedName == "Example Support")
  }

  @Test(arguments: [
    ("meta-refused-token", 400, ProviderError.Kind.credentialRejected, 190),
    ("meta-refused-token", 401, .credentialRejected, 190),
    ("meta-rate-limit", 400, .throttled(retryAfter: nil), 80_007),
    ("meta-gone", 400, .numberRefused, 100),
    ("meta-permission", 403, .numberRefused, 200),
    ("meta-locked", 403, .numberRefused, 131_031),
    ("meta-outage", 503, .providerError, 2),
    ("meta-outage", 200, .providerError, 2),
  ])
  func `a refusal is classed by its code`(
    fixture: String,
    status: Int,
    kind: ProviderError.Kind,
    code: Int
  ) async throws {
    let answer = try await Self.read(fixture, status: status)
    #expect(answer.failures == [kind])
    let reading = try #require(answer.readings.first)
    #expect(reading.httpStatus == status)
    guard case .failure(let error) = reading.result else { return }
    #expect(error.code == .number(code))
    #expect(error.message.contains("AbCdEfGhIjKlMnOpQrStUvW"))
    #expect(answer.failure == nil)
  }

  @Test func `usage headers reach the gate, also from a refusal`() async throws {
    let usage = HTTPHeader(
      "X-Business-Use-Case-Usage",
      #"{"1":[{"call_count":100,"estimated_time_to_regain_access":3}]}"#
    )
    let transport = FixtureTransport(
      status: 400,
      headers: [usage],
      body: try Fixture.bytes("meta-rate-limit.json")
    )
    let account = MetaAccount(transport)
    let answer = await account.read("number/\(MetaAccount.number)", numbers: [MetaAccount.number])
    #expect(account.gate.signals == [RateSignal(usagePercent: 100, retryAfter: .seconds(180))])
    #expect(answer.failures == [.throttled(retryAfter: .seconds(180))])
  }

  @Test(arguments: [("v25.0", "/v25.0/"), ("26.0", "/v26.0/"), (" ", "/v24.0/"), (nil, "/v24.0/")])
  func `the version stands after the base URL`(version: String?, part: String) async throws {
    let transport = FixtureTransport([try .fixture("", "meta-healthy")])
    let account = MetaAccount(transport, version: version)
    _ = await account.read("number/1")
    #expect(transport.urls.first?.hasPrefix("https://graph.example.com\(part)1?") == true)
  }

  @Test func `an id cannot leave its place in the URL`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-healthy")])
    _ = await MetaAccount(transport).read("number/../me?x=1&access_token=y#")
    #expect(
      transport.urls.first?.hasPrefix(
        "https://graph.example.com/v24.0/..%2Fme%3Fx%3D1%26access_token%3Dy%23?fields="
      ) == true
    )
  }

  @Test func `a target of somebody else's brings nothing and asks nothing`() async {
    let transport = FixtureTransport([])
    let answer = await MetaAccount(transport).read("channel/Berlin")
    #expect(answer.readings.isEmpty && answer.failure == nil)
    #expect(transport.requests.isEmpty)
  }
}
