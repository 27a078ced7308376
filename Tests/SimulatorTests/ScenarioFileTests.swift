import Testing

@testable import Simulator

struct ScenarioFileTests {
  static let example = """
    name: outage
    seed: 7
    refresh: 1500ms
    accounts:
      - name: acme
        provider: kapso
        count: 24
        wabas: 3
        grants: 100
        latency: 80ms
      - name: shops
        provider: 360dialog
        shares: acme
        numbers:
          - number: +44 7700 900131
            label: Berlin
            state: { quality: RED, send: LIMITED, info: "A reason.", webhook_verified: false }
          - { answer: dialog360-limited.json, answer_status: 200 }
    events:
      - at: 30s
        until: 90s
        every: 5m
        on: { account: acme, waba: 1 }
        waba: { send: BLOCKED, error: 141006 }
      - on: { provider: 360dialog, share: 50% }
        fault: { drip: 200ms }
        part: health
      - { at: 1m, on: { account: shops }, key: revoked }
      - { on: { account: acme }, template: { template: "1", status: PAUSED } }
      - { on: { account: acme, number: 2 }, fault: reset }
    """

  @Test func `every key of a scenario file arrives where it belongs`() throws {
    let scenario = try Scenario(yaml: Self.example)

    #expect(scenario.name == "outage")
    #expect(scenario.seed == 7)
    #expect(scenario.refresh == .milliseconds(1500))
    #expect(scenario.accounts.map(\.provider) == [.kapso, .dialog360])
    #expect(scenario.accounts[0].grants == 100)
    #expect(scenario.accounts[0].latency == .milliseconds(80))
    #expect(scenario.accounts[1].shares == "acme")
    let berlin = scenario.accounts[1].numbers[0]
    #expect(berlin.label == "Berlin")
    #expect(berlin.state.quality == "RED")
    #expect(berlin.state.entity.info == ["A reason."])
    #expect(berlin.state.webhookVerified == false)
    #expect(scenario.accounts[1].numbers[1].answer?.file == "dialog360-limited.json")
    #expect(scenario.events[0].change.waba == EntityChange(send: "BLOCKED", errors: [141006]))
    #expect(scenario.events[0].every == .seconds(300))
    #expect(scenario.events[1].fault == .drip(.milliseconds(200)))
    #expect(scenario.events[1].part == .health)
    #expect(scenario.events[1].on.share == 0.5)
    #expect(scenario.events[2].change.revokesKey)
    #expect(scenario.events[3].change.template.status == "PAUSED")
    #expect(scenario.events[4].fault == .reset)
  }

  private func fault(_ text: String) throws -> Fault? {
    try Scenario(
      yaml: """
        accounts: [{ name: a, provider: kapso, count: 1 }]
        events: [{ on: {}, fault: \(text) }]
        """
    ).events[0].fault
  }

  @Test(arguments: FaultSyntax.words.map(\.name))
  func `a fault is named by a word`(word: String) throws {
    #expect(try fault(word) == FaultSyntax.words.first { $0.name == word }?.fault)
  }

  @Test(arguments: [
    ("{ latency: 2s }", Fault.latency(.seconds(2))), ("{ drip: 1ms }", .drip(.milliseconds(1))),
    ("{ drip_head: 1s }", .dripHead(.seconds(1))),
    ("{ idle_close: 50ms }", .idleClose(after: .milliseconds(50))),
    ("{ status: 503 }", .gateway(status: 503)), ("{ interim: 103 }", .interim(status: 103)),
    ("{ length_off: -7 }", .lengthOff(by: -7)), ("{ reset: after-head }", .resetDuring(.afterHead)),
    ("{ throttled: \"60\" }", .throttled(retryAfter: "60")),
    ("{ redirect: self }", .redirect(to: "self")), ("{ body: \"null\" }", .body("null")),
    ("{ status_line: HTTP/1.1 000 Odd }", .statusLine("HTTP/1.1 000 Odd")),
    ("{ greeting: 220 mail }", .greeting("220 mail")), ("{ encoding: br }", .encoding("br")),
  ])
  func `a fault can have a value`(text: String, expected: Fault) throws {
    #expect(try fault(text) == expected)
  }

  @Test(arguments: [
    ("sede: 1", 1, "unknown key 'sede'"),
    ("accounts:\n  - name: a\n    provider: kapsu\n    count: 1", 3, "'kapsu' but must be one of"),
    ("accounts:\n  - name: a b\n    provider: kapso\n    count: 1", 2, "letters, digits"),
    ("accounts:\n  - name: a\n    provider: kapso", 2, "'count' or 'numbers' is missing"),
    ("accounts:\n  - { name: a, provider: kapso, count: many }", 2, "must be a number"),
    ("seed: 1\nrefresh: soon\naccounts: []", 2, "a time such as"),
    (
      "accounts:\n  - { name: a, provider: kapso, count: 1 }\nevents:\n  - { on: { account: b } }",
      4, "no account 'b'"
    ),
    (
      "accounts:\n  - { name: a, provider: kapso, count: 1 }\nevents:\n  - on: {}\n    fault: boom",
      5, "unknown fault 'boom'"
    ),
    (
      "accounts:\n  - { name: a, provider: kapso, count: 1 }\nevents:\n  - { on: {}, at: 9s, until: 3s }",
      4, "later than 'at'"
    ),
    ("accounts:\n  - { name: a, provider: meta, count: 1, shares: b }", 2, "not an account above"),
    (
      "accounts:\n  - name: a\n    provider: meta\n    numbers: [{ answer: moon.json }]", 4,
      "a recorded answer"
    ),
    ("accounts:\n  - ]", 2, ""),
  ])
  func `a mistake is reported with its line`(text: String, line: Int, words: String) {
    let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: text) }
    #expect(error?.line == line)
    #expect(words.isEmpty || error?.message.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: ["", "accounts: []", "- 1"])
  func `a file without accounts is no scenario`(text: String) {
    #expect(throws: ScenarioError.self) { try Scenario(yaml: text) }
  }
}
