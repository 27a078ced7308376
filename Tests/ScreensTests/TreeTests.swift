import Health
import TestSupport
import Testing

@testable import Monitor
@testable import Screens

@Suite struct TreeTests {
  static let first = PhoneNumber.ID(account: "direct", target: "1065403522131")

  /// The tree of one answer, a line each: state, depth, type, id, and ◂ at the cause.
  static func lines(
    _ report: HealthReport,
    facts: [EntityFacts] = [],
    templates: [TemplateList] = []
  ) -> [String] {
    var fleet = Fleet()
    let number = PhoneNumber.sample("1")
    let update = FleetUpdate(
      readings: [.sample(number, .success(report))],
      entities: facts,
      templates: templates
    )
    _ = fleet.receive(update, at: .sample)
    guard let record = fleet[number.id] else { return [] }
    return TreeOutline(of: record, in: fleet, WABAIndex(of: fleet), arranged: TreeArrangement())
      .nodes
      .map(
        line
      )
  }

  static func line(_ node: TreeNode) -> String {
    let words = [node.type, node.identifier, node.name, node.count.map { "(\($0))" }, node.note]
    let text = words.compactMap(\.self).joined(separator: " ")
    let state = node.state?.word.prefix(3) ?? "-"
    let fold = node.isExpandable ? (node.isExpanded ? "▾" : "▸") : " "
    let indent = String(repeating: "  ", count: node.depth)
    return "\(state) \(indent)\(fold)\(text)\(node.isCause ? " ◂" : "")"
  }

  static func report(_ entities: [HealthEntity]) -> HealthReport {
    HealthReport(
      nodeID: "900",
      entities: entities,
      facts: PhoneNumberFacts(displayNumber: "+1 555 0101")
    )
  }

  struct Quirk: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let entities: [HealthEntity]
    let lines: [String]

