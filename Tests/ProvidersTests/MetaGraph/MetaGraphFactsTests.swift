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

  @Test func `a rejected WABA is blocked, and its unverified business limited`() async throws {
    let transport = FixtureTransport([try .fixture("", "meta-waba-rejected")])
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(answer.entities.map(\.state) == [.blocked, .limited])
  }

  @Test(arguments: [
    ("verified", nil), ("VERIFIED", nil), ("pending", nil), ("not_verified", nil),
    ("rejected", HealthState.limited), (" Failed ", .limited), ("revoked", .limited),
    ("expired", .limited), ("ineligible", .limited), ("pending_need_more_info", .warning),
    ("tomorrow", nil), (nil, nil),
  ])
  func `a verification that did not succeed limits a business`(word: String?, state: HealthState?) {
    #expect(HealthState(verification: word) == state)
  }

  @Test(arguments: [
    ("APPROVED", nil), ("PENDING", nil), ("DEFERRED", nil), ("rejected", HealthState.blocked),
    (nil, nil),
  ])
  func `a rejected review blocks a WABA`(word: String?, state: HealthState?) {
    #expect(HealthState(review: word) == state)
  }

  @Test(arguments: [
    ("ACTIVE", nil), ("BANNED", HealthState.blocked), ("disabled", .blocked),
    ("RESTRICTED", .blocked), ("FLAGGED", .limited), ("tomorrow", nil), (nil, nil),
  ])
  func `a WABA's own status is read by the words of numbers`(word: String?, state: HealthState?) {
    #expect(HealthState(accountStatus: word) == state)
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
    #expect(facts.state == .limited)
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
    #expect(facts.facts.map(\.name) == ["not readable"])
  }

  @Test(arguments: ["meta-rate-limit", "meta-refused-token", "meta-outage"])
  func `a failed poll says nothing of the entity`(fixture: String) async throws {
    let transport = FixtureTransport([try .fixture("", fixture, status: 400)])
    for target in [Self.waba, Self.business] {
      let answer = await MetaAccount(transport).read(target)
      #expect(answer.failure != nil)
      #expect(answer.entities.isEmpty)
    }
  }
}
