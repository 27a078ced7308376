import Health
import TestSupport
import Testing

@testable import Providers

/// Names and states of WABAs and businesses.
struct MetaGraphFactsTests {
  static let waba = "waba-facts/\(MetaAccount.waba)"
  static let business = "business-facts/\(MetaAccount.business)"
  static let wabaReference = EntityReference(type: .waba, id: MetaAccount.waba)
  static let businessReference = EntityReference(type: .business, id: MetaAccount.business)

  @Test func `a WABA has a name, facts and a business`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-waba")])
    let account = MetaAccount(transport, wabas: [MetaAccount.waba])
    _ = await account.discover()
    let answer = await account.read(Self.waba)
    #expect(answer.entities.map(\.reference) == [Self.wabaReference, Self.businessReference])
    #expect(answer.entities.map(\.name) == ["Example Stores", "Example Holding"])
    #expect(answer.entities.map(\.state) == [nil, nil])
    let facts = try #require(answer.entities.first)
    #expect(facts.parent == Self.businessReference)
    #expect(
      facts.facts.prefix(3) == [
        Fact("status", "ACTIVE"), Fact("account_review_status", "APPROVED"),
        Fact("business_verification_status", "verified"),
      ]
    )
    #expect(answer.revealed.map(\.id) == [Self.business])
    #expect(await account.read(Self.waba).revealed.isEmpty)
    #expect(transport.urls.allSatisfy { !$0.contains("primary_funding_id") })
  }

  @Test func `a rejected WABA warns, and so does its unverified business`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-waba-rejected")])
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(answer.entities.map(\.state) == [.warning, .warning])
  }

  /// What the WABA's node says of itself with one field, and what that is for its numbers.
  @Test(arguments: [
    ("status", "ACTIVE", nil), ("status", "BANNED", HealthState.critical),
    ("status", " disabled ", .critical), ("status", "RESTRICTED", .warning),
    ("status", "FLAGGED", .warning), ("status", "tomorrow", nil),
    ("account_review_status", "APPROVED", nil), ("account_review_status", "PENDING", nil),
    ("account_review_status", "DEFERRED", nil), ("account_review_status", "rejected", .warning),
    ("business_verification_status", "failed", .warning),
    ("business_verification_status", "verified", nil),
  ])
  func `a word of a WABA weighs as promised`(
    field: String,
    word: String,
    state: HealthState?
  ) async throws {
    let body = #"{"id": "\#(MetaAccount.waba)", "\#(field)": "\#(word)"}"#
    let answer = await MetaAccount(FixtureTransport([.init("", text: body)])).read(Self.waba)
    #expect(answer.entities.map(\.state) == [state])
  }

  /// Bans and restrictions are not asked for, and read where they come.
  @Test(arguments: [
    (#""ban_state": "DISABLE""#, HealthState.critical as HealthState?),
    (#""waba_ban_state": "SCHEDULE_FOR_DISABLE""#, .warning),
    (#""ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "April 17, 2026"}"#, .critical),
    (#""ban_info": {"waba_ban_state": "REINSTATE"}"#, nil), (#""ban_info": null"#, nil),
    (
      #""restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}]"#,
      .warning
    ),
    (#""restriction_info": [{"restriction_type": "X", "expiration": 4102444800}]"#, .warning),
    (#""restriction_info": [{"restriction_type": "X", "expiration": 1641330498}]"#, nil),
    (#""restriction_info": [{"restriction_type": "X", "expiration": 1e300}]"#, .warning),
    (
      #""restriction_info": [{"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]"#, nil
    ),
    (#""restriction_info": []"#, nil), (#""restriction_info": ["X"]"#, .warning),
    (#""health_status": {"can_send_message": "BLOCKED"}"#, nil),
    (
      #""health_status": {"entities": [{"entity_type": "WABA", "can_send_message": "BLOCKED"}]}"#,
      .critical
    ),
    (
      #""health_status": {"entities": [{"entity_type": "WABA", "can_send_message": "LIMITED"}]}"#,
      .warning
    ),
    (
      #""health_status": {"entities": [{"entity_type": "WABA", "can_send_message": "NEW"}]}"#, nil
    ),
    (
      #""health_status": {"entities": [{"entity_type": "APP", "can_send_message": "BLOCKED"}]}"#,
      nil
    ),
  ])
  func `bans, restrictions and the health of a WABA weigh as promised`(
    member: String,
    state: HealthState?
  ) async throws {
    let body = #"{"id": "\#(MetaAccount.waba)", \#(member)}"#
    let transport = FixtureTransport([.init("", text: body)])
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(answer.entities.map(\.state) == [state])
    #expect(transport.urls.first?.contains("health_status") == true)
    #expect(transport.urls.allSatisfy { !$0.contains("ban_") && !$0.contains("restriction") })
  }

  @Test func `a WABA that refuses one field keeps all others`() async throws {
    let refusal =
      #"{"error":{"code":100,"message":"(#100) Tried accessing nonexisting field (health_status)"}}"#
    let waba = try Fixture.bytes("meta-waba-rejected.json")
    let transport = ScriptedTransport { request, _ in
      request.url.contains("health_status")
        ? .init("", status: 400, text: refusal) : .init("", body: waba)
    }
    let account = MetaAccount(transport)
    #expect(await account.read(Self.waba).entities.first?.state == .warning)
    #expect(await account.read(Self.waba).entities.first?.state == .warning)
    #expect(transport.urls.count { $0.contains("health_status") } == 1)
  }

  @Test(arguments: [
    ("verified", nil), ("VERIFIED", nil), ("pending", nil), ("not_verified", nil),
    ("rejected", HealthState.warning), (" Failed ", .warning), ("revoked", .warning),
    ("expired", .warning), ("ineligible", .warning), ("pending_need_more_info", .warning),
    ("tomorrow", nil),
  ])
  func `a verification that did not succeed warns`(word: String, state: HealthState?) async throws {
    let body = #"{"id": "\#(MetaAccount.business)", "verification_status": "\#(word)"}"#
    let answer = await MetaAccount(FixtureTransport([.init("", text: body)])).read(Self.business)
    #expect(answer.entities.map(\.state) == [state])
  }

  @Test func `a business speaks for itself`() async throws {
    let transport = FixtureTransport([
      try .fixture("/\(MetaAccount.business)?", "meta-business"),
      try .fixture("", "meta-waba"),
    ])
    let account = MetaAccount(transport)
    let answer = await account.read(Self.business)
    let facts = try #require(answer.entities.first)
    #expect(facts.reference == Self.businessReference)
    #expect(facts.name == "Example Holding")
    #expect(facts.facts.contains(Fact("whatsapp_business_manager_messaging_limit", "TIER_10K")))
    #expect(
      await account.read(Self.waba).entities.map(\.reference) == [Self.wabaReference],
      "its WABA says less"
    )
  }

  @Test func `a business that may not be read keeps the name that its WABA told`() async throws {
    let transport = FixtureTransport([
      try .fixture("/\(MetaAccount.business)?", "meta-permission", status: 403),
      try .fixture("", "meta-waba-rejected"),
    ])
    let account = MetaAccount(transport)
    _ = await account.read(Self.waba)
    let answer = await account.read(Self.business)
    let facts = try #require(answer.entities.first)
    #expect(answer.failure == nil)
    #expect(facts.name == "Example Holding")
    #expect(facts.state == .warning)
    #expect(facts.facts.last?.value.contains("business_management") == true)
  }

  @Test(arguments: ["meta-permission", "meta-gone"])
  func `a WABA that may not be read is an entity without a name, and nothing else breaks`(
    fixture: String
  ) async throws {
    let transport = FixtureTransport([try .fixture("", fixture, status: 400)])
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(answer.failure == nil && answer.readings.isEmpty)
    let facts = try #require(answer.entities.first)
    #expect(facts.reference == Self.wabaReference)
    #expect(facts.name == nil && facts.state == nil)
    #expect(facts.facts.map(\.name) == ["not readable", "subscribed_apps"])
    #expect(answer.unread.map(\.entity) == [Self.wabaReference, Self.wabaReference])
  }

  @Test(arguments: ["meta-rate-limit", "meta-refused-token", "meta-outage"])
  func `a failed poll says of the entity only that it could not be read`(
    fixture: String
  ) async throws {
    let transport = FixtureTransport([try .fixture("", fixture, status: 400)])
    for target in [Self.waba, Self.business] {
      let answer = await MetaAccount(transport).read(target)
      #expect(answer.failure != nil)
      let facts = try #require(answer.entities.first)
      #expect(facts.conditions.isEmpty && facts.facts.first?.name == "not readable")
    }
  }
}
