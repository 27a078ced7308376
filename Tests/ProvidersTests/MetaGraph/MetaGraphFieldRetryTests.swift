import Health
import Providers
import TestSupport
import Testing

struct MetaGraphFieldRetryTests {
  static let limit = "whatsapp_business_manager_messaging_limit"

  @Test func `a refused field is left out, and stays out of that node's requests`() async throws {
    let refusal = try Fixture.bytes("meta-unknown-field.json")
    let healthy = try Fixture.bytes("meta-healthy.json")
    let transport = ScriptedTransport { request, _ in
      request.url.contains("/1?") && request.url.contains(Self.limit)
        ? .init("", status: 400, body: refusal) : .init("", body: healthy)
    }
    let account = MetaAccount(transport)
    let first = await account.read("number/1", numbers: ["1"])
    #expect(first.reports.count == 1)
    #expect(transport.urls.map { $0.contains(Self.limit) } == [true, false])
    #expect(transport.urls.last?.contains("health_status") == true, "only that field")
    _ = await account.read("number/2", numbers: ["2"])
    _ = await account.read("number/1", numbers: ["1"])
    #expect(
      transport.urls.map { $0.contains(Self.limit) } == [true, false, true, false],
      "another node is asked for all of them"
    )
    #expect(account.gate.admitted.count == 4, "each try is paid for")
  }

  @Test(arguments: [("v21.0", true), ("v23.0", true), ("v24.0", false), ("v26.0", false)])
  func `an older version is asked for the limit that it has`(
    version: String,
    isOld: Bool
  ) async throws {
    let transport = FixtureTransport([try .fixture("", "meta-healthy")])
    _ = await MetaAccount(transport, version: version).read("number/1", numbers: ["1"])
    let url = try #require(transport.urls.first)
    #expect(url.contains("messaging_limit_tier") == isOld)
    #expect(url.contains(Self.limit) != isOld)
  }

  @Test func `several refused fields cost a try each`() async throws {
    let refused = [Self.limit, "is_pin_enabled", "webhook_configuration"]
    let transport = FixtureTransport(
      refused.map { field in
        .init(
          field,
          status: 400,
          text: """
            {"error":{"message":"(#100) Tried accessing nonexisting field (\(field))","code":100}}
            """
        )
      } + [try .fixture("", "meta-healthy")]
    )
    let answer = await MetaAccount(transport).read("number/1", numbers: ["1"])
    #expect(answer.reports.count == 1)
    #expect(transport.requests.count == 4)
  }

  @Test func `a provider that refuses everything is left in peace`() async throws {
    let transport = ScriptedTransport { request, _ in
      let fields = request.url.split(separator: "=").last?.split(separator: ",") ?? []
      let text = """
        {"error":{"message":"(#100) Tried accessing nonexisting field (\(fields.last ?? ""))","code":100}}
        """
      return .init("", status: 400, text: text)
    }
    let answer = await MetaAccount(transport).read("number/1", numbers: ["1"])
    #expect(answer.failures == [.providerError])
    #expect(transport.requests.count == 7)
  }

  @Test func `an error about no requested field is not tried again`() async throws {
    let transport = FixtureTransport(
      status: 400,
      body: Array(#"{"error":{"message":"nonexisting field (other)","code":100}}"#.utf8)
    )
    let answer = await MetaAccount(transport).read("number/1", numbers: ["1"])
    #expect(answer.failures == [.providerError])
    #expect(transport.requests.count == 1)
  }

  @Test func `a node without health keeps its facts, and others their health`() async throws {
    let transport = ScriptedTransport { request, _ in
      if request.url.contains("/1?"), request.url.contains("health_status") {
        return .init("", status: 400, body: (try? Fixture.bytes("meta-health-refused.json")) ?? [])
      }
      let fixture = request.url.contains("/1?") ? "meta-without-health" : "meta-healthy"
      return .init("", body: (try? Fixture.bytes("\(fixture).json")) ?? [])
    }
    let account = MetaAccount(transport)
    let odd = await account.read("number/1", numbers: ["1"])
    let report = try #require(odd.reports.first)
    #expect(Verdict(of: report).word == .unknown)
    #expect(report.incomplete != nil)
    let fine = await account.read("number/2", numbers: ["2"])
    #expect(Verdict(of: try #require(fine.reports.first)).word == .available)
    _ = await account.read("number/1", numbers: ["1"])
    #expect(
      transport.urls.map { $0.contains("health_status") } == [true, false, true, false]
    )
  }
}
