import Health
import Providers
import TestSupport
import Testing

struct Dialog360PartnerTests {
  @Test func `a partner's channels are numbers whose health was not asked`() async throws {
    let transport = FixtureTransport(body: try Fixture.bytes("dialog360-partner-channels.json"))
    let gate = OpenGate()
    let answer = await readList(.sample(transport, channels: [], partner: partner), gate)
    #expect(answer.isWhole)
    #expect(answer.failure == nil)
    // The third is cancelled.
    #expect(answer.readings.map(\.number.target) == ["+44 7700 900131", "+44 7700 900132"])
    let report = try answer.readings[1].result.get()
    #expect(report.incomplete == "no channel key: health not asked")
    #expect(report.facts.verifiedName == "Example Paris")
    #expect(report.facts.quality?.text == "Low")
    #expect(report.facts.messagingLimit == AsSent("TIER_250"))
    #expect(report.facts.status?.text == "ready")
    #expect(report.id(of: .waba) == "102290129340398")
    #expect(Verdict(of: report).word == .unknown)
    #expect(Assessment(of: report).severity == .unknown)
    #expect(answer.entities.map(\.reference.id) == ["102290129340398"])
    #expect(
      transport.urls == [
        "https://hub.360dialog.io/api/v2/partners/DEMO01PA/channels?limit=100&offset=0"
      ]
    )
    #expect(transport.requests[0].headers == [HTTPHeader("x-api-key", "d360-demo-partner-000")])
    #expect(gate.admitted == ["partner"])
  }

  @Test func `pages are read until the total`() async throws {
    let transport = FixtureTransport([
      .init("offset=0", text: #"{"total": 3, "partner_channels": [{"id": "a"}, {"id": "b"}]}"#),
      .init("offset=2", text: #"{"total": 3, "sort": ["id"], "items": [{"id": "c"}]}"#),
    ])
    let answer = await readList(.sample(transport, channels: [], partner: partner))
    #expect(answer.readings.map(\.number.target) == ["a", "b", "c"])
    #expect(answer.isWhole)
  }

  @Test func `a list that fails halfway keeps what came and is not whole`() async throws {
    let transport = FixtureTransport([
      .init("offset=0", text: #"{"total": 2, "partner_channels": [{"id": "a"}]}"#),
      .init("offset=1", status: 502, text: "<html><title>Bad Gateway</title>"),
    ])
    let answer = await readList(.sample(transport, channels: [], partner: partner))
    #expect(answer.readings.map(\.number.target) == ["a"])
    #expect(!answer.isWhole)
    #expect(answer.failure?.kind == .providerError)
    #expect(answer.gap?.hasPrefix("List incomplete: a page could not be read") == true)
  }

  @Test(arguments: [
    (#""total": 9, "#, "its pages repeat"), ("", "its pages repeat"),
  ])
  func `a partner's list that repeats itself is not whole`(
    total: String,
    reason: String
  ) async throws {
    let page = #"{\#(total)"partner_channels": [{"id": "a"}, {"id": "b"}]}"#
    let transport = FixtureTransport([.init("", text: page)])
    let answer = await readList(.sample(transport, channels: [], partner: partner))
    #expect(answer.readings.map(\.number.target) == ["a", "b"])
    #expect(!answer.isWhole && answer.failure == nil)
    #expect(answer.gap == "List incomplete: \(reason) (360dialog's channels, 2 read).")
    #expect(transport.requests.count == 2)
  }

  @Test(
    arguments: [
      (403, "dialog360-partner-forbidden", ProviderError.Kind.numberRefused),
      (401, "dialog360-refused-token", .credentialRejected),
      (200, "dialog360-empty", .unintelligible),
    ]
  )
  func `a refused list is a failure of the account`(
    status: Int,
    fixture: String,
    kind: ProviderError.Kind
  ) async throws {
    let body = try Fixture.bytes(fixture + ".json")
    let transport = FixtureTransport(status: status, body: body)
    let answer = await readList(.sample(transport, channels: [], partner: partner))
    #expect(answer.failure?.kind == kind)
    #expect(answer.readings.isEmpty)
  }

  @Test func `a channel with a key of its own is not listed a second time`() async throws {
    let transport = FixtureTransport([
      .init("/partners/", body: try Fixture.bytes("dialog360-partner-channels.json")),
      .init("/health_status", body: try Fixture.bytes("dialog360-with-facts.json")),
    ])
    let provider = Dialog360Provider.sample(
      transport,
      partner: partner,
      baseURL: "http://[::1]:8080/"
    )
    let answer = await readList(provider)
    #expect(answer.readings.map(\.number.target) == ["+44 7700 900132"])
    #expect(transport.urls.allSatisfy { $0.hasPrefix("http://[::1]:8080/") })
    // The channel is asked which number it is only once.
    _ = await readList(provider)
    #expect(transport.urls.count { $0.contains("/health_status") } == 1)
  }

  private let partner = SettingValue.partner(
    id: "DEMO01PA",
    apiKey: Secret("d360-demo-partner-000")
  )

  private func readList(
    _ provider: Dialog360Provider,
    _ gate: OpenGate = OpenGate()
  ) async -> PollAnswer {
    let targets = await provider.discover(through: gate).targets
    guard let target = targets.last else { return PollAnswer() }
    return await provider.read(target, through: gate)
  }
}

struct Dialog360TemplateTests {
  @Test func `templates are read with the key of the channel that showed their WABA`() async throws
  {
    let transport = FixtureTransport([
      .init("/message_templates", body: try Fixture.bytes("dialog360-templates.json")),
      .init("", body: try Fixture.bytes("dialog360-healthy.json")),
    ])
    let gate = OpenGate()
    let provider = Dialog360Provider.sample(transport, channels: ["Berlin", "Paris"])
    var revealed: [PollTarget] = []
    for target in await provider.discover(through: gate).targets {
      revealed += await provider.read(target, through: gate).revealed
    }
    // Both channels are of the same WABA.
    #expect(revealed.map(\.id) == ["templates/102290129340398"])
    #expect(revealed.map(\.purpose) == [.facts])
    #expect(revealed.map(\.credential) == ["channel/Berlin"])
    let answer = await provider.read(revealed[0], through: gate)
    let templates = try #require(try answer.templates.first?.templates.get())
    #expect(answer.templates.first?.waba == "102290129340398")
    #expect(templates.map(\.name) == ["order_shipped", "spring_offer"])
    #expect(templates.map(\.status.value) == [.approved, .paused])
    #expect(templates.map(\.quality?.value) == [.green, .red])
    #expect(transport.urls.last?.contains("components") == false)
  }

  @Test func `templates that cannot be read touch no number`() async throws {
    let transport = FixtureTransport([
      .init("/message_templates", status: 403, body: try Fixture.bytes("dialog360-forbidden.json")),
      .init("", body: try Fixture.bytes("dialog360-healthy.json")),
    ])
    let provider = Dialog360Provider.sample(transport)
    let target = try #require(await provider.discover(through: OpenGate()).targets.first)
    let revealed = try #require(
      await provider.read(target, through: OpenGate()).revealed.first
    )
    let answer = await provider.read(revealed, through: OpenGate())
    #expect(answer.readings.isEmpty)
    #expect(throws: ProviderError.self) { try answer.templates.first?.templates.get() }
  }
}
