import Health
import TestSupport
import Testing

@testable import Providers

struct GraphCompatibleTests {
  static let key = "partner-demo-key-000"

  /// One number asked once.
  static func read(
    _ transport: any HTTPTransport,
    id: String = "106540352242922",
    path: String? = nil,
    header: (String, String) = ("Authorization", "Bearer \(key)")
  ) async -> PollAnswer {
    let provider = provider(transport, id: id, path: path, header: header)
    let discovery = await provider.discover(through: OpenGate())
    guard let target = discovery.targets.first else { return PollAnswer() }
    return await provider.read(target, through: OpenGate())
  }

  static func provider(
    _ transport: any HTTPTransport,
    id: String = "106540352242922",
    path: String? = nil,
    header: (String, String) = ("Authorization", "Bearer \(key)")
  ) -> GraphCompatibleProvider {
    var values: [String: SettingValue] = [
      "header": .header(name: header.0, value: Secret(header.1)),
      "numbers": .numbers([ConfiguredNumber(id: id, label: "Desk")]),
    ]
    if let path { values["path"] = .text(path) }
    return GraphCompatibleProvider(
      settings: AccountSettings(
        name: "partner",
        baseURL: "https://graph.example.com/v24.0/",
        values: values
      ),
      transport: transport
    )
  }

  @Test(arguments: [
    (nil, "https://graph.example.com/v24.0/106540352242922?fields=id,"),
    (
      "/{node}?fields=health_status,verified_name",
      "https://graph.example.com/v24.0/106540352242922?fields=health_status,verified_name"
    ),
    ("numbers/{node}/health", "https://graph.example.com/v24.0/numbers/106540352242922/health"),
    ("/health", "https://graph.example.com/v24.0/health"),
  ])
  func `the path is the operator's`(path: String?, url: String) async throws {
    let transport = FixtureTransport([try .fixture("", "graph-healthy")])
    let answer = await Self.read(transport, path: path)
    #expect(answer.reports.count == 1)
    #expect(transport.urls.first?.hasPrefix(url) == true)
    #expect(answer.readings.first?.number.label == "Desk")
    #expect(answer.revealed.isEmpty)
  }

  @Test(arguments: [
    ("Authorization", "Bearer \(key)", "Bearer \(key)"),
    ("X-API-Key", " \(key)\n", key),
    ("Authorization", "Token token \(key)", "Token token \(key)"),
  ])
  func `the header is sent as it was given`(name: String, value: String, sent: String) async throws
  {
    let transport = FixtureTransport([try .fixture("", "graph-healthy")])
    _ = await Self.read(transport, header: (name, value))
    #expect(transport.requests.first?.headers == [HTTPHeader(name, sent)])
  }

