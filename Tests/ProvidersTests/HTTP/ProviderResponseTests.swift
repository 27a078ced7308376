import Health
import Providers
import TestSupport
import Testing

struct ProviderResponseTests {
  @Test(
    arguments: [
      (200, "", "Acme answered 200 without a body."),
      (204, "", "Acme answered 204 without a body."),
      (200, "  \n", "Acme answered 200 without a body."),
      (200, "null", "Acme answered 200 without content (null)."),
      (200, "{ }", "Acme answered 200 without content ({ })."),
      (200, "[]", "Acme answered 200 without content ([])."),
      (200, "<html><title> Sign\n in </title>", "Acme answered 200 with a web page: \"Sign in\"."),
      (200, "\n<p>hello", "Acme answered 200 with a web page."),
      (200, "upstream ok", "Acme answered 200 without JSON (byte 0): \"upstream ok\"."),
      (200, #"{"a": "#, "The answer of Acme is cut off after 6 bytes: \"{\"a\":\"."),
      (302, "", "Acme redirects elsewhere (302)."),
    ]
  )
  func `what holds nothing says what it looks like`(
    status: Int,
    body: String,
    message: String
  ) throws {
    let failure = #expect(throws: ProviderError.self) { try response(status, body).content() }
    #expect(failure?.kind == .unintelligible)
    #expect(failure?.message == message)
    #expect(failure?.httpStatus == status)
  }

  @Test(
    arguments: [
      (401, ProviderError.Kind.credentialRejected), (403, .numberRefused), (404, .numberRefused),
      (408, .timedOut), (429, .throttled(retryAfter: nil)), (400, .providerError),
      (418, .providerError), (500, .providerError), (599, .providerError),
    ]
  )
  func `without an envelope the status decides`(status: Int, kind: ProviderError.Kind) throws {
    let failure = #expect(throws: ProviderError.self) { try response(status, "no").content() }
    #expect(failure?.kind == kind)
    #expect(failure?.message.contains("\"no\"") == true)
  }

  @Test(arguments: [400, 401, 403, 404])
  func `a web page of a gateway is not about the key or the number`(status: Int) throws {
    let failure = #expect(throws: ProviderError.self) {
      try response(status, "<html><title>Request blocked</title>").content()
    }
    #expect(failure?.kind == .providerError)
    #expect(failure?.message == "Acme answered \(status): \"Request blocked\".")
  }

  @Test(arguments: ["text/html; charset=utf-8", "text/plain", "application/octet-stream"])
  func `JSON is read under any content type`(type: String) throws {
    let body = [0xEF, 0xBB, 0xBF] + Array(#"{"a": 1}"#.utf8)
    let headers = [HTTPHeader("content-type", type)]
    let answer = HTTPAnswer(status: 200, head: HTTPHead(headers: headers), body: body)
    #expect(try ProviderResponse(answer, of: "Acme").content()["a"]?.int == 1)
  }

  @Test func `text of a page without a leading bracket is a page by its content type`() throws {
    let headers = [HTTPHeader("Content-Type", "text/html")]
    let answer = HTTPAnswer(
      status: 200,
      head: HTTPHead(headers: headers),
      body: Array("Sign in".utf8)
    )
    #expect(ProviderResponse(answer, of: "Acme").isHTML)
  }

  @Test func `control and bidi characters never reach a message, nor does a book`() throws {
    let body = "\u{1B}[31mred\u{202E}\u{0}" + String(repeating: "x", count: 5_000)
    let failure = #expect(throws: ProviderError.self) { try response(500, body).content() }
    let message = try #require(failure?.message)
    #expect(message.hasPrefix("Acme failed (500): \"[31mred xxx"))
    #expect(message.count < 300)
  }

  private func response(_ status: Int, _ body: String) -> ProviderResponse {
    ProviderResponse(HTTPAnswer(status: status, body: Array(body.utf8)), of: "Acme")
  }
}

struct ProviderExchangeTests {
  @Test(arguments: ["", "  ", "abc\r\nX-Admin: 1", "sch\u{F6}n", "a\u{0}b"])
  func `a key that no header can hold is never sent`(secret: String) async throws {
    let transport = FixtureTransport([.init("", text: "{}")])
    let failure = await #expect(throws: ProviderError.self) {
      try await get(transport, secret: secret)
    }
    #expect(failure?.kind == .credentialRejected)
    #expect(failure?.message.contains("accounts.acme.api_key") == true)
    #expect(failure?.message.contains("X-Admin") == false)
    #expect(transport.requests.isEmpty)
  }

  @Test func `what pasting adds around a key is left out`() async throws {
    let transport = FixtureTransport([.init("", text: "{}")])
    _ = try await get(transport, secret: "\u{FEFF} demo-key-000\n")
    #expect(transport.requests[0].headers == [HTTPHeader("X-Key", "Bearer demo-key-000")])
    #expect(transport.urls == ["https://api.example.com/path"])
  }

  @Test func `a key in a body is blotted out before anybody reads it`() async throws {
    let body = #"{"a": "demo-key-000", "b": "xdemo-key-000demo-key-000", "c": "demo-key-00"}"#
    let transport = FixtureTransport([.init("", text: body)])
    let answer = try await get(transport, secret: "demo-key-000").answer
    #expect(
      String(decoding: answer.body, as: UTF8.self)
        == #"{"a": "•••", "b": "x••••••", "c": "demo-key-00"}"#
    )
  }

  @Test func `only what the headers say reaches the gate`() async throws {
    let gate = OpenGate()
    _ = try await get(FixtureTransport([.init("", text: "{}")]), gate: gate)
    #expect(gate.signals.isEmpty)
    let headers = [HTTPHeader("X-RateLimit-Remaining", "7")]
    _ = try await get(FixtureTransport([.init("", headers: headers, text: "{}")]), gate: gate)
    #expect(gate.signals == [RateSignal(remaining: 7)])
  }

  private func get(
    _ transport: FixtureTransport,
    secret: String = "demo-key-000",
    gate: OpenGate = OpenGate()
  ) async throws -> ProviderResponse {
    let exchange = ProviderExchange(
      provider: "Acme",
      settings: AccountSettings(name: "acme"),
      standardBaseURL: "https://api.example.com//",
      transport: transport
    )
    let key = KeyHeader("X-Key", prefix: "Bearer ", Secret(secret), place: "accounts.acme.api_key")
    return try await exchange.get("/path", key: key, credential: "", through: gate)
  }
}
