import Health
import Providers
import TestSupport
import Testing

struct KaleyraTests {
  @Test func `the published sample of a v2 number is read`() async throws {
    let report = try await read("kaleyra-limited").result.get()
    #expect(report.phoneNumberID == "489XXXXXXXX9632")
    #expect(report.providerVerdict == "LIMITED")
    #expect(
      report.entities.map(\.canSendMessage?.text) == [
        "LIMITED", "AVAILABLE", "AVAILABLE", "AVAILABLE",
      ]
    )
    #expect(
      report.entities.map(\.canReceiveCallSIP?.text) == ["BLOCKED", nil, nil, "BLOCKED"]
    )
    #expect(report.facts.displayNumber == "+91 4X XXXX X139")
    #expect(report.facts.verifiedName == "MKLRV2")
    #expect(report.facts.status == AsSent("CONNECTED"))
    #expect(report.facts.quality == AsSent("GREEN"))
    #expect(report.facts.nameStatus == AsSent("DECLINED"))
    #expect(report.facts.messagingLimit == AsSent("TIER_1K"))
    #expect(report.facts.throughput == "STANDARD")
    #expect(report.facts.others.isEmpty)
    let assessment = Assessment(of: report)
    #expect(assessment.verdict == Verdict(.limited))
    #expect(assessment.calling == .blocked)
    #expect(assessment.causes.map(\.kind) == [.entity(.phoneNumber), .name])
  }

  @Test func `the sample's errors are of calling and name the number's id`() async throws {
    let report = try await read("kaleyra-limited").result.get()
    #expect(
      report.entities.flatMap(\.errors) == [
        EntityError(
          code: .number(138_024),
          description: "WhatsApp Business calling cannot use SIP because it is not enabled",
          solution: "Configure SIP using 489XXXXXXXX9632/settings API"
        ),
        EntityError(
          code: .number(138_025),
          description: "This app cannot use SIP for WhatsApp Business calling because it has not "
            + "configured a SIP server for this business phone number",
          solution: "Configure SIP server using 489XXXXXXXX9632/settings API"
        ),
      ]
    )
    #expect(report.entities.flatMap(\.messagingErrors).isEmpty)
    #expect(report.entities[0].additionalInfo.count == 1)
  }

  @Test func `the published sample of a v1 number has no fault but an app without SIP`()
    async throws
  {
    let report = try await read("kaleyra-healthy").result.get()
    #expect(report.phoneNumberID == "104XXXXXXXX2733")
    #expect(report.facts.displayNumber == "+91 80 XXXX XX79")
    #expect(report.facts.verifiedName == "Kaleyracloud2")
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .available)
    // The sample is another number's than the one that was asked for.
    #expect(
      assessment.verdict.note == "the answer is about 104XXXXXXXX2733, not about +91 4XXXX-XX139"
    )
    #expect(assessment.calling == .blocked)
    #expect(assessment.severity == .ok)
    #expect(Assessment(of: report, callingExpected: true).severity == .warning)
  }

  @Test(
    arguments: [
      (401, "kaleyra-refused-token", ProviderError.Kind.credentialRejected, "RBC201"),
      (401, "kaleyra-foreign-number", .numberRefused, "WA401"),
      (200, "kaleyra-foreign-number", .numberRefused, "WA401"),
      (200, "kaleyra-refused-token", .credentialRejected, "RBC201"),
      (400, "kaleyra-bad-payload", .providerError, "WA400"),
      (500, "kaleyra-internal-error", .providerError, "WA500"),
      (202, "kaleyra-internal-error", .providerError, "WA500"),
      (402, "kaleyra-out-of-balance", .credentialRejected, "E110"),
      (400, "kaleyra-daily-limit", .throttled(retryAfter: nil), "WAV2101"),
      (429, "kaleyra-refused-token", .throttled(retryAfter: nil), "RBC201"),
    ]
  )
  func `the code decides, not the status`(
    status: Int,
    fixture: String,
    kind: ProviderError.Kind,
    code: String
  ) async throws {
    let failure = try #require(try await read(fixture, status: status).failure)
    #expect(failure.kind == kind)
    #expect(failure.code == .text(code))
    #expect(failure.httpStatus == status)
  }

  @Test func `the two faces of 401 say what to do`() async throws {
    #expect(
      try await read("kaleyra-refused-token", status: 401).failure?.message
        == "Kaleyra refused the SID or the key of account india (RBC201): "
        + "\"Incorrect SID or API key. API Key Not Found\". "
        + "Replace them in the configuration, accounts.india.sid and accounts.india.api_key."
    )
    #expect(
      try await read("kaleyra-foreign-number", status: 401).failure?.message
        == "Kaleyra has no number +91 4XXXX-XX139 for account india (WA401): "
        + "\"Phone number is not present or does not belong to the account.\". "
        + "Check the number, and api_version, which is v2."
    )
  }

  @Test func `all that the error holds is said, whatever its keys`() async throws {
    let message = try await read("kaleyra-bad-payload", status: 400).failure?.message
    #expect(message?.contains("\"Invalid request. must be digits first, second\"") == true)
  }

  @Test(
    arguments: [
      (401, #"{"code": "WA999", "message": "?"}"#, ProviderError.Kind.numberRefused),
      (401, #"{"code": "X1", "message": "?"}"#, .credentialRejected),
      (401, "Unauthorized", .credentialRejected),
      (200, #"{"code": "WA200", "message": "ok", "data": {}}"#, .unintelligible),
      (200, #"{"code": "NEW1", "message": "?", "data": []}"#, .providerError),
      (404, #"{"code": "WA404", "error": {"path": "Not found."}}"#, .numberRefused),
    ]
  )
  func `codes that nobody explained are read by the status`(
    status: Int,
    body: String,
    kind: ProviderError.Kind
  ) async throws {
    let transport = FixtureTransport(status: status, body: Array(body.utf8))
    #expect(try await KaleyraProvider.sample(transport).readFirst().failure?.kind == kind)
  }

  @Test(
    arguments: [
      (["pod": "IN"], "https://api.in.kaleyra.io/v2"),
      (["pod": "SG", "api_version": "v1"], "https://api.ap.kaleyra.io/v1"),
      (["pod": "EU", "api_version": "v2"], "https://api.eu.kaleyra.io/v2"),
      (["pod": "NA"], "https://api.na.kaleyra.io/v2"),
      ([:], "https://api.in.kaleyra.io/v2"),
    ]
  )
  func `pod and version make the address`(values: [String: String], start: String) async throws {
    let transport = FixtureTransport(body: try Fixture.bytes("kaleyra-healthy.json"))
    _ = try await KaleyraProvider.sample(transport, values).readFirst()
    #expect(
      transport.urls == [start + "/HXAP16XXXXXX97IN/whatsapp/914XXXXXX139/phone_number_details"]
    )
    #expect(
      transport.requests[0].headers == [
        HTTPHeader("Content-Type", "application/json"),
        HTTPHeader("api-key", "kaleyra-demo-key-000"),
      ]
    )
  }

  private func read(_ fixture: String, status: Int = 200) async throws -> NumberAnswer {
    let body = try Fixture.bytes(fixture + ".json")
    return try await KaleyraProvider.sample(FixtureTransport(status: status, body: body))
      .readFirst()
  }
}

struct KaleyraTemplateTests {
  @Test func `v2 lists the templates of the WABA that a number named`() async throws {
    let transport = FixtureTransport([
      .init("/message_templates", body: try Fixture.bytes("kaleyra-templates-v2.json")),
      .init("", body: try Fixture.bytes("kaleyra-limited.json")),
    ])
    let answer = try await readTemplates(.sample(transport))
    let list = try #require(answer.templates.first)
    #expect(list.waba == "535XXXXXXXX5436")
    let templates = try list.templates.get()
    #expect(templates.map(\.status.text) == ["Approved", "Paused", "Disabled"])
    #expect(templates.map(\.status.value) == [.approved, .paused, .disabled])
    #expect(
      transport.urls.last
        == "https://api.in.kaleyra.io/v2/HXAP16XXXXXX97IN/whatsapp/535XXXXXXXX5436/message_templates"
    )
  }

  @Test func `v1 lists the account's templates, which have no ids`() async throws {
    let transport = FixtureTransport([
      .init("/templates/status", body: try Fixture.bytes("kaleyra-templates-v1.json")),
      .init("", body: try Fixture.bytes("kaleyra-healthy.json")),
    ])
    let answer = try await readTemplates(.sample(transport, ["api_version": "v1"]))
    let list = try #require(answer.templates.first)
    #expect(list.waba == "140XXXXXXXX2074")
    let templates = try list.templates.get()
    #expect(templates.map(\.id) == ["order_shipped/en", "order_shipped/hi", "spring_offer/en"])
    #expect(templates.map(\.status.value) == [.approved, .pending, .rejected])
    #expect(templates[2].rejectedReason == "Promotional text in a utility template")
    #expect(
      transport.urls.last
        == "https://api.in.kaleyra.io/v1/HXAP16XXXXXX97IN/whatsapp/templates/status"
    )
  }

  @Test(arguments: [#"{"code": "WA200", "data": {}}"#, #"{"code": "WA200", "data": []}"#])
  func `an account without templates has an empty list`(body: String) async throws {
    let transport = FixtureTransport([
      .init("/message_templates", text: body),
      .init("", body: try Fixture.bytes("kaleyra-healthy.json")),
    ])
    let answer = try await readTemplates(.sample(transport))
    #expect(try answer.templates.first?.templates.get() == [])
  }

  @Test func `templates that cannot be read touch no number`() async throws {
    let transport = FixtureTransport([
      .init(
        "/message_templates",
        status: 500,
        body: try Fixture.bytes("kaleyra-internal-error.json")
      ),
      .init("", body: try Fixture.bytes("kaleyra-healthy.json")),
    ])
    let answer = try await readTemplates(.sample(transport))
    #expect(answer.readings.isEmpty)
    #expect(answer.failure?.kind == .providerError)
    #expect(throws: ProviderError.self) { try answer.templates.first?.templates.get() }
  }

  @Test func `an account that does not watch templates asks for none`() async throws {
    let transport = FixtureTransport(body: try Fixture.bytes("kaleyra-healthy.json"))
    let provider = KaleyraProvider.sample(transport, watchesTemplates: false)
    let target = try #require(await provider.discover(through: OpenGate()).targets.first)
    #expect(await provider.read(target, through: OpenGate()).revealed.isEmpty)
  }

  private func readTemplates(_ provider: KaleyraProvider) async throws -> PollAnswer {
    let target = try #require(await provider.discover(through: OpenGate()).targets.first)
    let revealed = try #require(await provider.read(target, through: OpenGate()).revealed.first)
    #expect(revealed.purpose == .facts)
    return await provider.read(revealed, through: OpenGate())
  }
}

extension KaleyraProvider {
  static func sample(
    _ transport: FixtureTransport,
    _ texts: [String: String] = [:],
    watchesTemplates: Bool = true
  ) -> KaleyraProvider {
    var values = texts.mapValues { SettingValue.text($0) }
    values["sid"] = .text("HXAP16XXXXXX97IN")
    values["api_key"] = .secret(Secret("kaleyra-demo-key-000"))
    values["numbers"] = .numbers([ConfiguredNumber(id: "+91 4XXXX-XX139", label: "Support")])
    let settings = AccountSettings(
      name: "india",
      watchesTemplates: watchesTemplates,
      values: values
    )
    return KaleyraProvider(settings, transport)
  }

  func readFirst() async throws -> NumberAnswer {
    let target = try #require(await discover(through: OpenGate()).targets.first)
    return try #require(await read(target, through: OpenGate()).readings.first)
  }
}
