import Health
import TestSupport
import Testing

@testable import Providers

/// An id that stands in the wrong list of the configuration, or is none at all.
struct MisplacedIDTests {
  static func refusal(_ field: String, on type: String) -> FixtureTransport.Route {
    .init(
      "",
      status: 400,
      text: """
        {"error":{"message":"(#100) Tried accessing nonexisting field (\(field)) on node type \
        (\(type))","type":"OAuthException","code":100,"fbtrace_id":"Ax1"}}
        """
    )
  }

  @Test(arguments: [
    ("WhatsAppBusinessAccount", "this is a business account's id: put it under wabas."),
    ("Business", "this is a business portfolio's id: put it under businesses."),
    ("WhatsAppMessageTemplate", "a message template's id: remove it from accounts.direct.numbers."),
    ("Application", "this is an app's id: remove it from accounts.direct.numbers."),
  ])
  func `an id of another kind under numbers is said after one request`(
    type: String,
    words: String
  ) async throws {
    let transport = FixtureTransport([Self.refusal("display_phone_number", on: type)])
    let answer = await MetaAccount(transport).read("number/1", numbers: ["1"])
    let error = try #require(answer.errors.first)
    #expect(error.kind == .numberRefused && error.whoActs == .you && error.code == .number(100))
    #expect(error.message.hasSuffix("\(words) Trace Ax1."))
    #expect(transport.requests.count == 1)
  }

  @Test(arguments: ["WhatsAppBusinessPhoneNumber", "WhatsAppNewKindOfNumber"])
  func `a number's own type, and one that nobody knows yet, only lack the field`(
    type: String
  ) async throws {
    let healthy = try Fixture.bytes("meta-healthy.json")
    let transport = ScriptedTransport { _, earlier in
      earlier.isEmpty ? Self.refusal("is_pin_enabled", on: type) : .init("", body: healthy)
    }
    let answer = await MetaAccount(transport).read("number/1", numbers: ["1"])
    #expect(answer.reports.count == 1)
  }

  @Test func `a number's id under wabas belongs under numbers`() async throws {
    let transport = FixtureTransport([
      Self.refusal("phone_numbers", on: "WhatsAppBusinessPhoneNumber")
    ])
    let answer = await MetaAccount(transport).read("waba/1")
    #expect(answer.failure?.kind == .numberRefused)
    #expect(
      answer.failure?.message == """
        Meta has no business account 1 (100): this is a phone number's id: put it under numbers. \
        Trace Ax1.
        """
    )
    let facts = await MetaAccount(transport).read("waba-facts/1")
    #expect(facts.entities.first?.facts.first?.value.contains("put it under numbers") == true)
  }

  @Test func `a business account's id under businesses belongs under wabas`() async throws {
    let transport = FixtureTransport([
      Self.refusal("owned_whatsapp_business_accounts", on: "WhatsAppBusinessAccount")
    ])
    let discovery = await MetaAccount(transport, businesses: ["1"]).discover()
    #expect(discovery.failures.first?.message.contains("put it under wabas.") == true)
  }

  @Test func `a field that the rows of a list lack says nothing of the list's owner`() async throws
  {
    let page = MetaGraphEdgeTests.page(0..<2)
    let transport = ScriptedTransport { _, earlier in
      earlier.isEmpty
        ? Self.refusal("is_pin_enabled", on: "WhatsAppBusinessPhoneNumber") : .init("", text: page)
    }
    let answer = await MetaAccount(transport).read("waba/1")
    #expect(answer.reports.count == 2 && answer.isWhole)
  }

  @Test(arguments: ["WABA", "BUSINESS"])
  func `an answer that is all about another entity is no number's`(type: String) async throws {
    let text = """
      {"id":"7","name":"Shop","health_status":{"can_send_message":"AVAILABLE","entities":[\
      {"entity_type":"\(type)","id":"7","can_send_message":"AVAILABLE"}]}}
      """
    let answer = await MetaAccount(FixtureTransport([.init("", text: text)]))
      .read("number/7", numbers: ["7"])
    #expect(answer.failures == [.numberRefused])
    #expect(answer.errors.first?.message.contains("portfolio's id") == (type == "BUSINESS"))
  }

  @Test func `a number without a PHONE_NUMBER entity stays a number`() async throws {
    let text = """
      {"id":"7","health_status":{"can_send_message":"AVAILABLE","entities":[\
      {"entity_type":"WABA","id":"8","can_send_message":"AVAILABLE"}]}}
      """
    let answer = await MetaAccount(FixtureTransport([.init("", text: text)]))
      .read("number/7", numbers: ["7"])
    #expect(answer.reports.count == 1)
  }

  @Test(arguments: ["447700900132", "+44 7700 900132", "+447700900132", "(555) 123-4567"])
  func `a telephone number in place of an id is said to be one`(text: String) async throws {
    let transport = FixtureTransport([
      .init(
        "",
        status: 400,
        text: """
          {"error":{"message":"Unsupported get request. Object with ID '\(text)' does not exist",\
          "code":100,"error_subcode":33,"fbtrace_id":"AxPub22"}}
          """
      )
    ])
    let answer = await MetaAccount(transport).read("number/\(text)", numbers: [text])
    let error = try #require(answer.errors.first)
    #expect(error.kind == .numberRefused && error.whoActs == .you)
    #expect(error.message.contains("This looks like a telephone number"))
  }

  @Test(arguments: ["106540352242922", "700000000000302", "12345", "shop-7"])
  func `an id is no telephone number`(text: String) {
    #expect(!GraphSubject.isLikelyTelephoneNumber(text))
  }
}

extension PollAnswer {
  var errors: [ProviderError] { readings.compactMap(\.failure) }
}
