import Health
import Monitor
import Providers
import TestSupport
import Testing

/// What goes wrong with one answer, and what is right to make of it.
struct AnswerFault: CustomTestStringConvertible, Sendable {
  let name: String
  var status = 200
  let body: String
  let outcome: PollOutcome
  /// Before anything else was answered.
  let verdict: Verdict.Word
  let severity: Severity
  /// Of the headline.
  let actor: WhoActs?

  var testDescription: String { name }

  static let all = [
    AnswerFault(
      name: "nothing",
      body: "{}",
      outcome: .unintelligible,
      verdict: .unknown,
      severity: .unknown,
      actor: .provider
    ),
    AnswerFault(
      name: "cut off",
      body: #"{"health_status": {"can_send_message": "AVAI"#,
      outcome: .unintelligible,
      verdict: .unknown,
      severity: .unknown,
      actor: .provider
    ),
    AnswerFault(
      name: "a web page",
      body: "<html><title>Sign in</title></html>",
      outcome: .unintelligible,
      verdict: .unknown,
      severity: .unknown,
      actor: .provider
    ),
    AnswerFault(
      name: "a gateway that fails",
      status: 502,
      body: "<html></html>",
      outcome: .providerError,
      verdict: .unknown,
      severity: .unknown,
      actor: .provider
    ),
    AnswerFault(
      name: "too many requests",
      status: 429,
      body: "{}",
      outcome: .throttled,
      verdict: .unknown,
      severity: .unknown,
      actor: nil
    ),
    AnswerFault(
      name: "a refused key",
      status: 401,
      body: "{}",
      outcome: .credentialRejected,
      verdict: .unknown,
      severity: .unknown,
      actor: .you
    ),
    AnswerFault(
      name: "no success beside health",
      body: #"{"success": false, "status": "healthy", "checks": {}, \#(health("AVAILABLE"))}"#,
      outcome: .providerError,
      verdict: .unknown,
      severity: .unknown,
      actor: .provider
    ),
  ]

  static func health(_ state: String) -> String {
    #""health_status": {"can_send_message": "\#(state)", "entities": []}"#
  }
}

/// Answers of Graph's own shape, which four of the five carry.
struct GraphShape: CustomTestStringConvertible, Sendable {
  let body: String
  let outcome: PollOutcome
  let verdict: Verdict.Word
  let severity: Severity

  var testDescription: String { body }

