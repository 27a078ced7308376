import YAML

extension Scenario {
  /// Reads a scenario file.
  ///
  /// ```yaml
  /// name: outage
  /// seed: 7                       # same seed, same world
  /// refresh: 10s                  # for the configuration that goes with it
  /// accounts:
  ///   - name: acme                # also the first part of its paths
  ///     provider: kapso           # kapso, 360dialog, kaleyra, meta or graph
  ///     count: 24                 # numbers made from the seed; at least this or `numbers`
  ///     wabas: 3                  # that they are spread over
  ///     shares: other             # an account above: its first WABA and business hold numbers of this one too
  ///     key: acme-demo-key        # that it accepts; without it one is made up
  ///     listing: all              # in the configuration: all, numbers, wabas, businesses, channels, partner
  ///     version: v2               # Kaleyra: v1, v2; meta and graph: v24.0
  ///     pod: IN                   # Kaleyra
  ///     grants: 100               # requests a minute; without it as many as come
  ///     latency: 80ms             # of every answer
  ///     calling: expected         # in the configuration
  ///     numbers:                  # spelled out; every key is optional
  ///       - id: "106540352242922"
  ///         number: +1 212-555-0143
  ///         label: Support
  ///         waba: 1
  ///         answer: kapso-healthy.json   # a recorded answer, byte for byte
  ///         answer_status: 200
  ///         state: { quality: RED, send: LIMITED, info: "A reason." }
  /// events:
  ///   - at: 30s                   # since the start; 0s without it
  ///     until: 90s                # for good without it
  ///     every: 5m                 # again and again
  ///     on: { account: acme, waba: 1 }     # account, provider, number, waba, share: 10%
  ///     waba: { send: BLOCKED, error: 141006, review: REJECTED }
  ///     fault: { latency: 3s }
  /// ```
  ///
  /// An event changes any of `number`, `waba`, `business`, `app` and `template`, or says `key: revoked`,
  /// or has a `fault`: one word (`silence`, `reset`, `truncated`), or one with a value (`{ latency: 2s }`,
  /// `{ status: 503 }`, `{ reset: body }`); `FaultSyntax` lists them all. `part` (health, lists,
  /// templates, facts) narrows a fault to some endpoints.
  ///
  /// - Throws: `ScenarioError` with line and column, also for a key that does not exist.
  package init(yaml text: String) throws(ScenarioError) {
    guard let root = try Self.compose(text) else {
      throw ScenarioError(line: 0, column: 0, message: "the scenario is empty")
    }
    let file = try ScenarioMapping(
      root,
      of: "the scenario",
      keys: ["name", "seed", "refresh", "accounts", "events"]
    )
    let name = try file.text("name") ?? "scenario"
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || " -_.".contains($0) }) else {
      throw ScenarioError(root, "'name' must consist of letters, digits, spaces, '-', '_' and '.'")
    }
    self.init(
      name: name,
      seed: UInt64(try file.number("seed", in: 0...Int.max) ?? 1),
      refresh: try file.duration("refresh") ?? .seconds(30)
    )
    for node in try file.list("accounts") ?? [] {
      let account = try Account(node)
      guard !accounts.contains(where: { $0.name == account.name }) else {
        throw ScenarioError(node, "two accounts are named '\(account.name)'")
      }
      if let other = account.shares, !accounts.contains(where: { $0.name == other }) {
        throw ScenarioError(node, "'shares' names '\(other)', which is not an account above")
      }
      accounts.append(account)
    }
    guard !accounts.isEmpty else { throw ScenarioError(root, "'accounts' is missing or empty") }
    for node in try file.list("events") ?? [] { events.append(try event(node)) }
  }

  private static func compose(_ text: String) throws(ScenarioError) -> YAMLNode? {
    do throws(YAMLError) {
      return try YAMLNode.read(text)
    } catch {
      throw ScenarioError(
        line: error.mark?.line ?? 0,
        column: error.mark?.column ?? 0,
        message: error.message
      )
    }
  }

  private func event(_ node: YAMLNode) throws(ScenarioError) -> Event {
    let event = try Event(node)
    if let name = event.on.account, !accounts.contains(where: { $0.name == name }) {
      throw ScenarioError(node, "there is no account '\(name)'")
    }
    return event
  }
}

extension Scenario.Account {
  fileprivate init(_ node: YAMLNode) throws(ScenarioError) {
    let keys = try ScenarioMapping(
      node,
      of: "an account",
      keys: [
        "name", "provider", "count", "wabas", "shares", "key", "listing", "version", "pod",
        "grants", "latency", "calling", "numbers",
      ]
    )
    let name = try keys.required("name")
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isPathSafe) else {
      throw keys.wrong("name", name, "of letters, digits, '-', '_' and '.'")
    }
    guard let provider = try keys.word("provider", as: Scenario.Provider.self) else {
      throw ScenarioError(node, "'provider' is missing")
    }
    self.init(
      name: name,
      provider: provider,
      count: try keys.number("count", in: 0...100_000) ?? 0,
      wabas: try keys.number("wabas", in: 1...10_000),
      shares: try keys.text("shares"),
      listing: try keys.word("listing"),
      version: try keys.text("version"),
      latency: try keys.duration("latency") ?? .zero
    )
    key = try keys.text("key")
    pod = try keys.text("pod") ?? pod
    grants = try keys.number("grants", in: 1...1_000_000)
    callingExpected = try keys.text("calling") == "expected"
    for node in try keys.list("numbers") ?? [] { numbers.append(try Scenario.Number(node)) }
    guard count + numbers.count > 0 else {
      throw ScenarioError(node, "'count' or 'numbers' is missing")
    }
  }

  private static func isPathSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension Scenario.Number {
  fileprivate init(_ node: YAMLNode) throws(ScenarioError) {
    let keys = try ScenarioMapping(
      node,
      of: "a number",
      keys: ["id", "number", "label", "waba", "answer", "answer_status", "state"]
    )
    let status = try keys.number("answer_status", in: 100...599) ?? 200
    self.init(
      id: try keys.text("id"),
      display: try keys.text("number"),
      label: try keys.text("label"),
      waba: try keys.number("waba", in: 1...10_000) ?? 1,
      answer: try keys.text("answer").map { Scenario.Recording(file: $0, status: status) }
    )
    if let answer, Recordings.bytes(named: answer.file) == nil {
      throw keys.wrong("answer", answer.file, "the name of a recorded answer, kapso-healthy.json")
    }
    if let state = keys["state"] { self.state = try NumberChange(state) }
  }
}
