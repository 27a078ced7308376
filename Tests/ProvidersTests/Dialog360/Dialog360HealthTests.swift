import Health
import Providers
import TestSupport
import Testing

struct Dialog360HealthTests {
  @Test func `the published sample of a healthy number is read`() async throws {
    let report = try await read("dialog360-healthy").result.get()
    #expect(report.providerVerdict == "AVAILABLE")
    #expect(report.nodeID == "106540352242922")
    #expect(
      report.entities.map(\.reference) == [
        EntityReference(type: .phoneNumber, id: "106540352242922"),
        EntityReference(type: .waba, id: "102290129340398"),
        EntityReference(type: .business, id: "506914307656634"),
        EntityReference(type: .app, id: "634974688087057"),
      ]
    )
    #expect(report.entities.allSatisfy { $0.canReceiveCallSIP == nil })
    #expect(report.facts == PhoneNumberFacts())
    #expect(Verdict(of: report) == Verdict(.available))
  }

  @Test func `the published sample of a limited number is read`() async throws {
    let report = try await read("dialog360-limited").result.get()
    // The root's id is no entity's here.
    #expect(report.nodeID == "105154286024403")
    #expect(report.phoneNumberID == "106540352242922")
    #expect(Verdict(of: report) == Verdict(.limited))
    #expect(
      report.entities[0].additionalInfo == [
        "Your display name has not been approved yet. "
          + "Your message limit will increase after the display name is approved."
      ]
    )
  }

  @Test func `the published sample of a blocked template is read`() async throws {
    let report = try await read("dialog360-template-blocked").result.get()
    #expect(Verdict(of: report) == Verdict(.blocked))
    #expect(report.entities[0].type?.value == .messageTemplate)
    #expect(
      report.entities[0].errors == [
        EntityError(
          code: .number(141_002),
          description: "Message templates can only be sent out if they are approved.",
          solution: "Edit or appeal the message template review decision."
        )
      ]
    )
    #expect(report.entities[0].errors[0].channel == .messaging)
    // No number is listed, so the root's id is all there is.
    #expect(report.phoneNumberID == "2632273056924580")
  }

  @Test func `the published payload's placeholders are kept as unknown words`() async throws {
    let report = try await read("dialog360-payload").result.get()
    #expect(report.root?.text == "<OVERALL_MESSAGING_STATUS>")
    #expect(report.entities.map(\.id).last == "<APP_ID>")
    #expect(report.entities[0].canReceiveCallSIP?.text == "<BUSINESS_PHONE_NUMBER_SIP_STATUS>")
    #expect(Verdict(of: report).word == .unknown)
  }

  @Test func `phone facts stand beside the health`() async throws {
    let report = try await read("dialog360-with-facts").result.get()
    let facts = report.facts
    #expect(facts.displayNumber == "+44 7700 900131")
    #expect(facts.verifiedName == "Berlin Shop")
    // The score outranks the older rating.
    #expect(facts.quality == AsSent("YELLOW"))
    // The portfolio's limit outranks the number's.
    #expect(facts.messagingLimit == AsSent("TIER_10K"))
    #expect(facts.throughput == "STANDARD")
    #expect(
      facts.others == [
        Fact("account_mode", "LIVE"), Fact("last_onboarded_time", "2025-03-11T09:15:42+0000"),
      ]
    )
    #expect(report.entities[0].errors[0].solution?.contains("106540352242922/settings") == true)
    #expect(Assessment(of: report).calling == .blocked)
    #expect(Verdict(of: report).word == .available)
  }

  @Test func `one request brings health and facts, with the channel's key`() async throws {
    let transport = FixtureTransport(body: try Fixture.bytes("dialog360-with-facts.json"))
    let gate = OpenGate()
    _ = try await read(transport, gate)
    #expect(transport.requests.count == 1)
    let url = try #require(transport.urls.first)
    #expect(
      url.hasPrefix("https://waba-v2.360dialog.io/health_status?fields=display_phone_number,")
    )
    #expect(url.contains("quality_score"))
    #expect(transport.requests[0].headers == [HTTPHeader("D360-API-KEY", "d360-demo-key-000")])
    #expect(gate.admitted == ["channel/Berlin"])
  }

  @Test func `a field that Graph does not know is left out from then on`() async throws {
    let field = "whatsapp_business_manager_messaging_limit"
    let transport = FixtureTransport([
      .init(field, status: 400, body: try Fixture.bytes("dialog360-unknown-field.json")),
      .init("", body: try Fixture.bytes("dialog360-with-facts.json")),
    ])
    let provider = Dialog360Provider.sample(transport)
    for _ in 1...2 {
      let report = try await provider.readFirst().result.get()
      #expect(report.incomplete == nil)
    }
    #expect(transport.urls.map { $0.contains(field) } == [true, false, false])
    #expect(transport.urls.allSatisfy { $0.contains("verified_name") })
  }

  @Test func `a channel that refuses all fields is asked for its health alone`() async throws {
    let transport = FixtureTransport([
      .init("?fields", status: 400, text: #"{"meta": {"developer_message": "Unknown parameter"}}"#),
      .init("", body: try Fixture.bytes("dialog360-healthy.json")),
    ])
    let provider = Dialog360Provider.sample(transport)
    for _ in 1...2 {
      let report = try await provider.readFirst().result.get()
      #expect(report.incomplete == "360dialog refused the phone facts of channel Berlin.")
      #expect(Verdict(of: report).word == .available)
    }
    #expect(transport.urls.map { $0.contains("?fields") } == [true, false, false])
  }

  @Test(
    arguments: [
      (401, "dialog360-refused-token", ProviderError.Kind.credentialRejected),
      (404, "dialog360-refused-token", .credentialRejected),
      (400, "dialog360-unpaid", .credentialRejected),
      (400, "dialog360-rate-limit", .throttled(retryAfter: .seconds(5))),
      (403, "dialog360-forbidden", .numberRefused),
      (502, "dialog360-unavailable", .providerError),
      (500, "dialog360-unpaid", .providerError),
      (200, "dialog360-unpaid", .credentialRejected),
      (200, "dialog360-unavailable", .providerError),
    ]
  )
  func `the words decide, not the status`(
    status: Int,
    fixture: String,
    kind: ProviderError.Kind
  ) async throws {
    #expect(try await read(fixture, status: status).failure?.kind == kind)
  }

  @Test(
    arguments: [
      ("Client-side rate limit: 1 request per 12 seconds", 12),
      ("Only 5 requests every 30 seconds", 6),
      ("only 60 requests per minute", 1),
      ("1 request every 999999 minutes", 3600),
      ("1 request every 0.5 seconds", 1),
      ("1 request every 2.5 minutes", 150),
      ("1 request every 1e300 seconds", 3600),
    ]
  )
  func `the pace that the words name is kept to`(words: String, seconds: Int) async throws {
    let body = #"{"meta": {"success": false, "developerMessage": "\#(words)"}}"#
    let transport = FixtureTransport(status: 400, body: Array(body.utf8))
    let failure = try #require(try await read(transport).failure)
    #expect(failure.kind == .throttled(retryAfter: .seconds(seconds)))
    #expect(failure.message.contains(words))
  }

  @Test(
    arguments: [
      ("API is disabled for this channel", ProviderError.Kind.numberRefused),
      ("Too many requests", .throttled(retryAfter: nil)),
      ("Your api key has expired", .credentialRejected),
      ("Something else", .providerError),
    ]
  )
  func `a 400 is read by its words`(words: String, kind: ProviderError.Kind) async throws {
    let body = #"{"meta": {"success": false, "http_code": 400, "developer_message": "\#(words)"}}"#
    let transport = FixtureTransport(status: 400, body: Array(body.utf8))
    #expect(try await read(transport).failure?.kind == kind)
  }

  @Test func `a refused key names its channel and its place`() async throws {
    #expect(
      try await read("dialog360-refused-token", status: 401).failure?.message
        == "360dialog refused the key of account shops, channel Berlin (401): \"Invalid api_key\". "
        + "Replace it in the configuration, accounts.shops.channels (Berlin)."
    )
    #expect(
      try await read("dialog360-unpaid", status: 400).failure?.message
        == "360dialog has closed the access of account shops, channel Berlin (400): "
        + "\"API access is blocked due to lack of payment\". Pay the bill at 360dialog."
    )
  }

  @Test func `an error of Meta's that is passed on is classed by its code`() async throws {
    let body = #"{"error": {"message": "(#80007) Rate limit", "code": 80007, "fbtrace_id": "Abc"}}"#
    let transport = FixtureTransport(status: 400, body: Array(body.utf8))
    let failure = try #require(try await read(transport).failure)
    #expect(failure.kind == .throttled(retryAfter: nil))
    #expect(failure.code == .number(80_007))
  }

  @Test func `a key that answers for another number is noted for as long as it does`() async throws
  {
    let other = #"{"health_status": {"can_send_message": "AVAILABLE"}, "id": "999"}"#
    let first = try Fixture.bytes("dialog360-healthy.json")
    let bodies = [first, Array(other.utf8), Array(other.utf8), first]
    let provider = Dialog360Provider.sample(
      ScriptedTransport { _, earlier in .init("", body: bodies[earlier.count]) }
    )
    var noted: [Bool] = []
    for _ in 1...4 {
      let report = try await provider.readFirst().result.get()
      noted.append(report.checks.contains { $0.name == "identity" && $0.passed == false })
    }
    #expect(noted == [false, true, true, false])
  }

  private func read(_ fixture: String, status: Int = 200) async throws -> NumberAnswer {
    try await read(FixtureTransport(status: status, body: Fixture.bytes(fixture + ".json")))
  }

  private func read(
    _ transport: FixtureTransport,
    _ gate: OpenGate = OpenGate()
  ) async throws -> NumberAnswer {
    try await Dialog360Provider.sample(transport).readFirst(through: gate)
  }
}

extension Dialog360Provider {
  static func sample(
    _ transport: any HTTPTransport,
    channels: [String] = ["Berlin"],
    partner: SettingValue? = nil,
    baseURL: String? = nil
  ) -> Dialog360Provider {
    let configured = channels.map {
      ConfiguredChannel(label: $0, apiKey: Secret("d360-demo-key-000"))
    }
    var settings = AccountSettings(name: "shops", values: ["channels": .channels(configured)])
    settings.values["partner"] = partner
    settings.baseURL = baseURL
    return Dialog360Provider(settings, transport)
  }

  func readFirst(through gate: OpenGate = OpenGate()) async throws -> NumberAnswer {
    let target = try #require(await discover(through: gate).targets.first)
    return try #require(await read(target, through: gate).readings.first)
  }
}
