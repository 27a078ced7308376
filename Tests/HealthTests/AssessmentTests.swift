import Health
import Testing

@Suite struct AssessmentTests {
  private func entity(
    _ type: String,
    _ state: String?,
    sip: String? = nil,
    info: [String] = [],
    code: Int? = nil
  ) -> HealthEntity {
    HealthEntity(
      type: AsSent(type),
      id: type.lowercased(),
      canSendMessage: state.map(AsSent.init),
      canReceiveCallSIP: sip.map(AsSent.init),
      additionalInfo: info,
      errors: code.map { [EntityError(code: .number($0), description: "E\($0)", solution: nil)] }
        ?? []
    )
  }

  private func fine(sip: String? = nil) -> [HealthEntity] {
    [
      entity("PHONE_NUMBER", "AVAILABLE", sip: sip), entity("WABA", "AVAILABLE"),
      entity("BUSINESS", "AVAILABLE"), entity("APP", "AVAILABLE"),
    ]
  }

  @Test func `a fine number has no cause`() {
    let assessment = Assessment(of: HealthReport(root: AsSent("AVAILABLE"), entities: fine()))
    #expect(assessment.severity == .ok)
    #expect(assessment.state == .available)
    #expect(assessment.causes.isEmpty)
  }

  @Test(arguments: ["BLOCKED", "LIMITED", "AVAILABLE"])
  func `a check that sums up the entities is a cause only where none explains it`(
    state: String
  ) {
    let check = ProviderCheck(name: "messaging_health", kind: .summary, passed: false)
    let report = HealthReport(
      root: AsSent(state),
      entities: [entity("WABA", state)],
      checks: [check]
    )
    let causes = Assessment(of: report).causes
    #expect(causes.count == 1)
    #expect(causes.contains { $0.kind == .check } == (state == "AVAILABLE"))
  }

