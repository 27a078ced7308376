import Foundation
import Health
import TestSupport
import Testing

@testable import Providers

/// A key that a provider repeats, in every way in which it may write it down.
struct KeyHidingTests {
  static let key = "SECRET/KEY+echo%0123456789=="

  /// A key as an answer may say it; each makes valid JSON inside a string.
  enum Form: CaseIterable, Sendable {
    case plain, slashes, unicode, allUnicode, shortHexadecimal, percent, lowerPercent, allPercent
    case entities, base64, userAndKey, urlBase64, escapedBase64, hexadecimal, upperHexadecimal
    case twicePercent, twiceBase64, percentInBase64, base64InPercent, jsonInJSON, tripleJSON
    case percentOfEscapes, glued, nullInside, unseenInside, controlInside, withoutEnd

    var text: String {
      let key = KeyHidingTests.key
      return switch self {
      case .plain: key
      case .slashes: key.replacing("/", with: #"\/"#)
      case .unicode: #"\u0053"# + key.dropFirst()
      case .allUnicode: key.utf8.map { #"\u00"# + String($0, radix: 16) }.joined()
      case .shortHexadecimal: #"\\x53"# + key.dropFirst()
      case .percent: key.urlEscaped
      case .lowerPercent: key.urlEscaped.replacing(/%../) { $0.0.lowercased() }
      case .allPercent: Self.percent(key)
      case .entities: key.replacing("/", with: "&#x2F;").replacing("+", with: "&#43;")
      case .base64: Self.base64(key)
      case .userAndKey: "Basic " + Self.base64("user:" + key)
      case .urlBase64: Self.base64("u:" + key).replacing("+", with: "-").replacing("/", with: "_")
      case .escapedBase64: Self.base64("ab:" + key).replacing("/", with: #"\/"#)
      case .hexadecimal: Self.hexadecimal(key)
      case .upperHexadecimal: Self.hexadecimal(key).uppercased()
      case .twicePercent: Self.percent(Self.percent(key))
      case .twiceBase64: Self.base64("x" + Self.base64("user:" + key))
      case .percentInBase64: Self.base64(key.urlEscaped)
      case .base64InPercent: Self.percent(Self.base64(key))
      case .jsonInJSON: key.replacing("/", with: #"\\\/"#)
      case .tripleJSON: #"\\u0053"# + key.dropFirst()
      case .percentOfEscapes: key.replacing("/", with: #"\/"#).urlEscaped
      case .nullInside: key.prefix(9) + #"\u0000"# + key.dropFirst(9)
      case .unseenInside: key.prefix(9) + "\u{200B}" + key.dropFirst(9)
      case .controlInside:
        key.prefix(9) + #"\n"# + key.dropFirst(9).prefix(4) + #"\u001b"# + key.dropFirst(13)
      case .withoutEnd: String(key.dropLast(2))
      case .glued: "x" + Self.base64("user:" + key)
      }
    }

    private static func base64(_ text: String) -> String {
      Data(text.utf8).base64EncodedString()
    }

    private static func percent(_ text: String) -> String {
      text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func hexadecimal(_ text: String) -> String {
      text.utf8.map { String($0, radix: 16) }.joined()
    }
  }

  /// What is shown of an answer with everything in it.
  private static func dump(_ answer: NumberAnswer) -> String {
    var text = String(decoding: answer.raw ?? [], as: UTF8.self)
    switch answer.result {
    case .failure(let error): text += error.message
    case .success(let report):
      dumpValues(report.facts.others, to: &text)
      dumpValues(report.facts.verifiedName as Any, to: &text)
      for entity in report.entities {
        dumpValues((entity.additionalInfo, entity.errors), to: &text)
      }
    }
    return text
  }

  private static func dumpValues(_ value: Any, to text: inout String) {
    Swift.dump(value, to: &text)
  }

  static func hidden(_ text: String, _ key: String = key) -> String {
    String(decoding: KeyHiding([key]).hiding(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: Form.allCases)
  func `whatever its form, nothing is left of it and all else stays`(form: Form) throws {
    let body =
      #"{"error": {"message": "bad key \#(form.text), sorry", "code": 190}, "\#(form.text)": 1}"#
    let clean = Self.hidden(body)
    #expect(!clean.contains(form.text))
    #expect(clean.contains("•••, sorry\", \"code\": 190}"), "\(clean)")
    let json = try JSON.parse(Array(clean.utf8))
    #expect(json["error"]?["message"]?.text?.hasPrefix("bad key ") == true)
  }

  @Test(arguments: ["demo", "abc"])
  func `a very short key is not looked for`(key: String) {
    #expect(Self.hidden("a \(key) b", key) == "a \(key) b")
  }

  @Test(arguments: [
    "", "{}", #"{"a":"SECRET/KEY+echo"}"#, "100%", #"\"#, #"\u00"#, "&", "&#;",
    "&#99999999;",
    #"{"u":"https:\/\/business.facebook.com\/wa\/manage\/phone-numbers\/?waba_id=102290129340398"}"#,
    "whatsapp_business_manager_messaging_limit_and_some_more_of_it",
  ])
  func `what is not the key stays as it came`(text: String) {
    #expect(Self.hidden(text) == text)
  }

  @Test func `several keys are hidden side by side, and overlaps once`() {
    let hiding = KeyHiding(["first-key-000", "key-000-second"])
    let clean = hiding.hiding(Array("a first-key-000-second b key-000-second c".utf8))
    #expect(String(decoding: clean, as: UTF8.self) == "a ••• b ••• c")
  }

  @Test func `a hostile body costs little`() {
    let layers = (0..<8).reduce(Data(repeating: 0x41, count: 5_000)) { data, _ in
      data.base64EncodedData()
    }
    let body = Array(layers.prefix(HTTPRequest.largestBody))
    let percents = Array(repeating: Array("%2525".utf8), count: 5_000).flatMap(\.self)
    let clock = ContinuousClock()
    let time = clock.measure {
      _ = KeyHiding([Self.key]).hiding(body)
      _ = KeyHiding([Self.key]).hiding(percents)
    }
    #expect(time < .seconds(20))
  }

  /// A provider's answer about one number, with the key in a place of its own.
  static func answer(_ body: String, status: Int) async -> NumberAnswer? {
    let settings = AccountSettings(
      name: "acme",
      baseURL: "https://graph.example.com",
      values: [
        "header": .header(name: "Authorization", value: Secret("Bearer \(key)")),
        "numbers": .numbers([ConfiguredNumber(id: "1")]),
      ]
    )
    let transport = FixtureTransport([.init("", status: status, text: body)])
    let provider = GraphCompatibleProvider(settings: settings, transport: transport)
    let target = PollTarget(
      id: "number/1",
      purpose: .health,
      numbers: [PhoneNumber(account: "acme", provider: "graph", target: "1")]
    )
    return await provider.read(target, through: OpenGate()).readings.first
  }

  @Test(arguments: Form.allCases)
  func `messages, facts, texts and the raw answer are without it`(form: Form) async throws {
    let error = #"{"error":{"message":"Invalid token \#(form.text)","code":190}}"#
    let refused = try #require(await Self.answer(error, status: 401))
    let health = """
      {"id":"1","verified_name":"\(form.text)","unknown_fact":"\(form.text)","webhook_configuration":\
      {"application":"https://example.com/?k=\(form.text)"},"health_status":{"can_send_message":\
      "LIMITED","entities":[{"entity_type":"PHONE_NUMBER","id":"1","can_send_message":"LIMITED",\
      "additional_info":["\(form.text)"],"errors":[{"error_code":1,"error_description":"\(form.text)",\
      "possible_solution":"\(form.text)"}]}]}}
      """
    let answered = try #require(await Self.answer(health, status: 200))
    for answer in [refused, answered] {
      let shown =
        String(reflecting: answer.result) + String(decoding: answer.raw ?? [], as: UTF8.self)
      #expect(!shown.contains(Self.key) && !shown.contains(form.text))
      #expect(shown.contains("•••"))
    }
  }
}

struct AnswersOwnSecretsTests {
  @Test(arguments: [
    (#"{"a": {"token": "abc", "b": 1}}"#, "a: token: •••, b: 1"),
    (#"{"pin": 123456, "x_pin": "1", "pinned": true}"#, "pin: •••, x_pin: •••, pinned: true"),
    (#"{"Authorization": "Basic abc", "apiKey": "k"}"#, "Authorization: •••, apiKey: •••"),
    (#"{"bearerToken": ["a", "b"]}"#, "bearerToken: •••"),
    (#"["access_token=abc&x=1"]"#, "access_token=•••&x=1"),
  ])
  func `a summary leaves secrets out`(text: String, summary: String) throws {
    #expect(try JSON.parse(Array(text.utf8)).summary == summary)
  }

  @Test func `a gateway's text and Kapso's details keep their secrets to themselves`() async throws
  {
    let body = #"""
      {"status":"degraded","checks":{"webhook_verified":{"passed":false,"message":"use api_key=abc",
      "details":{"verify_token":"abcdef","url":"https://x/?token=abcdef&y=1"}}}}
      """#
    let transport = FixtureTransport([.init("", text: body)])
    let provider = KapsoProvider.sample(transport)
    let discovery = await provider.discover(through: OpenGate())
    let target = try #require(discovery.targets.first)
    let reading = await provider.read(target, through: OpenGate()).readings.first
    let check = try #require(try reading?.result.get().checks.first)
    #expect(check.message == "use api_key=•••")
    #expect(
      check.details == [Fact("verify_token", "•••"), Fact("url", "https://x/?token=•••&y=1")]
    )
  }
}
