import Health
import Providers
import Testing

struct GraphPhoneNumberTests {
  @Test(
    arguments: [
      (#"{"quality_score": {"score": "YELLOW"}, "quality_rating": "GREEN"}"#, "YELLOW"),
      (#"{"quality_score": {}, "quality_rating": "GREEN"}"#, "GREEN"),
      (#"{"quality_score": "RED"}"#, "RED"),
      (#"{"quality_score": null, "quality_rating": "NA"}"#, "NA"),
      (#"{"quality_rating": ""}"#, nil),
    ]
  )
  func `quality is the score where there is one`(body: String, expected: String?) throws {
    #expect(try facts(body).quality?.text == expected)
  }

  @Test(
    arguments: [
      (#"{"messaging_limit_tier": "TIER_1K"}"#, "TIER_1K", MessagingLimit.recipients(1000)),
      (
        #"{"messaging_limit_tier": "TIER_1K", "whatsapp_business_manager_messaging_limit": "TIER_10K"}"#,
        "TIER_10K", .recipients(10_000)
      ),
      (
        #"{"messaging_limit_tier": "TIER_1K", "whatsapp_business_manager_messaging_limit": "UNTIERED"}"#,
        "TIER_1K", .recipients(1000)
      ),
      (#"{"whatsapp_business_manager_messaging_limit": 10000}"#, "10000", .recipients(10_000)),
      (#"{"whatsapp_business_manager_messaging_limit": 1e4}"#, "10000", .recipients(10_000)),
      (#"{"whatsapp_business_manager_messaging_limit": "250"}"#, "250", .recipients(250)),
      (#"{"messaging_limit_tier": -1}"#, "-1", .notSet),
      (#"{"throughput_tier": "TIER_UNLIMITED"}"#, "TIER_UNLIMITED", .unlimited),
      (#"{"throughput": {"level": "TIER_2K"}}"#, "TIER_2K", .recipients(2000)),
      (#"{"messaging_limit_tier": "TIER_LOTS"}"#, "TIER_LOTS", .unrecognized("TIER_LOTS")),
    ]
  )
  func `a messaging limit is read under every name`(
    body: String,
    text: String,
    limit: MessagingLimit
  ) throws {
    let facts = try facts(body)
    #expect(facts.messagingLimit?.text == text)
    #expect(facts.messagingLimit?.value == limit)
    #expect(facts.throughput == nil)
  }

  @Test(
    arguments: [
      (#"{"throughput": {"level": "HIGH"}}"#, "HIGH"), (#"{"throughput": {}}"#, nil),
      (#"{"throughput": "STANDARD"}"#, "STANDARD"), (#"{"throughput_tier": "HIGH"}"#, "HIGH"),
    ]
  )
  func `throughput is a level`(body: String, expected: String?) throws {
    let facts = try facts(body)
    #expect(facts.throughput == expected)
    #expect(facts.messagingLimit == nil)
  }

  @Test func `the rest is in a fixed order and unknown fields come last`() throws {
    let facts = try facts(
      """
      {"zeta": 1, "certificate": "c", "access_token": "t", "alpha": true, "nested": {"a": 1},
       "webhook_configuration": {"application": "https://hooks.example.com", "verify_token": "t"},
       "is_pin_enabled": false, "platform_type": "CLOUD_API", "account_mode": "LIVE",
       "is_official_business_account": true, "status": "CONNECTED", "id": "1"}
      """
    )
    #expect(
      facts.others == [
        Fact("account_mode", "LIVE"), Fact("platform_type", "CLOUD_API"),
        Fact("is_official_business_account", "true"), Fact("is_pin_enabled", "false"),
        Fact("webhook_configuration.application", "https://hooks.example.com"),
        Fact("alpha", "true"), Fact("zeta", "1"),
      ]
    )
  }

  private func facts(_ body: String) throws -> PhoneNumberFacts {
    PhoneNumberFacts(graph: try JSON.parse(Array(body.utf8)))
  }

  @Test(arguments: [
    (#"{"application":""}"#, false), (#"{"application":null,"phone_number":" "}"#, false),
    (#"{"application":"https://x"}"#, nil),
    (#"{"application":"","phone_number":"https://x"}"#, nil),
    ("{}", nil), ("null", nil), (#""https://x""#, nil),
  ])
  func `a webhook without any callback fails its check`(
    configuration: String,
    passed: Bool?
  ) throws {
    let text = #"{"id":"1","status":"CONNECTED","webhook_configuration":\#(configuration)}"#
    let report = try #require(HealthReport(graphNode: try JSON.parse(Array(text.utf8))))
    #expect(report.checks.first?.passed == passed)
    #expect(Assessment(of: report).causes.contains { $0.kind == .webhook } == (passed == false))
  }
}