  @Test func `SIP that nobody set up moves neither verdict nor severity`() {
    let report = HealthReport(entities: fine(sip: "BLOCKED"))
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .available)
    #expect(assessment.calling == .blocked)
    #expect(assessment.severity == .ok)
    #expect(assessment.causes.isEmpty)
    let expected = Assessment(of: report, callingExpected: true)
    #expect(expected.severity == .warning)
    #expect(expected.state == .warning)
    #expect(expected.causes.map(\.kind) == [.entity(.phoneNumber)])
  }

  @Test(arguments: [
    (["AVAILABLE", "BLOCKED"], Verdict.Word.blocked), (["AVAILABLE"], .available),
    (["MAYBE"], .unknown), (["MAYBE", "LIMITED"], .limited),
  ])
  func `calling is the worst that was said`(states: [String], calling: Verdict.Word) {
    let entities = states.map { entity("APP", "AVAILABLE", sip: $0) }
    #expect(Assessment(of: HealthReport(entities: entities)).calling == calling)
  }

  @Test func `calling is nothing when nobody said anything`() {
    #expect(Assessment(of: HealthReport(entities: fine())).calling == nil)
  }

  @Test(arguments: [
    ("BANNED", Severity.critical), ("DELETED", .critical), ("DISCONNECTED", .critical),
    ("RESTRICTED", .critical), ("OFFLINE", .critical), ("PAUSED", .critical),
    ("PENDING", .warning), ("UNVERIFIED", .warning), ("FLAGGED", .warning),
    ("RATE_LIMITED", .warning), ("MIGRATED", .warning), ("CONNECTED", .ok), ("LINKED", .ok),
    ("TOMORROW", .ok), (" banned ", .critical),
  ])
  func `a status weighs as promised`(status: String, severity: Severity) {
    let facts = PhoneNumberFacts(status: AsSent(status))
    let assessment = Assessment(of: HealthReport(entities: fine(), facts: facts))
    #expect(assessment.verdict.word == .available)
    #expect(assessment.severity == severity)
    #expect(assessment.causes.map(\.kind) == (severity == .ok ? [] : [.status]))
  }

  @Test(arguments: [
    ("GREEN", Severity.ok), ("YELLOW", .warning), ("RED", .warning), ("UNKNOWN", .ok), ("NA", .ok),
    ("BLUE", .ok),
  ])
  func `a quality rating weighs as promised`(quality: String, severity: Severity) {
    let facts = PhoneNumberFacts(quality: AsSent(quality))
    #expect(Assessment(of: HealthReport(entities: fine(), facts: facts)).severity == severity)
  }

  @Test(arguments: [
    ("APPROVED", Severity.ok), ("AVAILABLE_WITHOUT_REVIEW", .ok), ("PENDING_REVIEW", .ok),
    ("NONE", .ok), ("DECLINED", .warning), ("EXPIRED", .warning),
  ])
  func `a name's review weighs as promised`(name: String, severity: Severity) {
    let facts = PhoneNumberFacts(nameStatus: AsSent(name))
    #expect(Assessment(of: HealthReport(entities: fine(), facts: facts)).severity == severity)
  }

  @Test func `a dead token at the provider is critical and leaves messaging unknown`() {
    let report = HealthReport(
      providerVerdict: "unhealthy",
      checks: [
        ProviderCheck(name: "phone_number_access", kind: .token, passed: false, message: "190")
      ],
      incomplete: "Messaging health could not be read."
    )
    let assessment = Assessment(of: report)
    #expect(assessment.verdict.word == .unknown)
    #expect(assessment.severity == .critical)
    #expect(assessment.state == .critical)
    #expect(assessment.causes.map(\.kind) == [.token])
  }

  @Test func `a lost webhook warns, and the provider's summary of it is no second cause`() {
    let report = HealthReport(
      providerVerdict: "degraded",
      entities: fine(),
      checks: [ProviderCheck(name: "webhook_verified", kind: .webhook, passed: false)]
    )
    let assessment = Assessment(of: report)
    #expect(assessment.severity == .warning)
    #expect(assessment.state == .warning)
    #expect(assessment.causes.map(\.kind) == [.webhook])
  }

  @Test func `a summary that nothing explains is a cause of its own`() {
    let assessment = Assessment(of: HealthReport(providerVerdict: "unhealthy", entities: fine()))
    #expect(assessment.severity == .critical)
    #expect(assessment.causes.map(\.kind) == [.check])
  }

  @Test func `the headline is the worst entity that says why, a business last`() {
    let report = HealthReport(entities: [
      entity("BUSINESS", "LIMITED", code: 141_010),
      entity("PHONE_NUMBER", "LIMITED", info: ["The name is not approved."], code: 138_024),
      entity("APP", "BLOCKED"),
      entity("WABA", "BLOCKED", code: 141_006),
    ])
    let causes = Assessment(of: report).causes
    #expect(
      causes.map(\.kind) == [
        .entity(.waba), .entity(.app), .entity(.phoneNumber), .entity(.business),
      ]
    )
    #expect(causes.map(\.code) == [.number(141_006), nil, nil, .number(141_010)])
    #expect(causes.map(\.whoActs) == [.you, .provider, .you, .you])
    #expect(causes[2].text == "The name is not approved.")
  }

  @Test func `a summary that no entity explains names itself`() {
    let report = HealthReport(nodeID: "77", root: AsSent("BLOCKED"), entities: [])
    let cause = Assessment(of: report).causes.first
    #expect(cause?.kind == .entity(.phoneNumber))
    #expect(cause?.id == "77")
    #expect(cause?.severity == .critical)
  }

  @Test func `the worst signal comes before a milder entity`() {
    let report = HealthReport(
      entities: [entity("BUSINESS", "LIMITED")],
      facts: PhoneNumberFacts(status: AsSent("BANNED"))
    )
    let assessment = Assessment(of: report)
    #expect(assessment.causes.map(\.kind) == [.status, .entity(.business)])
    #expect(assessment.state == .critical)
    #expect(assessment.verdict.word == .limited)
  }

  @Test(arguments: [
    ProviderError.Kind.credentialRejected, .numberRefused, .throttled(retryAfter: nil),
    .unreachable,
    .timedOut, .unintelligible, .providerError,
  ])
  func `a failed poll leaves the number unknown, whatever the reason`(kind: ProviderError.Kind) {
    let assessment = Assessment(of: ProviderError(kind, "Words."))
    #expect(assessment.severity == .unknown)
    #expect(assessment.verdict.word == .unknown)
    #expect(assessment.verdict.note != nil)
    #expect(assessment.causes.map(\.kind) == [.poll])
    #expect(assessment.causes.first?.id == nil)
  }

  @Test func `an answer without health says so`() {
    let assessment = Assessment(of: HealthReport(incomplete: "no channel key: health not asked"))
    #expect(assessment.severity == .unknown)
    #expect(assessment.verdict.note == "no health data")
    #expect(assessment.causes.map(\.text) == ["no channel key: health not asked"])
  }

  @Test func `an answer without any health has one sentence and one short form`() {
    let facts = PhoneNumberFacts(status: AsSent("CONNECTED"))
    let sentence = "The answer holds no health data."
    for report in [
      HealthReport(facts: facts), HealthReport(facts: facts, incomplete: sentence),
    ] {
      let assessment = Assessment(of: report)
      #expect(assessment.causes.map(\.text) == [sentence])
      #expect(assessment.causes.map(\.shortName) == ["no health data"])
      #expect(assessment.verdict.note == "no health data")
      #expect(assessment.causes.first.flatMap(Knowledge.entry(for:))?.meaning == sentence)
    }
  }

  @Test func `severity orders as the exit status of check does`() {
    #expect(
      [Severity.warning, .ok, .critical, .unknown].sorted() == [.ok, .unknown, .warning, .critical]
    )
  }
}