  @Test func `an id cannot leave its place in the URL`() async throws {
    let transport = FixtureTransport([try .fixture("", "graph-healthy")])
    _ = await Self.read(transport, id: "../{fields}?a=b", path: "/{node}?fields={fields}")
    #expect(
      transport.urls.first?.hasPrefix(
        "https://graph.example.com/v24.0/..%2F%7Bfields%7D%3Fa%3Db?fields=id,"
      ) == true
    )
  }

  @Test(arguments: ["graph-healthy", "graph-limited", "graph-blocked", "meta-healthy"])
  func `health is found under data, at the root and by its name`(fixture: String) async throws {
    let answer = await Self.read(FixtureTransport([try .fixture("", fixture)]))
    let report = try #require(answer.reports.first)
    #expect(report.entities.count == 4)
    #expect(report.phoneNumberID == "106540352242922")
  }

  @Test func `a refused field is left out where the path takes fields`() async throws {
    let transport = FixtureTransport([
      try .fixture("messaging_limit", "meta-unknown-field", status: 400),
      try .fixture("", "graph-healthy"),
    ])
    let answer = await Self.read(transport)
    #expect(answer.reports.count == 1)
    #expect(transport.requests.count == 2)
  }

  @Test func `a path with its own fields is left alone`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-unknown-field", status: 400)])
    let answer = await Self.read(transport, path: "/{node}?fields=health_status")
    #expect(answer.failures == [.providerError])
    #expect(transport.requests.count == 1)
  }

  @Test(arguments: [
    // Graph's own envelope goes by its code, whatever the status.
    (400, #"{"error":{"message":"Expired","code":190}}"#, ProviderError.Kind.credentialRejected),
    (400, #"{"error":{"message":"x","code":100,"error_subcode":33}}"#, .numberRefused),
    (400, #"{"error":{"message":"x","code":4}}"#, .throttled(retryAfter: nil)),
    (200, #"{"error":{"message":"x","code":2}}"#, .providerError),
    (401, #"{"error":{"message":"x"}}"#, .credentialRejected),
    // Then the others, by their status.
    (
      401, #"{"meta":{"success":false,"developer_message":"Invalid api_key"}}"#, .credentialRejected
    ),
    (200, #"{"meta":{"success":false,"http_code":404}}"#, .numberRefused),
    (200, #"{"meta":{"developerMessage":"x","httpCode":429}}"#, .throttled(retryAfter: nil)),
    (404, #"{"code":"GW404","message":"No such channel","data":[]}"#, .numberRefused),
    (200, #"{"code":"GW500","message":"Broken"}"#, .providerError),
    (403, #"{"error":"Not yours"}"#, .numberRefused),
    (429, #"{"error":"Slow down"}"#, .throttled(retryAfter: nil)),
    (500, #"{"error":"Broken"}"#, .providerError),
    (200, #"{"error":"Broken"}"#, .providerError),
    (200, #"{"success":false}"#, .providerError),
    // Then nothing but the status.
    (401, "{}", .credentialRejected),
    (403, "no", .numberRefused),
    (429, "", .throttled(retryAfter: nil)),
    (502, "<html><title>Bad gateway</title>", .providerError),
    (302, "", .unintelligible),
    (200, "<html><title>Sign in</title>", .unintelligible),
    (200, #"{"id":"1","other":"x"}"#, .unintelligible),
  ])
  func `errors are found in every envelope`(
    status: Int,
    body: String,
    kind: ProviderError.Kind
  ) async throws {
    let answer = await Self.read(FixtureTransport([.init("", status: status, text: body)]))
    #expect(answer.failures == [kind])
    #expect(answer.readings.first?.httpStatus == status)
    #expect(answer.failure == nil)
  }

  @Test(arguments: [
    (
      #"{"code":"GW404","message":"No such channel"}"#, EntityError.Code.text("GW404"),
      "No such channel"
    ),
    (#"{"meta":{"developer_message":"Gone away"}}"#, nil, "Gone away"),
    (#"{"error":"Not yours"}"#, nil, "Not yours"),
  ])
  func `the provider's words and code are kept`(
    body: String,
    code: EntityError.Code?,
    words: String
  ) async throws {
    let answer = await Self.read(FixtureTransport([.init("", status: 404, text: body)]))
    guard case .failure(let error) = try #require(answer.readings.first).result else {
      Issue.record("no failure")
      return
    }
    #expect(error.code == code)
    #expect(error.message.contains(words))
    // The account's name is the operator's own word: the provider is called by its host.
    #expect(error.message.hasPrefix("graph.example.com "))
  }

  @Test func `health beside an error's keys is health`() async throws {
    let text = #"{"code":"OK","message":"fine","health_status":{"can_send_message":"AVAILABLE"}}"#
    let answer = await Self.read(FixtureTransport([.init("", text: text)]))
    #expect(answer.reports.count == 1)
  }

  @Test func `facts without health are unknown`() async throws {
    let answer = await Self.read(FixtureTransport([try .fixture("", "meta-without-health")]))
    let report = try #require(answer.reports.first)
    #expect(Verdict(of: report).word == .unknown)
    #expect(report.incomplete != nil)
  }

  @Test func `a key that is repeated without its first word is blotted out`() async throws {
    let text = #"{"error":"\#(Self.key) is not known"}"#
    let answer = await Self.read(FixtureTransport([.init("", status: 401, text: text)]))
    guard case .failure(let error) = try #require(answer.readings.first).result else {
      Issue.record("no failure")
      return
    }
    #expect(!error.message.contains(Self.key))
    #expect(error.message.contains("accounts.partner.header"))
  }
}
