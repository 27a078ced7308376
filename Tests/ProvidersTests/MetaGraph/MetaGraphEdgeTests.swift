import Health
import Providers
import TestSupport
import Testing

/// All numbers of a WABA in one list.
struct MetaGraphEdgeTests {
  static let waba = "waba/\(MetaAccount.waba)"
  static let list = "/\(MetaAccount.waba)/phone_numbers"

  /// A page of `ids`, each number with health, and the cursor of the next page.
  static func page(_ ids: Range<Int>, next: String? = nil) -> String {
    let items = ids.map { id in
      """
      {"id":"\(id)","status":"CONNECTED","health_status":{"can_send_message":"AVAILABLE",\
      "entities":[{"entity_type":"PHONE_NUMBER","id":"\(id)","can_send_message":"AVAILABLE"}]}}
      """
    }
    let link = "https://elsewhere.example.com/?access_token=\(MetaAccount.token)"
    let paging = next.map { #","paging":{"cursors":{"after":"\#($0)"},"next":"\#(link)"}"# } ?? ""
    return #"{"data":[\#(items.joined(separator: ","))]\#(paging)}"#
  }

  @Test func `one request brings the numbers of a WABA, each with its own bytes`() async throws {
    let transport = FixtureTransport([try .fixture(Self.list, "meta-waba-numbers")])
    let account = MetaAccount(transport, wabas: [MetaAccount.waba])
    let answer = await account.read(Self.waba)
    #expect(transport.requests.count == 1)
    let url = try #require(transport.urls.first)
    #expect(
      url.hasPrefix("https://graph.example.com/v24.0/102290129340398/phone_numbers?fields=id,")
    )
    #expect(url.hasSuffix("health_status&limit=100"))
    #expect(answer.isWhole && answer.failure == nil)
    #expect(
      answer.targets == [
        "106540352242922", "106540352242923", "106540352242924", "106540352242925",
      ]
    )
    let words = answer.reports.map { Verdict(of: $0).word }
    #expect(words == [.available, .limited, .available, .unknown])
    #expect(answer.reports.map(\.facts.quality?.value) == [.green, .green, .red, .green])
    #expect(answer.reports.last?.incomplete != nil)
    for reading in answer.readings {
      let raw = String(decoding: reading.raw ?? [], as: UTF8.self)
      #expect(raw.hasPrefix("{") && raw.hasSuffix("}"))
      #expect(raw.contains(#""id": "\#(reading.number.target ?? "-")""#))
      #expect(!raw.contains("\"data\""))
    }
  }

  @Test func `250 numbers come over three pages, and the links are never followed`() async throws {
    let transport = FixtureTransport([
      .init("after=B", text: Self.page(200..<250)),
      .init("after=A%3D", text: Self.page(100..<200, next: "B")),
      .init("", text: Self.page(0..<100, next: "A=")),
    ])
    let account = MetaAccount(transport, wabas: [MetaAccount.waba])
    let answer = await account.read(Self.waba)
    #expect(answer.targets == (0..<250).map(String.init))
    #expect(answer.reports.count == 250)
    #expect(answer.isWhole)
    #expect(transport.requests.count == 3 && account.gate.admitted == ["", "", ""])
    #expect(transport.urls.allSatisfy { $0.hasPrefix("https://graph.example.com/v24.0/") })
    #expect(transport.urls.allSatisfy { !$0.contains("token") })
    let known = await account.discover().targets.first { $0.id == Self.waba }
    #expect(known?.numbers.count == 250)
  }

  @Test func `an empty list is whole: all its numbers are gone`() async {
    let account = MetaAccount(FixtureTransport(body: Array(#"{"data":[]}"#.utf8)))
    let answer = await account.read(Self.waba, numbers: ["1"])
    #expect(answer.isWhole && answer.readings.isEmpty && answer.failure == nil)
  }

  @Test func `a cursor loop leaves a list that is not whole`() async {
    let account = MetaAccount(FixtureTransport([.init("", text: Self.page(0..<2, next: "A"))]))
    let answer = await account.read(Self.waba)
    #expect(answer.targets == ["0", "1"])
    #expect(!answer.isWhole)
    #expect(
      answer.gap == """
        List incomplete: its pages repeat (business account 102290129340398, 2 read).
        """
    )
    #expect(account.gate.admitted.count == 2)
  }

  @Test(arguments: [
    (#"{"next":"https://graph.facebook.com/v24.0/1/phone_numbers"}"#, "has no cursor"),
    (#"{"next":"https://evil.example.com/?after=B"}"#, "to another host"),
  ])
  func `a next page that can't be asked for leaves a list that is not whole`(
    paging: String,
    reason: String
  ) async throws {
    let text = Self.page(0..<2).dropLast() + #","paging":\#(paging)}"#
    let account = MetaAccount(FixtureTransport([.init("", text: String(text))]))
    let answer = await account.read(Self.waba)
    #expect(answer.targets == ["0", "1"] && !answer.isWhole && answer.failure == nil)
    #expect(answer.gap?.contains(reason) == true)
    #expect(account.gate.admitted.count == 1)
  }

  @Test func `templates of a list that is not whole leave those that are known`() async {
    let page = #"{"data":[{"id":"1","name":"n","status":"APPROVED"}]"#
    let paging = #","paging":{"cursors":{"after":"A"},"next":"https://x"}}"#
    let transport = FixtureTransport([.init("", text: page + paging)])
    let answer = await MetaAccount(transport).read("templates/1")
    #expect(throws: ProviderError.self) { try answer.templates.first?.templates.get() }
    #expect(answer.failure?.message.contains("List incomplete") == true)
  }

  @Test func `a list without end is asked for a hundred pages`() async {
    let transport = ScriptedTransport { _, earlier in
      let start = earlier.count
      return .init("", text: Self.page(start..<(start + 1), next: "cursor-\(start)"))
    }
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(transport.requests.count == 100)
    #expect(answer.readings.count == 100 && !answer.isWhole)
    #expect(answer.gap?.contains("it does not end after 100 pages") == true)
  }

  @Test func `a forgotten cursor starts the list again`() async throws {
    let forgotten = try Fixture.bytes("meta-invalid-cursor.json")
    let transport = ScriptedTransport { request, earlier in
      guard request.url.contains("after=") else {
        return .init("", text: Self.page(0..<2, next: "A"))
      }
      return earlier.count == 1
        ? .init("", status: 400, body: forgotten) : .init("", text: Self.page(2..<3))
    }
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(answer.targets == ["0", "1", "2"])
    #expect(answer.isWhole)
    #expect(transport.urls.map { $0.contains("after=") } == [false, true, false, true])
  }

  @Test func `a page that fails fails only the numbers that it would have brought`() async throws {
    let transport = FixtureTransport([
      try .fixture("after=", "meta-rate-limit", status: 400),
      .init("", text: Self.page(0..<2, next: "A")),
    ])
    let answer = await MetaAccount(transport).read(Self.waba, numbers: ["0", "1", "2"])
    #expect(answer.targets == ["0", "1", "2"])
    #expect(answer.reports.count == 2)
    #expect(answer.failures == [.throttled(retryAfter: nil)])
    #expect(!answer.isWhole && answer.failure == nil)
  }

  @Test func `a page that fails before its numbers are known fails the poll`() async throws {
    let transport = FixtureTransport([
      try .fixture("after=", "meta-rate-limit", status: 400),
      .init("", text: Self.page(0..<2, next: "A")),
    ])
    let answer = await MetaAccount(transport).read(Self.waba)
    #expect(answer.reports.count == 2 && answer.readings.count == 2)
    #expect(answer.failure?.kind == .throttled(retryAfter: nil))
    #expect(!answer.isWhole)
  }

  @Test func `the numbers of an earlier list are known to the next poll`() async throws {
    let refusal = try Fixture.bytes("meta-rate-limit.json")
    let transport = ScriptedTransport { request, earlier in
      let isSecondPage = request.url.contains("after=")
      if isSecondPage, earlier.count > 2 { return .init("", status: 400, body: refusal) }
      return .init("", text: isSecondPage ? Self.page(2..<4) : Self.page(0..<2, next: "A"))
    }
    let account = MetaAccount(transport)
    #expect(await account.read(Self.waba).isWhole)
    let second = await account.read(Self.waba)
    #expect(second.targets == ["0", "1", "2", "3"])
    #expect(second.failures.count == 2 && second.failure == nil)
  }

  @Test(arguments: [
    ("meta-permission", 403, ProviderError.Kind.numberRefused),
    ("meta-refused-token", 400, .credentialRejected),
    ("meta-rate-limit", 400, .throttled(retryAfter: nil)),
    ("meta-outage", 503, .providerError),
    ("meta-empty", 200, .unintelligible),
    ("meta-healthy", 200, .unintelligible),
  ])
  func `a list that can't be read is one failure for all its numbers`(
    fixture: String,
    status: Int,
    kind: ProviderError.Kind
  ) async throws {
    let transport = FixtureTransport([try .fixture("", fixture, status: status)])
    let answer = await MetaAccount(transport).read(Self.waba, numbers: ["1", "2"])
    #expect(answer.failure?.kind == kind)
    #expect(answer.failure?.httpStatus == status)
    #expect(answer.readings.isEmpty && !answer.isWhole)
    #expect(transport.requests.count == 1)
  }

  @Test func `an entry without health and without facts is one number's failure`() async {
    let text =
      #"{"data":[{"id":"1"},{"id":"2","status":"CONNECTED"},{"id":3,"health_status":null}]}"#
    let answer = await MetaAccount(FixtureTransport([.init("", text: text)])).read(Self.waba)
    #expect(answer.targets == ["1", "2", "3"])
    #expect(answer.failures == [.unintelligible, .unintelligible])
    #expect(answer.reports.first?.incomplete != nil)
    #expect(answer.isWhole)
  }

  @Test func `an entry that names no number leaves a list that is not whole`() async {
    let text = #"{"data":[{"id":"1","status":"CONNECTED"},{"status":"CONNECTED"},{"id":"1"}]}"#
    let answer = await MetaAccount(FixtureTransport([.init("", text: text)])).read(Self.waba)
    #expect(answer.targets == ["1"])
    #expect(!answer.isWhole)
    #expect(answer.gap?.contains("an entry has no id") == true)
  }

  // MARK: Health refused in a list

  /// A WABA whose list refuses `health_status`, and numbers that have it.
  static func withoutHealth(_ ids: Range<Int>) -> ScriptedTransport {
    let refusal = (try? Fixture.bytes("meta-health-refused.json")) ?? []
    return ScriptedTransport { request, _ in
      if request.url.contains("/phone_numbers") {
        if request.url.contains("health_status") { return .init("", status: 400, body: refusal) }
        let items = ids.map { #"{"id":"\#($0)","status":"CONNECTED"}"# }
        return .init("", text: #"{"data":[\#(items.joined(separator: ","))]}"#)
      }
      return .init(
        "",
        text: #"{"health_status":{"can_send_message":"LIMITED","entities":[]},"id":"9"}"#
      )
    }
  }

  @Test func `health that a list refuses is asked number by number`() async {
    let transport = Self.withoutHealth(1..<4)
    let account = MetaAccount(transport)
    let answer = await account.read(Self.waba)
    #expect(answer.targets == ["1", "2", "3"])
    #expect(answer.reports.map { Verdict(of: $0).word } == [.limited, .limited, .limited])
    #expect(answer.reports.allSatisfy { $0.facts.status?.value == .connected })
    #expect(answer.isWhole)
    #expect(
      transport.urls.dropFirst(2).map { $0.hasSuffix("?fields=health_status") } == [
        true, true, true,
      ]
    )
    _ = await account.read(Self.waba)
    #expect(transport.requests.count == 9, "the list is not asked for health again")
    #expect(account.gate.admitted.count == 9)
  }

  @Test func `a budget that ends goes on with the next number`() async {
    let transport = Self.withoutHealth(0..<5)
    let account = MetaAccount(transport)
    let target = PollTarget(id: Self.waba, purpose: .health)
    var answered: [[String?]] = []
    // Two requests go to the list while it learns, one later.
    for requests in [4, 3, 3] {
      let gate = ClosingGate(admitting: requests)
      let answer = await account.provider.read(target, through: gate)
      #expect(Set(answer.targets) == ["0", "1", "2", "3", "4"])
      answered.append(
        answer.readings.filter { (try? $0.result.get()) != nil }.map(\.number.target).sorted {
          ($0 ?? "") < ($1 ?? "")
        }
      )
      #expect(answer.failures == Array(repeating: .throttled(retryAfter: nil), count: 3))
    }
    #expect(answered == [["0", "1"], ["2", "3"], ["0", "4"]])
  }

  // MARK: Numbers that are configured too

  @Test func `a number under a WABA and in the configuration is read once`() async throws {
    let transport = FixtureTransport([try .fixture(Self.list, "meta-waba-numbers")])
    let account = MetaAccount(
      transport,
      wabas: [MetaAccount.waba],
      numbers: [
        ConfiguredNumber(id: "106540352242923", label: "Sales"),
        ConfiguredNumber(id: "106540352242999", label: "Elsewhere"),
      ],
      watchesTemplates: false
    )
    let discovery = await account.discover()
    #expect(
      discovery.ids == [
        Self.waba, "number/106540352242999", "waba-facts/102290129340398", "token/own",
      ]
    )
    #expect(discovery.failures.isEmpty)
    let numbers = discovery.targets.flatMap(\.numbers)
    #expect(Set(numbers.map(\.id)).count == numbers.count)
    #expect(numbers.count == 5)
    #expect(numbers.compactMap(\.label) == ["Sales", "Elsewhere"])
    let answer = await account.read(discovery.targets[0])
    #expect(answer.readings.map(\.number.label) == [nil, "Sales", nil, nil])
    #expect(transport.urls.first?.contains("fields=id&limit=100") == true)
    _ = await account.discover()
    #expect(transport.requests.count == 2, "the poll has said what discovery would ask")
  }

  @Test func `a refused WABA leaves its configured numbers to be read singly`() async throws {
    let transport = FixtureTransport([
      try .fixture(Self.list, "meta-permission", status: 403),
      try .fixture("/106540352242922?", "meta-healthy"),
    ])
    let account = MetaAccount(
      transport,
      wabas: [MetaAccount.waba],
      numbers: [ConfiguredNumber(id: MetaAccount.number)],
      watchesTemplates: false
    )
    let discovery = await account.discover()
    #expect(
      discovery.ids == [
        Self.waba, "number/106540352242922", "waba-facts/102290129340398", "token/own",
      ]
    )
    #expect(discovery.failures.isEmpty)
    #expect(discovery.targets[0].numbers.isEmpty)
    #expect(await account.read(discovery.targets[0]).failure?.kind == .numberRefused)
    #expect(await account.read(discovery.targets[1]).reports.count == 1)
  }

  @Test func `a WABA that gets refused later hands its configured numbers over`() async throws {
    let list = try Fixture.bytes("meta-waba-numbers.json")
    let refusal = try Fixture.bytes("meta-permission.json")
    let transport = ScriptedTransport { _, earlier in
      earlier.count < 2 ? .init("", body: list) : .init("", status: 403, body: refusal)
    }
    let account = MetaAccount(
      transport,
      wabas: [MetaAccount.waba],
      numbers: [ConfiguredNumber(id: "106540352242923", label: "Sales")],
      watchesTemplates: false
    )
    let target = try #require(await account.discover().targets.first)
    #expect(await account.read(target).readings.count == 4)
    let refused = await account.read(target)
    #expect(refused.failure == nil, "it would apply to the number that goes on")
    #expect(refused.targets == ["106540352242922", "106540352242924", "106540352242925"])
    #expect(refused.failures == [.numberRefused, .numberRefused, .numberRefused])
    #expect(refused.revealed.map(\.id) == ["number/106540352242923"])
    #expect(refused.revealed.first?.numbers.first?.label == "Sales")
    #expect(refused.revealed.first?.purpose == .health)
    #expect(await account.discover().ids.contains("number/106540352242923"))
  }
}
