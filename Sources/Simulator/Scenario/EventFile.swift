import YAML

extension Scenario.Event {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let keys = try ScenarioMapping(
      node,
      of: "an event",
      keys: [
        "at", "until", "every", "on", "number", "waba", "business", "app", "template", "key",
        "fault", "part",
      ]
    )
    guard let on = keys["on"] else { throw ScenarioError(node, "'on' is missing") }
    self.init(
      at: try keys.duration("at") ?? .zero,
      until: try keys.duration("until"),
      every: try keys.duration("every"),
      on: try Scenario.Scope(on),
      change: try StateChange(keys),
      fault: try keys["fault"].map(Fault.init),
      part: try keys.word("part")
    )
    if let until, until <= at { throw ScenarioError(node, "'until' must be later than 'at'") }
    if let every, every < (until ?? .seconds(Int64.max)) - at {
      throw ScenarioError(node, "'every' needs an 'until', and must be longer than the event")
    }
  }
}

extension Scenario.Scope {
  fileprivate init(_ node: YAMLNode) throws(ScenarioError) {
    let keys = try ScenarioMapping(
      node,
      of: "'on'",
      keys: ["account", "provider", "number", "waba", "share"]
    )
    self.init(
      account: try keys.text("account"),
      provider: try keys.word("provider"),
      number: try keys.text("number"),
      waba: try keys.text("waba")
    )
    guard let text = try keys.text("share") else { return }
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent)
    else { throw keys.wrong("share", text, "a percentage such as 5%") }
    share = percent / 100
  }
}

extension StateChange {
  fileprivate init(_ keys: ScenarioMapping) throws(ScenarioError) {
    self.init()
    if let node = keys["number"] { number = try NumberChange(node) }
    if let node = keys["waba"] { waba = try EntityChange(node, of: "'waba'") }
    if let node = keys["business"] { business = try EntityChange(node, of: "'business'") }
    if let node = keys["app"] { app = try EntityChange(node, of: "'app'") }
    if let node = keys["template"] { template = try TemplateChange(node) }
    guard let key = try keys.text("key") else { return }
    guard key == "revoked" else { throw keys.wrong("key", key, "revoked") }
    revokesKey = true
  }
}

extension EntityChange {
  fileprivate static let keys = ["send", "calling", "error", "errors", "info", "review", "name"]

  fileprivate init(_ node: YAMLNode, of what: String) throws(ScenarioError) {
    try self.init(ScenarioMapping(node, of: what, keys: Self.keys))
  }

  fileprivate init(_ keys: ScenarioMapping) throws(ScenarioError) {
    self.init(
      send: try keys.text("send"),
      calling: try keys.text("calling"),
      info: try keys.list("info")?.map { $0.scalar ?? "" },
      review: try keys.text("review"),
      name: try keys.text("name")
    )
    for key in ["error", "errors"] {
      for node in try keys.list(key) ?? [] {
        guard let code = node.scalar.flatMap({ Int($0) }) else {
          throw ScenarioError(node, "'\(key)' must be a code such as 141006")
        }
        errors = (errors ?? []) + [code]
      }
    }
  }
}

extension NumberChange {
  init(_ node: YAMLNode) throws(ScenarioError) {
    let keys = try ScenarioMapping(
      node,
      of: "'number' or 'state'",
      keys: EntityChange.keys + [
        "status", "quality", "name_status", "limit", "throughput", "webhook_subscribed",
        "webhook_verified", "token_valid", "check_fails", "health", "gone",
      ]
    )
    self.init()
    entity = try EntityChange(keys)
    status = try keys.text("status")
    quality = try keys.text("quality")
    nameStatus = try keys.text("name_status")
    limit = try keys.text("limit")
    throughput = try keys.text("throughput")
    webhookSubscribed = try keys.flag("webhook_subscribed")
    webhookVerified = try keys.flag("webhook_verified")
    tokenValid = try keys.flag("token_valid")
    checkFails = try keys.flag("check_fails")
    health = try keys.word("health")
    isGone = try keys.flag("gone")
  }
}

extension TemplateChange {
  fileprivate init(_ node: YAMLNode) throws(ScenarioError) {
    let keys = try ScenarioMapping(
      node,
      of: "'template'",
      keys: ["template", "status", "quality", "rejected_reason"]
    )
    self.init(
      template: try keys.text("template"),
      status: try keys.text("status"),
      quality: try keys.text("quality"),
      rejectedReason: try keys.text("rejected_reason")
    )
  }
}
