import Foundation
import Health
import Providers
import TestSupport
import Testing

struct KapsoHealthTests {
  @Test func `the published sample is a number without fault`() async throws {
    let answer = try await read("kapso-healthy")
    let report = try answer.result.get()
    #expect(report.providerVerdict == "healthy")
    #expect(report.phoneNumberID == "123456789012345")
    #expect(
      report.entities.map(\.reference) == [
        EntityReference(type: .phoneNumber, id: "123456789012345"),
        EntityReference(type: .waba, id: "987654321098765"),
        EntityReference(type: .business, id: "456789012345678"),
        EntityReference(type: .app, id: "789012345678901"),
      ]
    )
    #expect(report.facts.displayNumber == "+1 555-123-4567")
    #expect(report.facts.verifiedName == "My Business")
    #expect(report.facts.status == AsSent("CONNECTED"))
    #expect(report.facts.quality == AsSent("GREEN"))
    // Sent as a throughput tier; TIER_… is a messaging limit under whatever name it came.
    #expect(report.facts.messagingLimit == AsSent("TIER_10K"))
    #expect(report.facts.throughput == nil)
    #expect(report.incompleteness == nil)
    #expect(report.providerTime == .date(Date(timeIntervalSince1970: 1_737_383_130)))
    #expect(Assessment(of: report).causes.isEmpty)
  }

  @Test func `messaging health that fails because of an entity is no cause of its own`()
    async throws
  {
    let report = try await read("kapso-blocked").result.get()
    #expect(report.checks.contains { $0.kind == .summary && $0.passed == false })
    let kinds = Assessment(of: report).causes.map(\.kind)
    #expect(kinds.contains { if case .entity = $0 { true } else { false } })
    #expect(!kinds.contains(.check))
  }

  @Test func `the published sample's checks are all there`() async throws {
    let checks = try await read("kapso-healthy").result.get().checks
    #expect(
      checks.map(\.name) == [
        "phone_number_access", "messaging_health", "webhook_subscription", "webhook_verified",
      ]
    )
    #expect(checks.allSatisfy { $0.passed == true })
    #expect(checks[1].message == "Messaging is AVAILABLE.")
    #expect(checks[2].kind == .webhook)
    #expect(checks[2].message == "Subscribed to messages, message_template_status_update.")
    #expect(checks[2].details.contains(Fact("app_id", "789012345678901")))
    #expect(checks[3].message == "Webhook successfully verified at 2025-01-15 10:30:00 UTC")
    #expect(checks[3].details.contains(Fact("verified_at", "2025-01-15T10:30:00Z")))
  }

  @Test func `a dead token leaves messaging unknown and is said once`() async throws {
    let report = try await read("kapso-dead-token").result.get()
    #expect(report.providerVerdict == "unhealthy")
    #expect(report.entities.isEmpty)
    #expect(report.incomplete?.contains("could not read this number's messaging health") == true)
    #expect(report.checks.filter { $0.kind == .token }.map(\.name) == ["phone_number_access"])
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .unknown)
    #expect(assessment.severity == .critical)
    #expect(assessment.causes.first?.kind == .token)
    #expect(!assessment.causes.contains { $0.kind == .webhook })
    #expect(
      report.checks[0].message
        == "Meta refused the number's token (190): "
        + "\"Error validating access token: Session has expired\". Trace AbCdEf0123456789."
    )
  }

  @Test func `a failing token check is the one that says so`() async throws {
    let report = try await read(
      text: """
        {"status": "unhealthy", "checks": {
          "messaging_health": {"passed": false, "error": "Meta Graph API error: 401 - nothing"},
          "token_validity": {"passed": false, "error": "Token was revoked"}}}
        """
    ).result.get()
    #expect(report.checks.map(\.kind) == [.other, .token])
    #expect(report.checks[1].message == "\"Token was revoked\".")
  }

  @Test(arguments: [
    (#"["account_update"]"#, false), (#"["messages", "account_update"]"#, true), ("null", true),
    ("[]", false),
  ])
  func `a subscription without messages fails its check`(
    fields: String,
    passed: Bool
  ) async throws {
    let check = #"{"passed":true,"details":{"subscribed":true,"subscribed_fields":\#(fields)}}"#
    let text = #"{"status":"healthy","checks":{"webhook_subscription":\#(check)}}"#
    let report = try await read(text: text).result.get()
    #expect(report.checks.first?.passed == passed)
    let words = report.checks.first?.message
    #expect(words?.contains("without the field messages") != passed)
  }

  @Test(arguments: [
    (#""passed":true,"details":{"subscribed":false}"#, false),
    (#""passed":0,"details":{"subscribed":true}"#, false),
    (#""passed":"false""#, false), (#""passed":1,"details":{"subscribed":true}"#, true),
  ])
  func `a check that denies itself has failed`(members: String, passed: Bool) async throws {
    let text = #"{"status":"healthy","checks":{"webhook_subscription":{\#(members)}}}"#
    #expect(try await read(text: text).result.get().checks.first?.passed == passed)
  }

  @Test func `Kapso's own summary counts where it is worse than Meta's`() async throws {
    let text = #"""
      {"status":"healthy","checks":{"messaging_health":{"overall_status":"BLOCKED","details":
      {"can_send_message":"AVAILABLE","entities":[
      {"entity_type":"WABA","id":"1","can_send_message":"AVAILABLE"}]}}}}
      """#
    let verdict = Assessment(of: try await read(text: text).result.get()).verdict
    #expect(verdict.word == .blocked && verdict.note?.contains("no listed entity") == true)
  }

  @Test func `a missing webhook is a warning and never a blocked number`() async throws {
    let report = try await read("kapso-webhook-missing").result.get()
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .available)
    #expect(assessment.severity == .warning)
    #expect(assessment.causes.map(\.kind) == [.webhook], "one signal, however many checks")
    #expect(
      report.checks[2].message == "Kapso's app is not subscribed to this business account."
    )
    // The id came as a number here.
    #expect(report.checks[2].details.contains(Fact("app_id", "789012345678901")))
  }

  @Test func `a check that nobody knows is shown and counts when it failed`() async throws {
    let report = try await read("kapso-unknown-value").result.get()
    let check = try #require(report.checks.first { $0.name == "call_permissions" })
    #expect(check.kind == .other)
    #expect(check.message == "Calling is not set up.")
    #expect(check.details == [Fact("calls_enabled", "false")])
    #expect(report.providerVerdict == "under_review")
    #expect(report.facts.status?.text == "ON_HOLIDAY")
    #expect(report.facts.messagingLimit == AsSent("TIER_5M"))
  }

  @Test func `the status error says nothing about the number`() async throws {
    let failure = try #require(try await read("kapso-error").failure)
    #expect(failure.kind == .providerError)
    #expect(failure.message == "Kapso could not check this number: \"Health check timed out\".")
    #expect(failure.httpStatus == 200)
  }

  @Test(
    arguments: [
      // Wrapped, as Kapso's other endpoints are; another name for the time.
      (#"{"data": {"status": "healthy", "checked_at": "2025-01-20T14:25:30.5Z"}}"#, "healthy"),
      (#"{"status": "HEALTHY", "checks": null}"#, "HEALTHY"),
      (#"{"status": "degraded", "checks": {"messaging_health": {}}}"#, "degraded"),
    ]
  )
  func `without checks its word stands and messaging is unknown`(
    body: String,
    word: String
  ) async throws {
    let report = try await read(text: body).result.get()
    #expect(report.providerVerdict == word)
    #expect(Verdict(of: report).word == .unknown)
    #expect(report.incomplete != nil)
  }

  @Test func `messaging without entities has Kapso's own summary`() async throws {
    let report = try await read(
      text: #"{"status": "healthy", "checks": {"messaging_health": {"overall_status": "LIMITED"}}}"#
    ).result.get()
    #expect(report.root == AsSent("LIMITED"))
    #expect(Verdict(of: report).word == .limited)
    #expect(report.checks[0].passed == nil)
    #expect(report.incomplete?.contains("without its entities") == true)
  }

  @Test func `a remedy gets the id that was asked for where Meta lists no number`() async throws {
    let report = try await read(
      text: """
        {"status": "healthy", "checks": {"messaging_health": {"details": {"entities": [
          {"entity_type": "APP", "errors": [
            {"error_code": 138025, "possible_solution": "Use {PHONE_NUMBER_ID}/settings"}]}]}}}}
        """
    ).result.get()
    #expect(report.entities[0].errors[0].solution == "Use 123456789012345/settings")
    #expect(report.entities[0].errors[0].channel == .calling)
  }

  @Test(
    arguments: [
      (404, "kapso-unknown-number", ProviderError.Kind.numberRefused),
      (422, "kapso-unknown-number", .numberRefused),
      (401, "kapso-refused-token", .credentialRejected),
      (500, "kapso-unknown-number", .providerError),
      (200, "kapso-unknown-number", .providerError),
      (400, "kapso-unknown-number", .providerError),
    ]
  )
  func `a refusal is classed by its status`(
    status: Int,
    fixture: String,
    kind: ProviderError.Kind
  ) async throws {
    let failure = try #require(try await read(fixture, status: status).failure)
    #expect(failure.kind == kind)
  }

  @Test func `a refused key and an unknown number say what to do`() async throws {
    #expect(
      try await read("kapso-refused-token", status: 401).failure?.message
        == "Kapso refused the key of account acme (401): \"Invalid API key\". "
        + "Replace it in the configuration, accounts.acme.api_key."
    )
    #expect(
      try await read("kapso-unknown-number", status: 404).failure?.message
        == "Kapso has no number 123456789012345 for account acme (404): \"Phone number not found\"."
    )
  }

  @Test(
    arguments: [
      #"{"message": "slow down"}"#, #"{"error": {"message": "slow down"}}"#,
      #"{"detail": "slow down"}"#, "slow down",
    ]
  )
  func `the words are found in every envelope`(body: String) async throws {
    let failure = try #require(try await read(text: body, status: 503).failure)
    #expect(failure.message == "Kapso failed (503): \"slow down\".")
  }

  @Test func `health is asked below Kapso's documented path`() async throws {
    let transport = FixtureTransport(body: try Fixture.bytes("kapso-healthy.json"))
    let provider = KapsoProvider.sample(transport)
    let discovery = await provider.discover(through: OpenGate())
    _ = await provider.read(discovery.targets[0], through: OpenGate())
    #expect(
      transport.urls == [
        "https://api.kapso.ai/platform/v1/whatsapp/phone_numbers/123456789012345/health"
      ]
    )
    #expect(transport.requests[0].headers == [HTTPHeader("X-API-Key", "kapso-demo-key-000")])
  }

  private func read(_ fixture: String, status: Int = 200) async throws -> NumberAnswer {
    try await read(FixtureTransport(status: status, body: Fixture.bytes(fixture + ".json")))
  }

  private func read(text: String, status: Int = 200) async throws -> NumberAnswer {
    try await read(FixtureTransport(status: status, body: Array(text.utf8)))
  }

  private func read(_ transport: FixtureTransport) async throws -> NumberAnswer {
    let provider = KapsoProvider.sample(transport)
    let target = try #require(await provider.discover(through: OpenGate()).targets.first)
    return try #require(await provider.read(target, through: OpenGate()).readings.first)
  }
}
