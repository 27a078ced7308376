import Foundation
import Health
import Polling
import Providers
import TestSupport
import Testing

/// One business account's id among forty ids of phone numbers, which Graph refuses one field at a time.
struct MisplacedNodeTests {
  private static let waba = "700000000000110"
  private static let numbers = (1_101...1_140).map { "70000000000\($0)" }
  private static let business = "700000000000120"

  /// Even ids have a bad quality, odd ones are banned.
  private static func number(_ id: String, _ fields: [String]) -> String {
    let isBanned = Int(id.suffix(1)).map { $0 % 2 == 1 } ?? false
    let entities = [("PHONE_NUMBER", id), ("WABA", waba), ("BUSINESS", business), ("APP", "130")]
      .map { #"{"entity_type":"\#($0)","id":"\#($1)","can_send_message":"AVAILABLE"}"# }
      .joined(separator: ",")
    let members = [
      "display_phone_number": #""+44 7700 900\#(id.suffix(3))""#,
      "verified_name": #""Shop \#(id.suffix(3))""#,
      "status": isBanned ? #""BANNED""# : #""CONNECTED""#,
      "quality_score": #"{"score":"\#(isBanned ? "GREEN" : "RED")"}"#,
      "whatsapp_business_manager_messaging_limit": #""TIER_1K""#,
      "health_status": #"{"can_send_message":"AVAILABLE","entities":[\#(entities)]}"#,
    ]
    let sent = fields.compactMap { name in members[name].map { #""\#(name)":\#($0)"# } }
    return "{" + ([#""id":"\#(id)""#] + sent).joined(separator: ",") + "}"
  }

  private static func transport() -> ScriptedTransport {
    ScriptedTransport { request, _ in
      guard let url = URLComponents(string: request.url) else { return .init("", text: "{}") }
      let fields =
        url.queryItems?.first { $0.name == "fields" }?.value?
        .split(separator: ",").map(String.init) ?? []
      let id = url.path.split(separator: "/").last.map(String.init) ?? ""
      if numbers.contains(id) { return .init("", text: number(id, fields)) }
      guard id == waba else { return .init("", text: #"{"data":[{"id":"1"}]}"#) }
      let known: Set<String> = ["id", "status", "health_status", "name"]
      guard let refused = fields.first(where: { !known.contains($0) }),
        !fields.contains("account_review_status")
      else { return .init("", text: #"{"id":"\#(waba)","status":"ACTIVE","name":"WABA"}"#) }
      return .init(
        "",
        status: 400,
        text: """
          {"error":{"message":"(#100) Tried accessing nonexisting field (\(refused)) on node type \
          (WhatsAppBusinessAccount)","type":"OAuthException","code":100,"fbtrace_id":"Ax1"}}
          """
      )
    }
  }

  /// The wrong one at several places, since the first ones are asked together.
  private static func configured(_ place: Int) -> [ConfiguredNumber] {
    var ids = numbers
    ids.insert(waba, at: place)
    return ids.map { ConfiguredNumber(id: $0) }
  }

  private static func provider(
    _ name: String,
    _ place: Int,
    _ transport: ScriptedTransport
  ) -> (any HealthProvider)? {
    let settings = AccountSettings(
      name: "acme",
      baseURL: "https://graph.example.com",
      requestsPerMinute: .unlimited,
      values: [
        "access_token": .secret(Secret("demo-token-0000000")),
        "header": .header(name: "Authorization", value: Secret("Bearer demo-token-0000000")),
        "numbers": .numbers(configured(place)),
      ]
    )
    return ProviderCatalog.provider(named: name)?.make(settings, transport)
  }

  private static func expectOnlyTheWrongOneIsBad(_ scene: PollingScene) {
    for id in numbers {
      let readings = scene.observer.readings(of: id)
      #expect(!readings.isEmpty)
      for reading in readings {
        let facts = reading.report?.facts
        #expect(facts?.quality?.text == (facts?.status?.text == "BANNED" ? "GREEN" : "RED"))
        #expect(facts?.displayNumber != nil && facts?.verifiedName != nil)
        #expect(facts?.messagingLimit?.text == "TIER_1K")
        let assessment = reading.report.map { Assessment(of: $0) }
        let isBanned = facts?.status?.value == .banned
        #expect(assessment?.severity == (isBanned ? .critical : .warning))
      }
    }
    let wrong = scene.observer.readings(of: waba)
    #expect(!wrong.isEmpty)
    for reading in wrong {
      #expect(reading.failure?.kind == .numberRefused)
      #expect(reading.failure?.whoActs == .you)
      #expect(
        reading.failure?.message.contains("a business account's id: put it under wabas") == true
      )
    }
  }

  @Test(arguments: ["meta", "graph"], [0, 1, 20, 40])
  func `a sweep loses no fact of the others`(provider: String, place: Int) throws {
    let scene = PollingScene()
    let transport = Self.transport()
    let provider = try #require(Self.provider(provider, place, transport))
    let sweep = scene.sweep(of: [provider], includesTemplates: true)
    #expect(scene.run(sweep) != nil)
    Self.expectOnlyTheWrongOneIsBad(scene)
    let asked = transport.urls.filter { $0.contains("/\(Self.waba)?fields=id,display") }
    #expect(asked.count == 1)
  }

  @Test(arguments: ["meta", "graph"], [0, 1, 20, 40])
  func `ten refreshes lose no fact of the others`(provider: String, place: Int) throws {
    let scene = PollingScene()
    let provider = try #require(Self.provider(provider, place, Self.transport()))
    scene.refresh(provider, for: .seconds(600))
    #expect(scene.observer.readings(of: Self.numbers[0]).count >= 10)
    Self.expectOnlyTheWrongOneIsBad(scene)
  }
}
