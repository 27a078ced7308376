import Health
import TestSupport
import Testing

/// What may be wrong inside of Meta's health object, and what is right to make of it.
struct HealthFault: CustomTestStringConvertible, Sendable {
  let name: String
  /// The health object.
  let health: String
  var outcome = PollOutcome.answered
  var verdict = Verdict.Word.available
  let severity: Severity
  /// Of the headline.
  var code: Int?
  /// One that only `graph` may send: an overall word without any list.
  var isFlat = false

  var testDescription: String { name }

  private static let fine =
    #"{"entity_type":"PHONE_NUMBER","id":"1","can_send_message":"AVAILABLE"}"#

  /// A WABA beside a number that is fine.
  private static func waba(_ members: String, root: String = "AVAILABLE") -> String {
    #"{"can_send_message":"\#(root)","entities":[\#(fine),"#
      + #"{"entity_type":"WABA","id":"2",\#(members)}]}"#
  }

  private static func code(_ code: Int) -> String {
    #""can_send_message":"AVAILABLE","errors":[{"error_code":\#(code)}]"#
  }

  private static func info(_ words: String, state: String = "AVAILABLE") -> String {
    #""can_send_message":"\#(state)","additional_info":["\#(words)"]"#
  }

  static let lists: [HealthFault] = ["[]", "{}", "[null]", #"["x"]"#, "null"]
    .flatMap { list in
      [
        ("AVAILABLE", Verdict.Word.available, Severity.unknown),
        ("LIMITED", .limited, .warning), ("BLOCKED", .blocked, .critical),
      ]
      .map { root, verdict, severity in
        HealthFault(
          name: "\(root) and the list \(list)",
          health: #"{"can_send_message":"\#(root)","entities":\#(list)}"#,
          outcome: .answeredPartly,
          verdict: verdict,
          severity: severity,
          isFlat: list == "null"
        )
      }
    }

  static let states = [
    HealthFault(
      name: "no list at all",
      health: #"{"can_send_message":"AVAILABLE"}"#,
      outcome: .answeredPartly,
      severity: .unknown,
      isFlat: true
    ),
    HealthFault(
      name: "no entity with a state",
      health: #"{"can_send_message":"AVAILABLE","entities":[{"entity_type":"WABA","id":"2"},{}]}"#,
      outcome: .answeredPartly,
      severity: .unknown
    ),
    HealthFault(
      name: "no entity with a state, and BLOCKED",
      health: #"{"can_send_message":"BLOCKED","entities":[{"entity_type":"WABA","id":"2"}]}"#,
      outcome: .answeredPartly,
      verdict: .blocked,
      severity: .critical
    ),
    HealthFault(
      name: "states that nobody knows",
      health: #"{"can_send_message":"AVAILABLE","entities":[{"can_send_message":"MAYBE"}]}"#,
      severity: .unknown
    ),
    HealthFault(
      name: "success: false in the health",
      health: #"{"success":false,"can_send_message":"AVAILABLE","entities":[\#(fine)]}"#,
      outcome: .answeredPartly,
      verdict: .unknown,
      severity: .unknown
    ),
    HealthFault(
      name: "success: false in an entity",
      health: waba(#""success":false,"can_send_message":"AVAILABLE""#),
      outcome: .answeredPartly,
      verdict: .unknown,
      severity: .unknown
    ),
  ]

  static let codes = [
    HealthFault(
      name: "a code on an entity that is fine",
      health: waba(code(141_006)),
      severity: .warning,
      code: 141_006
    ),
    HealthFault(
      name: "a code in an error's words",
      health: waba(
        #""can_send_message":"AVAILABLE","errors":[{"error_description":"(#131031) Locked"}]"#
      ),
      severity: .warning,
      code: 131_031
    ),
    HealthFault(
      name: "a code in information",
      health: waba(info("(#131031) Locked")),
      severity: .warning,
      code: 131_031
    ),
    HealthFault(
      name: "another code in information",
      health: waba(info("Failed with error code 141006")),
      severity: .warning,
      code: 141_006
    ),
    HealthFault(
      name: "a code in the information of a limited one",
      health: waba(info("(#131031) Locked", state: "LIMITED"), root: "LIMITED"),
      verdict: .limited,
      severity: .warning,
      code: 131_031
    ),
    HealthFault(name: "a code that nobody knows", health: waba(code(141_011)), severity: .ok),
    HealthFault(name: "a code of calls", health: waba(code(138_024)), severity: .ok),
    HealthFault(
      name: "a code of calls in information",
      health: waba(info("error code 138025")),
      severity: .ok
    ),
    HealthFault(name: "a code of a template", health: waba(code(132_015)), severity: .ok),
  ]
}

/// An error that stands beside health that is fine.
struct ErrorBeside: CustomTestStringConvertible, Sendable {
  /// Of the answer itself.
  var members = ""
  /// Of its health object.
  var health = ""
  var severity = Severity.unknown
  var code: Int?

  var testDescription: String { members + health }

  static let all = [
    Self(members: #","error":"boom""#), Self(members: #","error":["boom"]"#),
    Self(members: #","errors":[{"error_description":"boom"}]"#),
    Self(health: #","error":{"message":"boom"}"#),
    Self(members: #","error":"(#131031) Locked""#, severity: .warning, code: 131_031),
    Self(members: #","errors":[{"error_code":141006}]"#, severity: .warning, code: 141_006),
  ]
  static let none = [#","error":null"#, #","error":[]"#, #","error":{}"#, #","error":false"#]
}

extension HealthFaultTests {
  private static let entity = #"{"entity_type":"WABA","id":"2","can_send_message":"AVAILABLE"}"#

  private func answer(_ members: String, health: String = "") -> String {
    #"{"id":"106540352242922","health_status":{"can_send_message":"AVAILABLE","entities":["#
      + Self.entity + "]\(health)}\(members)}"
  }

  @Test(arguments: ["meta", "graph", "360dialog", "kaleyra"], ErrorBeside.all)
  func `an error beside health is never fine`(provider: String, beside: ErrorBeside) async {
    let read = await read(provider, answer(beside.members, health: beside.health))
    #expect(read.outcome == .answeredPartly)
    #expect(read.message?.contains("An error came beside the health") == true)
    let assessment = Assessment(of: read, callingExpected: false)
    #expect(assessment.severity == beside.severity)
    #expect(assessment.causes.first?.code == beside.code.map { .number($0) })
  }

  @Test(arguments: ["meta", "graph", "360dialog", "kaleyra"], ErrorBeside.none)
  func `an error that says that there is none is none`(provider: String, members: String) async {
    let read = await read(provider, answer(members))
    #expect(read.outcome == .answered)
  }

  @Test(arguments: FaultTableTests.providers, ["0", #""false""#, #""0""#, "false"])
  func `no success is none, however it is written`(provider: String, flag: String) async {
    let read = await read(provider, answer(#","success":\#(flag),"status":"healthy""#))
    #expect(Assessment(of: read, callingExpected: false).severity == .unknown)
  }

  @Test func `Kapso's healthy with an error is not fine`() async {
    let check = #""messaging_health":{"details":{"can_send_message":"AVAILABLE","entities":["#
    let body = #"{"status":"healthy","error":"boom","checks":{\#(check)\#(Self.entity)]}}}}"#
    let read = await read("kapso", body)
    #expect(read.outcome == .answeredPartly && read.message?.contains("boom") == true)
    #expect(Assessment(of: read, callingExpected: false).severity == .unknown)
  }

  @Test(arguments: [
    #""error_code":141006.0"#, #""error_code":"141006.0""#, ##""error_code":"#141006""##,
    #""error_subcode":141006"#,
  ])
  func `a code counts however it is written`(error: String) async {
    let carrier = #"{"entity_type":"WABA","can_send_message":"AVAILABLE","errors":[{\#(error)}]}"#
    let health = #""health_status":{"entities":[\#(carrier)]}"#
    let read = await read("meta", #"{"id":"106540352242922",\#(health)}"#)
    let assessment = Assessment(of: read, callingExpected: false)
    #expect(assessment.causes.first?.code == .number(141_006))
  }

  @Test(arguments: FaultTableTests.graphs)
  func `an object in place of a word is said to be not understood`(provider: String) async {
    let read = await read(provider, answer(#","status":{"value":"BANNED"}"#))
    #expect(read.outcome == .answeredPartly)
    #expect(read.message?.contains("was not understood") == true)
  }
}

struct HealthFaultTests {
  @Test(
    arguments: FaultTableTests.providers,
    HealthFault.lists + HealthFault.states + HealthFault.codes
  )
  func `a fault is the same, whoever passes the health on`(
    provider: String,
    fault: HealthFault
  ) async throws {
    let isFine = fault.isFlat && provider == "graph"
    let read = await reading(provider, fault.health)
    #expect(read.outcome == (isFine ? .answered : fault.outcome))
    #expect((read.message == nil) == (read.outcome == .answered))
    #expect(read.message?.hasSuffix(".") != false)
    let assessment = Assessment(of: read, callingExpected: false)
    #expect(assessment.verdict.word == fault.verdict)
    // Kapso's own word is `healthy` here, which explains nothing.
    let severity = isFine ? assessment.verdict.severity : fault.severity
    #expect(assessment.severity == severity)
    #expect((assessment.state == .available) == (severity == .ok))
    #expect(assessment.causes.isEmpty == (severity == .ok))
    if let code = fault.code {
      #expect(assessment.causes.first?.code == .number(code))
      #expect(assessment.causes.first?.kind == .entity(.waba))
      #expect(assessment.causes.first?.whoActs == .you)
    }
    if fault.verdict == .available, severity == .unknown {
      #expect(assessment.verdict.note?.contains("provider gave no detail") == true)
    }
  }

  @Test(arguments: FaultTableTests.graphs)
  func `a row that denies itself is no health, and its facts stay`(provider: String) async throws {
    let row = #"""
      {"id": "106540352242922", "success": false, "error": "Not now", "quality_rating": "RED",
       "health_status": {"entities": [{"can_send_message": "AVAILABLE"}]}}
      """#
    // As the answer itself it is a failure, as a row of Meta's list a part.
    let whole = await read(provider, row)
    #expect(whole.outcome == .providerError)
    guard provider == "meta" else { return }
    let account = MetaAccount(
      FixtureTransport([.init("", text: #"{"data": [\#(row)]}"#)]),
      wabas: [MetaAccount.waba]
    )
    let answer = await account.read("waba/\(MetaAccount.waba)")
    let report = try #require(answer.reports.first)
    #expect(report.incomplete?.contains("success: false") == true)
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .unknown)
    #expect(assessment.severity == .warning)
  }

  private func reading(_ provider: String, _ health: String) async -> Reading {
    let check = #""messaging_health":{"passed":true,"details":\#(health)}"#
    return await read(
      provider,
      provider == "kapso"
        ? #"{"status":"healthy","checks":{\#(check)}}"#
        : #"{"id":"106540352242922","health_status":\#(health)}"#
    )
  }

  func read(_ provider: String, _ body: String) async -> Reading {
    let transport = FixtureTransport([.init("", text: body)])
    let account = ContractAccount(provider, transport).provider
    let target = await account.discover(through: OpenGate()).targets.first
    let answer = await account.read(
      target ?? PollTarget(id: "", purpose: .health),
      through: OpenGate()
    )
    guard let read = answer.readings.first else { return .nothing }
    return Reading(number: read.number, moment: .sample, result: read.result)
  }
}
