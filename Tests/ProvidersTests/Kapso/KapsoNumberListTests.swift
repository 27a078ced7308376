import Health
import Providers
import TestSupport
import Testing

struct KapsoNumberListTests {
  @Test func `all pages of the list become numbers`() async throws {
    let transport = FixtureTransport([
      .init("page=1&", body: try Fixture.bytes("kapso-numbers-page-1.json")),
      .init("page=2&", body: try Fixture.bytes("kapso-numbers-page-2.json")),
    ])
    let gate = OpenGate()
    let discovery = await discover(transport, gate)
    #expect(discovery.failures.isEmpty)
    #expect(
      discovery.targets.map(\.id) == [
        "number/123456789012345", "number/123456789012346", "number/123456789012347",
      ]
    )
    #expect(discovery.targets.flatMap(\.numbers).map(\.label) == [nil, nil, nil])
    #expect(
      transport.urls == [
        "https://api.kapso.ai/platform/v1/whatsapp/phone_numbers?page=1&per_page=100",
        "https://api.kapso.ai/platform/v1/whatsapp/phone_numbers?page=2&per_page=100",
      ]
    )
    #expect(gate.admitted == ["", ""])
  }

  @Test func `a page that fails keeps the numbers of the pages before it`() async throws {
    let discovery = await discover(
      FixtureTransport([
        .init("page=1&", body: try Fixture.bytes("kapso-numbers-page-1.json")),
        .init("page=2&", status: 503, text: "<html>"),
      ])
    )
    #expect(discovery.targets.count == 2)
    #expect(discovery.failures.map(\.kind) == [.providerError])
    #expect(discovery.gap?.hasPrefix("List incomplete: a page could not be read") == true)
  }

  @Test(arguments: [
    (#"{"total_pages": 3}"#, "its pages repeat", 2),
    (#"{"total_pages": 1, "total_count": 2}"#, "only 1 of 2 entries came", 1),
    ("{}", "its pages repeat", 2),
  ])
  func `a list that is not whole says why and keeps what came`(
    meta: String,
    reason: String,
    requests: Int
  ) async throws {
    let page = #"{"data": [{"phone_number_id": "1"}], "meta": \#(meta)}"#
    let transport = FixtureTransport([.init("", text: page)])
    let discovery = await discover(transport)
    #expect(discovery.targets.map(\.id) == ["number/1"])
    #expect(discovery.gap == "List incomplete: \(reason) (Kapso's numbers, 1 read).")
    #expect(discovery.failures.isEmpty && transport.requests.count == requests)
  }

  @Test func `pages that shrink away are said`() async throws {
    let transport = FixtureTransport([
      .init("page=1&", text: #"{"data": [{"id": "1"}], "meta": {"total_pages": 3}}"#),
      .init("", text: #"{"data": [], "meta": {"total_pages": 3}}"#),
    ])
    let discovery = await discover(transport)
    #expect(discovery.gap?.contains("an empty page says that there is more") == true)
  }

  @Test func `a list that repeats itself ends`() async throws {
    let page = #"{"data": [{"phone_number_id": 123456789012345}], "meta": {}}"#
    let transport = FixtureTransport([.init("", text: page)])
    let discovery = await discover(transport)
    #expect(discovery.targets.map(\.id) == ["number/123456789012345"])
    #expect(transport.requests.count == 2)
  }

  @Test func `an empty project has no numbers and no fault`() async throws {
    let page = #"{"data": [], "meta": {"page": 1, "total_pages": 0}}"#
    let discovery = await discover(FixtureTransport([.init("", text: page)]))
    #expect(discovery.targets.isEmpty)
    #expect(discovery.failures.isEmpty)
  }

  @Test(
    arguments: [
      (401, #"{"error": "Invalid API key"}"#, ProviderError.Kind.credentialRejected),
      (200, #"{"numbers": "none"}"#, .unintelligible),
      (200, "{}", .unintelligible),
    ]
  )
  func `a list that cannot be read is a failure of the discovery`(
    status: Int,
    body: String,
    kind: ProviderError.Kind
  ) async throws {
    let discovery = await discover(FixtureTransport([.init("", status: status, text: body)]))
    #expect(discovery.targets.isEmpty)
    #expect(discovery.failures.map(\.kind) == [kind])
  }

  private func discover(
    _ transport: FixtureTransport,
    _ gate: OpenGate = OpenGate()
  ) async -> Discovery {
    await KapsoProvider.sample(transport, numbers: .allNumbers).discover(through: gate)
  }
}

extension KapsoProvider {
  static func sample(
    _ transport: FixtureTransport,
    numbers: SettingValue = .numbers([ConfiguredNumber(id: "123456789012345")])
  ) -> KapsoProvider {
    let settings = AccountSettings(
      name: "acme",
      values: ["api_key": .secret(Secret("kapso-demo-key-000")), "numbers": numbers]
    )
    return KapsoProvider(settings, transport)
  }
}
