import Health
import Providers
import TestSupport
import Testing

struct MetaGraphTemplateTests {
  static let target = "templates/\(MetaAccount.waba)"
  static let list = "/\(MetaAccount.waba)/message_templates?"

  static func templates(_ answer: PollAnswer) throws -> [MessageTemplate] {
    let list = try #require(answer.templates.first)
    #expect(list.waba == MetaAccount.waba)
    return try list.templates.get()
  }

  @Test func `templates come page by page, and those not approved with their health`() async throws
  {
    let transport = FixtureTransport([
      try .fixture("after=MjQZD", "meta-templates-page-2"),
      try .fixture(Self.list, "meta-templates-page-1"),
      try .fixture("", "meta-template-health"),
    ])
    let account = MetaAccount(transport)
    let templates = try Self.templates(await account.read(Self.target))
    #expect(templates.map(\.name) == ["order_shipped", "summer_sale", "summer_sale"])
    #expect(templates.map(\.language) == ["en_US", "en_US", "de"])
    #expect(templates.map(\.status.value) == [.approved, .paused, .rejected])
    #expect(templates.map(\.quality?.value) == [.green, .red, .unrated])
    #expect(templates.map(\.rejectedReason) == ["NONE", "NONE", "PROMOTIONAL"])
    #expect(templates.map { $0.health != nil } == [false, true, true])
    #expect(templates[2].health?.errors.first?.code == .number(141_002))
    // The list by its cursor, then the worst template first.
    #expect(
      transport.urls.map { $0.split(separator: "/").last.map(String.init) } == [
        "message_templates?fields=\(Self.fields)&limit=100",
        "message_templates?fields=\(Self.fields)&limit=100&after=MjQZD",
        "1407680676729943?fields=health_status",
        "1407680676729942?fields=health_status",
      ]
    )
    #expect(account.gate.admitted.count == 4)
  }

  static let fields = "id,name,language,status,category,quality_score,rejected_reason"

  /// A list of so many templates, of which the first is approved.
  static func list(_ count: Int, status: String = "PAUSED") -> FixtureTransport.Route {
    let items = (0..<count).map { index in
      #"{"id":\#(1000 + index),"name":"t\#(index)","status":"\#(index == 0 ? "APPROVED" : status)"}"#
    }
    return .init(Self.list, text: #"{"data":[\#(items.joined(separator: ","))]}"#)
  }

  @Test func `only the worst are asked for their health`() async throws {
    let transport = FixtureTransport([Self.list(80), try .fixture("", "meta-template-health")])
    let templates = try Self.templates(await MetaAccount(transport).read(Self.target))
    #expect(templates.count == 80)
    #expect(templates.count { $0.health != nil } == 25)
    #expect(transport.requests.count == 26)
  }

  @Test func `a template whose health is refused is a template all the same`() async throws {
    let transport = FixtureTransport([
      Self.list(4), try .fixture("", "meta-health-refused", status: 400),
    ])
    let account = MetaAccount(transport)
    let templates = try Self.templates(await account.read(Self.target))
    #expect(templates.count == 4 && templates.allSatisfy { $0.health == nil })
    #expect(transport.requests.count == 4)
    _ = await account.read(Self.target)
    #expect(transport.requests.count == 5, "what was refused is not asked again")
  }

  @Test func `a limit ends the asking and keeps the list`() async throws {
    let transport = FixtureTransport([
      Self.list(20), try .fixture("", "meta-rate-limit", status: 400),
    ])
    let answer = await MetaAccount(transport).read(Self.target)
    #expect(try Self.templates(answer).count == 20)
    #expect(transport.requests.count == 2)
    #expect(answer.failure == nil)
  }

  @Test(arguments: [
    ("meta-permission", 403, ProviderError.Kind.numberRefused, false),
    ("meta-refused-token", 400, .credentialRejected, true),
    ("meta-outage", 503, .providerError, true),
  ])
  func `a list that can't be read says why`(
    fixture: String,
    status: Int,
    kind: ProviderError.Kind,
    isFailedPoll: Bool
  ) async throws {
    let transport = FixtureTransport([try .fixture("", fixture, status: status)])
    let answer = await MetaAccount(transport).read(Self.target)
    guard case .failure(let error) = try #require(answer.templates.first).templates else {
      Issue.record("no failure")
      return
    }
    #expect(error.kind == kind)
    #expect((answer.failure != nil) == isFailedPoll)
  }

  @Test func `a part of a list is not the list`() async throws {
    let transport = FixtureTransport([
      try .fixture("after=", "meta-outage", status: 503),
      try .fixture("", "meta-templates-page-1"),
    ])
    let answer = await MetaAccount(transport).read(Self.target)
    #expect(answer.failure?.kind == .providerError)
    #expect(throws: ProviderError.self) { try Self.templates(answer) }
  }

  @Test func `odd rows are kept as far as they say who they are`() async throws {
    let text = """
      {"data":[{"name":"no_id","language":"en","status":"Paused"},{},{"id":"5","status":"TOMORROW"},
      {"id":"6","name":"x","language":{"code":"pt_BR"},"status":null,"quality_score":"RED"}]}
      """
    let transport = FixtureTransport([.init(Self.list, text: text), .init("", text: "{}")])
    let templates = try Self.templates(await MetaAccount(transport).read(Self.target))
    #expect(templates.map(\.id) == ["no_id/en", "5", "6"])
    #expect(templates.map(\.name) == ["no_id", "5", "x"])
    #expect(
      templates.map(\.status.value) == [.paused, .unrecognized("TOMORROW"), .unrecognized("")]
    )
    #expect(templates[2].language == "pt_BR")
    #expect(templates[2].quality?.value == .red)
    #expect(transport.urls.dropFirst().allSatisfy { !$0.contains("no_id") })
  }
}