    init(_ name: String, _ entities: [HealthEntity], _ lines: [String]) {
      testDescription = name
      self.entities = entities
      self.lines = lines
    }
  }

  static let quirks = [
    Quirk(
      "all is well, in any order",
      [
        .sample("APP", "4"), .sample("BUSINESS", "3"), .sample("WABA", "2"),
        .sample("PHONE_NUMBER", "1"),
      ],
      [
        "AVA ▾PHONE_NUMBER +15550101", "AVA    WABA 2", "AVA    BUSINESS 3", "AVA    APP 4",
      ]
    ),
    Quirk(
      "the worst comes first and explains",
      [
        .sample("PHONE_NUMBER", "1"), .sample("WABA", "2"),
        .sample("BUSINESS", "3", "LIMITED", errors: [.sampleVerification]),
        .sample("APP", "4", "BLOCKED"),
      ],
      [
        "BLO ▾PHONE_NUMBER +15550101", "BLO    APP 4 ◂", "LIM    BUSINESS 3 141010",
        "AVA    WABA 2",
      ]
    ),
    Quirk(
      "the number itself",
      [
        .sample("PHONE_NUMBER", "1", "LIMITED", infos: ["The name is not approved."]),
        .sample("WABA", "2"),
      ],
      ["LIM ▾PHONE_NUMBER +15550101 ◂", "AVA    WABA 2"]
    ),
    Quirk(
      "types and states of tomorrow",
      [.sample("PHONE_NUMBER", "1"), .sample("Sip", "2", "SLEEPY"), .sample("FLOW", "3")],
      ["AVA ▾PHONE_NUMBER +15550101", "UNK    Sip 2", "AVA    FLOW 3"]
    ),
    Quirk(
      "an entity without a type, and an empty one",
      [
        .sample("PHONE_NUMBER", "1"), .sample(nil, nil, nil),
        .sample(nil, "7", "BLOCKED", errors: [.samplePayment]),
      ],
      ["BLO ▾PHONE_NUMBER +15550101", "BLO    7 141006 ◂", "UNK    "]
    ),
    Quirk(
      "an entity without a state, with errors only",
      [.sample("APP", "4", nil, errors: [.samplePayment]), .sample("PHONE_NUMBER", "1")],
      ["WAR ▾PHONE_NUMBER +15550101", "UNK    APP 4 141006 ◂"]
    ),
    Quirk(
      "one type twice",
      [.sample("PHONE_NUMBER", "1"), .sample("WABA", "2"), .sample("WABA", "5", "BLOCKED")],
      ["BLO ▾PHONE_NUMBER +15550101", "BLO    WABA 5 ◂", "AVA    WABA 2"]
    ),
    Quirk(
      "one type and id twice",
      [.sample("PHONE_NUMBER", "1"), .sample("WABA", "2"), .sample("WABA", "2", "BLOCKED")],
      ["BLO ▾PHONE_NUMBER +15550101", "BLO    WABA 2 ◂", "AVA    WABA 2"]
    ),
    Quirk(
      "all entities share one id",
      [
        .sample("PHONE_NUMBER", "1"), .sample("WABA", "1", "LIMITED"), .sample("BUSINESS", "1"),
        .sample("APP", "1"),
      ],
      [
        "LIM ▾PHONE_NUMBER +15550101", "LIM    WABA 1 ◂", "AVA    BUSINESS 1", "AVA    APP 1",
      ]
    ),
    Quirk(
      "no PHONE_NUMBER, a template in its place",
      [
        .sample("MESSAGE_TEMPLATE", "6", "BLOCKED"), .sample("WABA", "2"), .sample("BUSINESS", "3"),
        .sample("APP", "4"),
      ],
      [
        "BLO ▾PHONE_NUMBER +15550101", "BLO    MESSAGE_TEMPLATE 6 ◂", "AVA    WABA 2",
        "AVA    BUSINESS 3", "AVA    APP 4",
      ]
    ),
    Quirk(
      "two PHONE_NUMBERs: the second is shown too",
      [.sample("PHONE_NUMBER", "1"), .sample("PHONE_NUMBER", "8", "BLOCKED")],
      ["BLO ▾PHONE_NUMBER +15550101", "BLO    PHONE_NUMBER 8 ◂"]
    ),
    Quirk(
      "calls over SIP move nothing",
      [
        .sample("PHONE_NUMBER", "1", sip: "BLOCKED", errors: [.sampleSIP]),
        .sample("APP", "4", sip: "BLOCKED", errors: [.sampleSIP]),
      ],
      ["AVA ▾PHONE_NUMBER +15550101", "AVA    APP 4"]
    ),
    Quirk("no entities at all", [], ["UNK  PHONE_NUMBER +15550101 ◂"]),
    Quirk(
      "lower case, and masked ids",
      [.sample("phone_number", "489XXXXXXXX9632"), .sample("waba", "10XXXX", " limited ")],
      ["LIM ▾PHONE_NUMBER +15550101", "LIM    waba 10XXXX ◂"]
    ),
  ]

  @Test(arguments: quirks)
  func `whatever an answer looks like, each entity is a line`(quirk: Quirk) {
    #expect(Self.lines(Self.report(quirk.entities)) == quirk.lines)
  }

  @Test func `no two lines share a key`() {
    for quirk in Self.quirks {
      var fleet = Fleet()
      let report = Self.report(quirk.entities + quirk.entities)
      _ = fleet.receive(
        FleetUpdate(readings: [.sample(.sample("1"), .success(report))]),
        at: .sample
      )
      let nodes = TreeOutline(
        of: fleet.records[0],
        in: fleet,
        WABAIndex(of: fleet),
        arranged: TreeArrangement()
      ).nodes
      #expect(Set(nodes.map(\.id)).count == nodes.count)
      #expect(nodes.count == quirk.entities.count * 2 + (quirk.holdsOwn ? 0 : 1))
    }
  }

  @Test func `an incident's blocked number shows what hangs together`() {
    let state = ScreenState.sample.after(.open)
    #expect(
      state.tree.outline?.nodes.map(Self.line) == [
        "BLO ▾PHONE_NUMBER +447700900131 Acme 1",
        "BLO   ▾WABA 102938475610 Acme UK 141006 ◂",
        "LIM     ▸MESSAGE_TEMPLATE (41) 1 PAUSED",
        "BLO     ▸PHONE_NUMBER (8) all blocked",
        "AVA   ▾BUSINESS 556677889900 Acme Group",
        "AVA     ▸WABA (1) ok",
        "AVA    APP 5512340000",
      ]
    )
  }

  @Test func `crowds unfold a few at a time`() {
    var state = ScreenState.sample.after(.open, .move(.down), .move(.down), .open)
    let lines = state.tree.outline?.nodes.map(Self.line) ?? []
    #expect(lines[3...4] == ["LIM        winter_promo en_GB PAUSED", "AVA        notice_1 en_GB"])
    #expect(lines[11] == "-       ▸33 more")
    #expect(state.tree.outline?.nodes.count == 7 + 9)
    for _ in 0..<9 { _ = state.perform(.move(.down)) }
    _ = state.perform(.open)
    #expect(state.tree.outline?.nodes.count == 7 + 41)
    #expect(state.selectedNode?.id != nil)
  }

  @Test func `everything unfolds and folds back`() {
    let state = ScreenState.sample.after(.open, .toggleAllFolds)
    #expect(state.tree.outline?.nodes.count == 7 + 9 + 8 + 1)
    #expect(state.after(.toggleAllFolds).tree.outline?.nodes.count == 7)
  }

  @Test func `left folds, then goes to the parent; right unfolds, then goes to the first child`() {
    var state = ScreenState.sample.after(.open, .move(.down), .move(.down), .right)
    #expect(state.selectedNode?.isExpanded == true)
    state = state.after(.right)
    #expect(state.selectedNode?.name == "winter_promo")
    state = state.after(.left)
    #expect(state.selectedNode?.type == "MESSAGE_TEMPLATE")
    state = state.after(.left)
    #expect(state.selectedNode?.isExpanded == false)
    state = state.after(.left, .left, .left)
    #expect(state.selectedNode?.identifier == "+447700900131")
    #expect(state.tree.outline?.nodes.count == 5)
  }

  @Test func `a sibling opens as a tree of its own, and back leads back`() {
    var state = ScreenState.sample
      .after(.open, .move(.down), .move(.down), .move(.down), .right, .right, .open)
    let second = PhoneNumber.ID(account: "direct", target: "1065403522132")
    #expect(state.shell.routes == [.list, .tree(Self.first), .tree(second)])
    state = state.after(.back)
    #expect(state.shell.routes == [.list, .tree(Self.first)])
    #expect(state.selectedNode?.identifier == "+447700900132")
    state = state.after(.back)
    #expect(state.shell.routes == [.list])
    #expect(state.tree.arrangements.isEmpty)
  }

  @Test func `the cursor of a tree stays on its node while the tree changes`() {
    var state = ScreenState.sample.after(.open, .move(.bottom))
    #expect(state.selectedNode?.type == "APP")
    let moment = state.now + .seconds(1)
    let report = HealthReport.sample("1", app: .sample("APP", "5512340000", "BLOCKED"))
    let number = PhoneNumber.sample(Self.first.target)
    state.receive(
      FleetUpdate(readings: [.sample(number, .success(report), at: moment)]),
      at: moment
    )
    #expect(state.selectedNode?.type == "APP")
    #expect(state.selectedNode?.isCause == true)
  }

  @Test func `a tree whose number vanishes closes and says so`() {
    var state = ScreenState.sample.after(.open)
    state.receive(FleetUpdate(vanished: [Self.first]), at: state.now)
    #expect(state.shell.routes == [.list])
    #expect(state.tree.outline == nil)
    #expect(state.shell.message?.text == "The number is no longer there.")
  }

  @Test func `a failed poll is a line, and what it replaced turns old with the number`() throws {
    var fleet = Fleet.sample
    let number = PhoneNumber.sample(Self.first.target)
    let moment = Moment.sample + .seconds(5)
    let failed = Reading.sample(number, .failure(.sampleTimeout), at: moment)
    _ = fleet.receive(FleetUpdate(readings: [failed]), at: moment)
    var record = try #require(fleet[Self.first])
    var lines = TreeOutline(
      of: record,
      in: fleet,
      WABAIndex(of: fleet),
      arranged: TreeArrangement()
    )
    .nodes
    .map(Self.line)
    #expect(lines[1] == "BLO   ▾WABA 102938475610 Acme UK 141006 ◂")
    #expect(lines.contains("STA    POLL timed out"))
    _ = fleet.advance(to: .sample + .seconds(200))
    record = try #require(fleet[Self.first])
    lines = TreeOutline(of: record, in: fleet, WABAIndex(of: fleet), arranged: TreeArrangement())
      .nodes
      .map(
        Self.line
      )
    #expect(lines[0...3].map { $0.prefix(3) } == ["STA", "STA", "STA", "LIM"])
    #expect(lines[1] == "STA    POLL timed out ◂")
  }

  @Test func `checks are lines, the failed ones open`() {
    let checks = [
      ProviderCheck(name: "webhook_verified", kind: .webhook, passed: true),
      ProviderCheck(name: "token_validity", kind: .token, passed: false, message: "Expired."),
      ProviderCheck(name: "new_check", passed: nil),
    ]
    let report = HealthReport(
      nodeID: "900",
      entities: [.sample("PHONE_NUMBER", "1")],
      facts: PhoneNumberFacts(displayNumber: "+1 555 0101", quality: AsSent("YELLOW")),
      checks: checks
    )
    #expect(
      Self.lines(report) == [
        "CRI ▾PHONE_NUMBER +15550101",
        "CRI   ▾CHECK (3) 1 critical 1 unknown 1 ok",
        "CRI      token_validity failed ◂",
        "UNK      new_check not reported",
        "AVA      webhook_verified passed",
        "WAR    QUALITY Quality is YELLOW.",
      ]
    )
  }

  @Test func `templates that could not be read say why`() {
    let list = TemplateList(waba: "2", templates: .failure(.sampleUnauthorized))
    let report = Self.report([.sample("PHONE_NUMBER", "1"), .sample("WABA", "2")])
    #expect(
      Self.lines(report, templates: [list])[2] == "UNK      MESSAGE_TEMPLATE key rejected"
    )
  }

  @Test func `a WABA whose own state is bad shows it beside its health`() {
    let reference = EntityReference(type: .waba, id: "2")
    let facts = EntityFacts(
      reference: reference,
      name: "Acme",
      conditions: [EntityCondition(.status, "DISABLED")]
    )
    let report = Self.report([.sample("PHONE_NUMBER", "1"), .sample("WABA", "2")])
    #expect(Self.lines(report, facts: [facts])[1] == "CRI    WABA 2 Acme ◂")
  }
}

extension TreeTests.Quirk {
  var holdsOwn: Bool { entities.contains { $0.type?.value == .phoneNumber } }
}

@Suite struct WABAIndexTests {
  @Test func `the index of WABAs is the same however it came about`() {
    var fleet = Fleet.sample(numbers: 200)
    var index = WABAIndex(of: fleet)
    for step in 1...60 {
      let moment = Moment.sample + .seconds(step)
      let readings = (0..<10).map { offset in
        let index = (step * 37 + offset * 11) % 220
        let isWorse = (step + offset).isMultiple(of: 3)
        return Reading.sample(numbered: index, at: moment, isWorse: isWorse)
      }
      var change = fleet.receive(FleetUpdate(readings: readings), at: moment)
      change.places.formUnion(fleet.advance(to: moment + .seconds(50)).places)
      index.update(change.places, of: fleet)
    }
    #expect(index == WABAIndex(of: fleet))
    #expect(index.numbers(of: "20000000").total == 50)
    #expect(index.wabas(of: "30000000").values.map(\.total).reduce(0, +) == fleet.records.count)
  }
}