  static let all = [
    GraphShape(
      body: #"{"health_status": {"entities": []}}"#,
      outcome: .unintelligible,
      verdict: .unknown,
      severity: .unknown
    ),
    GraphShape(
      body: #"{"id": "1", "health_status": {"can_send_message": null, "entities": {}}}"#,
      outcome: .unintelligible,
      verdict: .unknown,
      severity: .unknown
    ),
    GraphShape(
      body: #"{"quality_rating": "GREEN", "health_status": {"entities": []}}"#,
      outcome: .answeredPartly,
      verdict: .unknown,
      severity: .unknown
    ),
    GraphShape(
      body: #"{"status": "BANNED", "health_status": {}}"#,
      outcome: .answeredPartly,
      verdict: .unknown,
      severity: .critical
    ),
    GraphShape(
      body: #"{"health_status": {"entities": [{"entity_type": "WABA", "id": "1"}]}}"#,
      outcome: .answeredPartly,
      verdict: .unknown,
      severity: .unknown
    ),
    GraphShape(
      body: #"{"health_status": {"entities": [{}, {}]}}"#,
      outcome: .answeredPartly,
      verdict: .unknown,
      severity: .unknown
    ),
    GraphShape(
      body: #"""
        {"health_status": {"can_send_message": "AVAILABLE", "entities": [{"entity_type": "APP"}]}}
        """#,
      outcome: .answeredPartly,
      verdict: .available,
      severity: .unknown
    ),
    GraphShape(
      body: #"{"health_status": {"can_send_message": "BLOCKED", "entities": []}}"#,
      outcome: .answeredPartly,
      verdict: .blocked,
      severity: .critical
    ),
  ]
}

struct FaultTableTests {
  static let providers = ProviderCatalog.all.map(\.name)
  static let graphs = providers.filter { $0 != "kapso" }

  @Test(arguments: providers, AnswerFault.all)
  func `a fault has its outcome, and leaves what is known for three intervals`(
    provider: String,
    fault: AnswerFault
  ) async throws {
    let bad = await reading(provider, .init("", status: fault.status, text: fault.body), at: 0)
    #expect(bad.outcome == fault.outcome)
    #expect(bad.message?.hasSuffix(".") == true)
    // The first answer of all.
    var fleet = Fleet()
    _ = fleet.receive(FleetUpdate(readings: [bad]), at: .at(0))
    let first = try #require(fleet.records.first)
    #expect(first.assessment.verdict.word == fault.verdict)
    #expect(first.assessment.severity == fault.severity)
    #expect(first.assessment.causes.map(\.whoActs) == [fault.actor])
    // After a good one: nothing changes while that counts, then it is unknown.
    fleet = Fleet()
    let good = await reading(provider, try .healthy(provider), at: 0)
    _ = fleet.receive(FleetUpdate(readings: [good]), at: .at(0))
    for seconds in [60, 120, 180] {
      let again = Reading(number: good.number, moment: .at(seconds), result: bad.result)
      _ = fleet.receive(FleetUpdate(readings: [again]), at: .at(seconds))
      #expect(fleet.records.map(\.state) == [.available])
    }
    _ = fleet.advance(to: .at(181))
    #expect(fleet.records.map(\.state) == [.unknown])
    #expect(fleet.records.first?.assessment.severity == .unknown)
  }

  @Test(arguments: graphs, GraphShape.all)
  func `health that says nothing is none, and facts without it are a part`(
    provider: String,
    shape: GraphShape
  ) async throws {
    let read = await reading(provider, .init("", text: shape.body), at: 0)
    #expect(read.outcome == shape.outcome)
    #expect((read.message == nil) == (shape.outcome == .answered))
    let assessment = Assessment(of: read, callingExpected: false)
    #expect(assessment.verdict.word == shape.verdict)
    #expect(assessment.severity == shape.severity)
  }

  @Test(arguments: ["{}", #"{"entities": []}"#, #"{"entities": [{}]}"#])
  func `Kapso's health that says nothing is a part of an answer`(details: String) async throws {
    let body = #"""
      {"status": "healthy", "checks": {"messaging_health": {"passed": true, "details": \#(details)}}}
      """#
    let read = await reading("kapso", .init("", text: body), at: 0)
    #expect(read.outcome == .answeredPartly)
    #expect(Assessment(of: read, callingExpected: false).severity == .unknown)
  }

  /// A number where a time, an id, a limit or a code is expected.
  @Test(
    arguments: providers,
    [
      "1e300", "9.3e21", "-1e300", "1e-300", "9223372036854775808", "-9223372036854775809",
      "253402300800", "1e999", "-0", "0.1", "123456789012345678901234567890", #""NaN""#,
      #""inf""#, "true", "[]", "{}",
    ]
  )
  func `any number anywhere is shown as it came, and ends nothing`(
    provider: String,
    number: String
  ) async throws {
    let text = String(
      decoding: try Fixture.bytes("\(prefix(provider))-blocked.json"),
      as: UTF8.self
    )
    // Each value of the answer in its turn, and all of them at once.
    let values = text.ranges(of: /:\s*("[^"]*"|\d+)/)
    for range in values {
      await survives(provider, text.replacingCharacters(in: range, with: ": \(number)"))
    }
    let all = text.replacing(/:\s*("[^"]*"|\d+)/, with: ": \(number)")
    await survives(provider, all)
    let times = #""timestamp": \#(number), "last_onboarded_time": \#(number)"#
    await survives(provider, "{" + times + "," + text.drop { $0 != "{" }.dropFirst())
  }

  private func survives(_ provider: String, _ body: String) async {
    let read = await reading(provider, .init("", text: body), at: 0)
    var fleet = Fleet()
    _ = fleet.receive(FleetUpdate(readings: [read]), at: .at(0))
    _ = fleet.advance(to: .at(1_000))
    #expect(fleet.records.count == 1)
    #expect(!fleet.causes.contains { $0.cause?.text.isEmpty == true })
  }

  @Test(arguments: [
    ("meta", "106540352242922", nil), ("graph", "106540352242922", nil),
    ("meta", "999", "the answer is about 999, not about 106540352242922"),
    ("graph", "999", "the answer is about 999, not about 106540352242922"),
    ("graph", "106XXXXXXXX2922", nil), ("graph", "107XXXXXXXX2922", "the answer is about"),
  ])
  func `an answer about another number has a note, and is no refusal`(
    provider: String,
    id: String,
    note: String?
  ) async throws {
    let body = #"""
      {"id": "\#(id)", "health_status": {"can_send_message": "AVAILABLE", "entities": [
        {"entity_type": "PHONE_NUMBER", "id": "\#(id)", "can_send_message": "AVAILABLE"}]}}
      """#
    let read = await reading(provider, .init("", text: body), at: 0)
    #expect(read.outcome == .answered)
    let assessment = Assessment(of: read, callingExpected: false)
    #expect(assessment.severity == .ok)
    #expect(assessment.verdict.note?.hasPrefix(note ?? "-") ?? (note == nil))
  }
}

// Asking one number of a provider.
extension FaultTableTests {
  private func reading(
    _ provider: String,
    _ route: FixtureTransport.Route,
    at seconds: Int
  ) async -> Reading {
    let transport = FixtureTransport([route])
    let account = ContractAccount(provider, transport).provider
    let target = await account.discover(through: OpenGate()).targets.first
    let answer = await account.read(
      target ?? PollTarget(id: "", purpose: .health),
      through: OpenGate()
    )
    guard let read = answer.readings.first else { return .nothing }
    return Reading(
      number: read.number,
      moment: .at(seconds),
      result: read.result,
      httpStatus: read.httpStatus
    )
  }

  private func prefix(_ provider: String) -> String { ContractAccount.prefix(of: provider) }
}

extension FixtureTransport.Route {
  fileprivate static func healthy(_ provider: String) throws -> Self {
    Self("", body: try Fixture.bytes("\(ContractAccount.prefix(of: provider))-healthy.json"))
  }
}

extension Moment {
  fileprivate static func at(_ seconds: Int) -> Moment { .sample + .seconds(seconds) }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
