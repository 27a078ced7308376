import Health
import Providers
import TestSupport
import Testing

struct MetaGraphDiscoveryTests {
  static let business = MetaAccount.business

  @Test func `configured WABAs cost no request`() async {
    let transport = FixtureTransport([])
    let account = MetaAccount(transport, wabas: ["1", "2", "1"])
    let discovery = await account.discover()
    #expect(
      discovery.ids == [
        "waba/1", "waba/2", "waba-facts/1", "templates/1", "waba-facts/2", "templates/2",
        "token/own",
      ]
    )
    #expect(discovery.targets.map(\.purpose).prefix(3) == [.health, .health, .facts])
    #expect(transport.requests.isEmpty)
  }

  @Test func `a business brings its own WABAs and its clients', each once`() async throws {
    let transport = FixtureTransport([
      try .fixture("/owned_whatsapp_business_accounts?", "meta-businesses-wabas"),
      .init(
        "/client_whatsapp_business_accounts?fields=id&limit=100&after=A",
        text: #"{"data":[{"id":"777"},{"id":"102290129340398"}]}"#
      ),
      .init(
        "/client_whatsapp_business_accounts?",
        text: #"{"data":[{"id":"666"}],"paging":{"cursors":{"after":"A"},"next":"https://x"}}"#
      ),
    ])
    let account = MetaAccount(
      transport,
      wabas: ["102290129340398"],
      businesses: [Self.business],
      watchesTemplates: false
    )
    let discovery = await account.discover()
    let wabas = ["102290129340398", "102290129340399", "666", "777"]
    #expect(
      discovery.ids
        == wabas.map { "waba/\($0)" } + wabas.map { "waba-facts/\($0)" }
        + ["business-facts/\(Self.business)", "token/own"]
    )
    #expect(discovery.failures.isEmpty)
    #expect(account.gate.admitted.count == 3)
  }

  @Test func `a list that is refused is said, and the rest is polled`() async throws {
    let transport = FixtureTransport([
      try .fixture("/owned_whatsapp_business_accounts?", "meta-businesses-wabas"),
      try .fixture("/client_whatsapp_business_accounts?", "meta-permission", status: 403),
    ])
    let account = MetaAccount(transport, wabas: ["5"], businesses: [Self.business])
    let discovery = await account.discover()
    #expect(discovery.failures.map(\.kind) == [.numberRefused])
    #expect(discovery.failures.first?.message.contains("business_management") == true)
    #expect(
      discovery.ids.filter { $0.hasPrefix("waba/") } == [
        "waba/5", "waba/102290129340398", "waba/102290129340399",
      ]
    )
  }

  @Test func `what is known of a business stays while its lists fail`() async throws {
    let list = try Fixture.bytes("meta-businesses-wabas.json")
    let outage = try Fixture.bytes("meta-outage.json")
    let transport = ScriptedTransport { _, earlier in
      earlier.count < 2 ? .init("", body: list) : .init("", status: 503, body: outage)
    }
    let account = MetaAccount(transport, businesses: [Self.business])
    let first = await account.discover()
    let second = await account.discover()
    #expect(second.ids == first.ids)
    #expect(first.ids.contains("waba/102290129340399"))
    #expect(second.failures.map(\.kind) == [.providerError, .providerError])
  }

  @Test func `a WABA that a business no longer lists is polled no more`() async throws {
    let transport = ScriptedTransport { _, earlier in
      let ids = earlier.count < 2 ? ["1", "2"] : ["1"]
      let items = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
      return .init("", text: #"{"data":[\#(items)]}"#)
    }
    let account = MetaAccount(transport, businesses: [Self.business])
    #expect(await account.discover().ids.contains("templates/2"))
    #expect(await account.discover().ids.allSatisfy { !$0.hasSuffix("/2") })
  }

  @Test func `the catalogue says what an account at Meta needs`() throws {
    let description = try #require(ProviderCatalog.provider(named: "meta"))
    #expect(
      description.keys.map(\.name) == [
        "access_token", "app_secret", "graph_version", "wabas", "numbers", "businesses",
      ]
    )
    #expect(description.requiresOneOf == [["access_token"], ["wabas", "numbers", "businesses"]])
    let account = description.account(from: AccountSettings(name: "direct"))
    #expect(account.requestsPerMinute == 60 && account.concurrency == 4)
  }
}
