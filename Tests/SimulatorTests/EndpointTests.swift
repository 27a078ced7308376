import Foundation
import Testing

@testable import Simulator

/// The endpoints as values: a path in, status and JSON out.
struct EndpointTests {
  private static let world = Simulation(.standard(numbers: 600))

  private func ask(
    _ account: String,
    _ path: String,
    headers: [String: String],
    of world: Simulation = world,
    at elapsed: Duration = .zero
  ) throws -> (status: Int, json: [String: Any], answer: SimulatedAnswer) {
    let index = try #require(world.accountsByName[account])
    let worldState = WorldState(world: world, state: world.state(at: elapsed), clock: 1_795_000_000)
    let target = RequestTarget(path)
    let request = SimulatedRequest(path: target.path, query: target.query) { headers[$0] }
    let endpoints = world.accounts[index].provider.endpoints(worldState: worldState, account: index)
    let answer = endpoints.accepts(request) ? endpoints.answer(request) : endpoints.keyRefused
    let json = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    return (answer.status, json ?? [:], answer)
  }

  private func numbers(of account: String, in world: Simulation = world) throws -> [SimulatedNumber]
  {
    try #require(world.accounts.first { $0.name == account }).numbers.map { world.numbers[$0] }
  }

  private func types(in health: Any?) -> [String] {
    let entities = (health as? [String: Any])?["entities"] as? [[String: Any]]
    return (entities ?? []).compactMap { $0["entity_type"] as? String }
  }

  private let all = ["PHONE_NUMBER", "WABA", "BUSINESS", "APP"]

  @Test func `Kapso's health has its four checks and the entities inside`() throws {
    let number = try numbers(of: "acme")[0]
    let key = ["x-api-key": "kapso-demo-key-acme"]
    let path = "/platform/v1/whatsapp/phone_numbers/\(number.id)/health"
    let (status, json, _) = try ask("acme", path, headers: key)

    #expect(status == 200)
    #expect(json["status"] as? String == "healthy")
    let checks = try #require(json["checks"] as? [String: [String: Any]])
    #expect(
      Set(checks.keys) == [
        "phone_number_access", "messaging_health", "webhook_subscription", "webhook_verified",
      ]
    )
    #expect(types(in: checks["messaging_health"]?["details"]) == all)
  }

  @Test func `Kapso's list has pages that add up`() throws {
    let key = ["x-api-key": "kapso-demo-key-acme"]
    var seen: [String] = []
    for page in 1...3 {
      let path = "/platform/v1/whatsapp/phone_numbers?page=\(page)&per_page=100"
      let (_, json, _) = try ask("acme", path, headers: key)
      let items = json["data"] as? [[String: Any]] ?? []
      seen += items.compactMap { $0["phone_number_id"] as? String }
      #expect((json["meta"] as? [String: Any])?["total_pages"] as? Int == 2)
    }
    #expect(seen == (try numbers(of: "acme").map(\.id)))
  }

  @Test func `a channel of 360dialog is chosen by its key and adds the fields asked for`() throws {
    let number = try numbers(of: "shops")[3]
    let key = ["d360-api-key": number.key]
    let (status, json, _) = try ask(
      "shops",
      "/health_status?fields=verified_name,quality_rating",
      headers: key
    )

    #expect(status == 200)
    #expect(json["id"] as? String == number.id)
    #expect(json["quality_rating"] as? String == "GREEN")
    #expect(types(in: json["health_status"]) == all)
    let (_, templates, _) = try ask("shops", "/message_templates?limit=2", headers: key)
    #expect((templates["data"] as? [Any])?.count == 2)
    let (_, webhook, _) = try ask("shops", "/v1/configs/webhook", headers: key)
    #expect(webhook["url"] is String)
  }

  @Test func `a partner of 360dialog gets all channels without their keys`() throws {
    let account = try #require(Self.world.accounts.first { $0.name == "shops" })
    let (_, json, answer) = try ask(
      "shops",
      "/api/v2/partners/\(account.sid)/channels?limit=1000",
      headers: ["x-api-key": account.key]
    )

    #expect((json["partner_channels"] as? [Any])?.count == account.numbers.count)
    #expect(!String(decoding: answer.body, as: UTF8.self).contains("demo-key"))
  }

  @Test(arguments: ["india", "legacy"])
  func `Kaleyra's details come in both generations`(name: String) throws {
    let account = try #require(Self.world.accounts.first { $0.name == name })
    let number = try numbers(of: name)[0]
    let path = "\(account.sid)/whatsapp/\(number.digits)/phone_number_details"
    let key = ["api-key": account.key]
    let right = try ask(name, "/\(account.plan.version)/\(path)", headers: key)
    let wrong = try ask(name, "/v9/\(path)", headers: key)

    #expect(right.status == 200)
    #expect(types(in: right.json["health_status"]) == all)
    #expect(right.json["quality_score"] != nil)
    #expect(wrong.status == 401)
    #expect(wrong.json["code"] as? String == "WA401")
  }

  @Test func `a WABA's edge pages through all its numbers by cursor`() throws {
    let account = try #require(Self.world.accounts.first { $0.name == "direct" })
    let waba = Self.world.wabas[account.wabas[1]]
    let key = ["authorization": "Bearer \(account.key)"]
    var after = ""
    var ids: [String] = []
    repeat {
      let path = "/v24.0/\(waba.id)/phone_numbers?fields=id,health_status&limit=3\(after)"
      let (_, json, _) = try ask("direct", path, headers: key)
      ids += (json["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
      let paging = try #require(json["paging"] as? [String: Any])
      let cursors = paging["cursors"] as? [String: String]
      after = paging["next"] == nil ? "" : "&after=\(cursors?["after"] ?? "")"
    } while !after.isEmpty
    #expect(ids == waba.numbers.map { Self.world.numbers[$0].id })
  }

  @Test(arguments: [
    ("v24.0", "colour", 400), ("v23.0", "whatsapp_business_manager_messaging_limit", 400),
    ("v24.0", "whatsapp_business_manager_messaging_limit", 200),
    ("v24.0", "owner_business_info{id,name},name,health_status", 200),
  ])
  func `a field that does not exist fails the whole request`(
    version: String,
    fields: String,
    status: Int
  ) throws {
    let account = try #require(Self.world.accounts.first { $0.name == "direct" })
    let waba = Self.world.wabas[account.wabas[0]].id
    let (got, json, _) = try ask(
      "direct",
      "/\(version)/\(waba)?fields=\(fields)",
      headers: ["authorization": "Bearer \(account.key)"]
    )

    #expect(got == status)
    #expect((json["error"] as? [String: Any])?["code"] as? Int == (status == 400 ? 100 : nil))
  }

  @Test func `a template that is not approved says so in its own health`() throws {
    let scenario = try Scenario(
      yaml: """
        accounts: [{ name: m, provider: meta, count: 3 }]
        events: [{ on: { account: m }, template: { template: "1", status: PAUSED } }]
        """
    )
    let world = Simulation(scenario)
    let (_, json, _) = try ask(
      "m",
      "/v24.0/\(world.templates[0].id)?fields=health_status,status",
      headers: ["authorization": "Bearer meta-demo-token-m"],
      of: world
    )

    #expect(json["status"] as? String == "PAUSED")
    #expect(types(in: json["health_status"]) == ["MESSAGE_TEMPLATE"] + all.dropFirst())
    let health = json["health_status"] as? [String: Any]
    #expect(health?["can_send_message"] as? String == "BLOCKED")
  }

  @Test(arguments: [
    ("acme", "x-api-key", 401, "error"), ("shops", "d360-api-key", 401, "meta"),
    ("india", "api-key", 401, "code"), ("direct", "authorization", 401, "error"),
    ("partner", "authorization", 401, "error"),
  ])
  func `a wrong key is refused in the provider's own envelope`(
    account: String,
    header: String,
    status: Int,
    envelope: String
  ) throws {
    let path = "/v2/HXDEMO/whatsapp/1/phone_number_details"
    let (got, json, _) = try ask(account, path, headers: [header: "wrong"])

    #expect(got == status)
    #expect(json[envelope] != nil)
  }

  @Test func `a blocked WABA shows in the health of all its numbers and nowhere else`() throws {
    let world = Simulation(.demo(numbers: 60, seed: 1))
    let index = try #require(world.accountsByName["direct"])
    let worldState = WorldState(world: world, state: world.state(at: .seconds(30)), clock: 0)
    let blocked = Set(
      world.accounts[index].numbers.filter {
        worldState.health(ofNumber: $0)?.contains("141006") == true
      }
    )
    let first = world.accounts[index].wabas[0]

    #expect(!blocked.isEmpty)
    #expect(blocked.allSatisfy { world.numbers[$0].waba == first })
  }

  @Test func `hostile names are valid JSON and keep every character`() throws {
    for name in Scenario.oddities.compactMap(\.entity.name) {
      let json = JSONText.object([("name", JSONText.quoted(name))])
      let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
      #expect(read?["name"] == name)
    }
  }
}
