import Health
import Testing

/// Facts beside a word, and the row of the table that they name.
struct KnowledgeCase: CustomTestStringConvertible, Sendable {
  let topic: KnowledgeTopic
  let actor: WhoActs?
  var status: String?
  var code: String?
  var platform: String?
  var limit: String?
  var quality: String?
  var state: String?
  var info: String?
  var errors: [Int] = []
  /// What the remedy has to speak of.
  let remedy: String

  var testDescription: String {
    [status, code, platform, info].compactMap(\.self).joined(separator: " ")
  }

  var report: HealthReport {
    var facts = PhoneNumberFacts(
      status: status.map { AsSent($0) },
      quality: quality.map { AsSent($0) },
      messagingLimit: limit.map { AsSent($0) }
    )
    facts.others = [
      platform.map { Fact("platform_type", $0) },
      code.map { Fact("code_verification_status", $0) },
    ].compactMap(\.self)
    let entity = HealthEntity(
      type: AsSent("PHONE_NUMBER"),
      id: "1",
      canSendMessage: AsSent(state ?? (info == nil ? "AVAILABLE" : "LIMITED")),
      additionalInfo: info.map { [$0] } ?? [],
      errors: errors.map { EntityError(code: .number($0), description: nil, solution: nil) }
    )
    return HealthReport(entities: [entity], facts: facts)
  }
}

@Suite struct RemedyTests {
  private static let cases = [
    KnowledgeCase(
      topic: .notRegistered,
      actor: .you,
      status: "PENDING",
      code: "VERIFIED",
      platform: "NOT_APPLICABLE",
      remedy: "Register"
    ),
    KnowledgeCase(
      topic: .notRegistered,
      actor: .you,
      status: "pending",
      platform: " not_applicable ",
      remedy: "Register"
    ),
    KnowledgeCase(
      topic: .notRegistered,
      actor: .you,
      status: "UNVERIFIED",
      code: "VERIFIED",
      platform: "NOT_APPLICABLE",
      remedy: "Register"
    ),
    KnowledgeCase(
      topic: .inReview,
      actor: .meta,
      status: "PENDING",
      code: "VERIFIED",
      platform: "CLOUD_API",
      remedy: "Wait"
    ),
    KnowledgeCase(topic: .inReview, actor: .meta, status: "PENDING", remedy: "Wait"),
    KnowledgeCase(
      topic: .inReview,
      actor: .meta,
      status: "PENDING",
      code: "EXPIRED",
      platform: "CLOUD_API",
      remedy: "Wait"
    ),
    KnowledgeCase(
      topic: .codeNotEntered,
      actor: .you,
      status: "UNVERIFIED",
      code: "NOT_VERIFIED",
      platform: "NOT_APPLICABLE",
      remedy: "code"
    ),
    KnowledgeCase(
      topic: .codeNotEntered,
      actor: .you,
      status: "UNVERIFIED",
      code: "EXPIRED",
      remedy: "code"
    ),
    KnowledgeCase(
      topic: .codeNotEntered,
      actor: .you,
      status: "PENDING",
      code: "NOT_VERIFIED",
      platform: "NOT_APPLICABLE",
      remedy: "code"
    ),
    KnowledgeCase(topic: .unverified, actor: nil, status: "UNVERIFIED", remedy: "which of the two"),
    KnowledgeCase(
      topic: .unverified,
      actor: nil,
      status: "UNVERIFIED",
      code: "VERIFIED",
      platform: "CLOUD_API",
      remedy: "which of the two"
    ),
    KnowledgeCase(
      topic: .dailyLimit,
      actor: .meta,
      status: "RESTRICTED",
      limit: "TIER_1K",
      remedy: "by itself"
    ),
    KnowledgeCase(
      topic: .dailyLimit,
      actor: .meta,
      status: "restricted",
      limit: "250",
      quality: "YELLOW",
      state: "LIMITED",
      remedy: "by itself"
    ),
    KnowledgeCase(topic: .restricted, actor: .you, status: "RESTRICTED", remedy: "notice"),
    KnowledgeCase(
      topic: .restricted,
      actor: .you,
      status: "RESTRICTED",
      limit: "TIER_UNLIMITED",
      remedy: "notice"
    ),
    KnowledgeCase(
      topic: .restricted,
      actor: .you,
      status: "RESTRICTED",
      limit: "TIER_1K",
      quality: "RED",
      remedy: "notice"
    ),
    KnowledgeCase(
      topic: .restricted,
      actor: .you,
      status: "RESTRICTED",
      limit: "TIER_1K",
      state: "BLOCKED",
      remedy: "notice"
    ),
    KnowledgeCase(
      topic: .policyRestriction,
      actor: .you,
      status: "RESTRICTED",
      errors: [131_031],
      remedy: "appeal"
    ),
    KnowledgeCase(topic: .movedAway, actor: .you, status: "MIGRATED", remedy: "Retire"),
    KnowledgeCase(topic: .flagged, actor: .you, status: "FLAGGED", remedy: "asked for"),
    KnowledgeCase(topic: .rateLimited, actor: .you, status: "RATE_LIMITED", remedy: "slowly"),
    KnowledgeCase(topic: .outOfService, actor: .you, status: "BANNED", remedy: "Appeal"),
    KnowledgeCase(topic: .outOfService, actor: .you, status: "DISCONNECTED", remedy: "register"),
    KnowledgeCase(
      topic: .webhook,
      actor: .you,
      info: "Your app is not subscribed to the message webhook.",
      remedy: "Subscribe"
    ),
    KnowledgeCase(
      topic: .nameNotApproved,
      actor: .you,
      info: "Your display name has not been approved yet.",
      remedy: "approved"
    ),
    KnowledgeCase(
      topic: .qualityLowersLimit,
      actor: .you,
      info: "Your limit will decrease unless your quality improves.",
      remedy: "campaigns"
    ),
    KnowledgeCase(
      topic: .accountInReview,
      actor: .meta,
      info: "Your account is under review.",
      remedy: "Wait"
    ),
  ]

  @Test(arguments: cases)
  func `the facts beside a word say who acts and what helps`(row: KnowledgeCase) throws {
    let causes = Assessment(of: row.report).causes
    let cause = try #require(causes.first { $0.topic == row.topic })
    #expect(cause.whoActs == row.actor)
    let entry = try #require(Knowledge.entry(for: cause))
    #expect(entry.remedy.contains(row.remedy))
    #expect(entry.whoActs == row.actor)
  }

  @Test(arguments: [
    (ProviderError.Kind.providerError, 100, KnowledgeTopic.configuration, WhoActs.you),
    (.providerError, 2_500, .configuration, .you),
    (.credentialRejected, 200, .appDeactivated, .you),
    (.providerError, 190, .providersToken, .provider),
    (.providerError, 0, .providersToken, .provider),
  ])
  func `a refusal's code names who acts`(
    kind: ProviderError.Kind,
    code: Int,
    topic: KnowledgeTopic,
    actor: WhoActs
  ) {
    let failure = ProviderError(kind, "Words.", code: .number(code))
    #expect(failure.topic == topic)
    #expect(failure.whoActs == actor)
    #expect(Assessment(of: failure).causes.map(\.whoActs) == [actor])
  }

  @Test(arguments: [
    (ProviderError.Kind.credentialRejected, 190, WhoActs.you), (.numberRefused, 100, .you),
    (.numberRefused, 200, .you), (.providerError, 1, .provider),
  ])
  func `any other refusal is whom its kind says`(
    kind: ProviderError.Kind,
    code: Int,
    actor: WhoActs
  ) {
    let failure = ProviderError(kind, "Words.", code: .number(code))
    #expect(failure.topic == nil && failure.whoActs == actor)
  }

  @Test(arguments: KnowledgeTopic.allCases)
  func `every topic has a row with a remedy and a source`(topic: KnowledgeTopic) throws {
    let entry = try #require(Knowledge.entry(for: topic))
    #expect(entry.subject == .topic(topic))
    #expect(!entry.source.isEmpty)
  }

  @Test(arguments: Knowledge.all.compactMap(\.code))
  func `every code has a source`(code: Int) throws {
    let rows = Knowledge.all.filter { $0.code == code }
    #expect(rows.allSatisfy { !$0.source.isEmpty })
    #expect(Knowledge.entry(for: .number(code), on: code == 131_000 ? .business : nil) != nil)
  }

  @Test(arguments: Knowledge.all)
  func `every row says why in a few words that fit into a column`(entry: KnowledgeEntry) {
    let name = entry.shortName
    #expect((2...3).contains(name.split(separator: " ").count))
    #expect(name.utf8.count <= 22 && name.utf8.allSatisfy { $0 < 0x7F })
    #expect(name.first?.isUppercase == false || name.hasPrefix("SIP"))
  }

  @Test func `a short name stands for one fault: rows that share it have the same remedy`() {
    let rows = Dictionary(grouping: Knowledge.all, by: \.shortName)
    for (name, rows) in rows where rows.count > 1 {
      #expect(name == "not registered" && Set(rows.map(\.page)).count == 1)
    }
  }

  @Test(arguments: [
    (HealthReport(facts: PhoneNumberFacts(status: AsSent("BANNED"))), "number banned"),
    (HealthReport(facts: PhoneNumberFacts(status: AsSent("RESTRICTED"))), "restricted by Meta"),
    (HealthReport(facts: PhoneNumberFacts(quality: AsSent("RED"))), "quality red"),
    (
      HealthReport(facts: PhoneNumberFacts(nameStatus: AsSent("DECLINED"))), "display name declined"
    ),
  ])
  func `a signal says why in the provider's word or ours`(report: HealthReport, name: String) {
    #expect(Assessment(of: report).causes.first?.shortName == name)
  }

  @Test(arguments: [
    (ProviderCheck.Kind.token, 190 as Int?, WhoActs.provider as WhoActs?), (.token, nil, .you),
    (.other, 190, .provider), (.webhook, nil, .you), (.other, nil, nil), (.other, 131_031, .you),
  ])
  func `a failed check's code counts, and Meta's 190 is the provider's to renew`(
    kind: ProviderCheck.Kind,
    code: Int?,
    actor: WhoActs?
  ) {
    let words = code.map { "Meta answered (#\($0)) words." } ?? "Words."
    let check = ProviderCheck(name: "check", kind: kind, passed: false, message: words)
    let report = HealthReport(root: AsSent("AVAILABLE"), checks: [check])
    let cause = Assessment(of: report).causes.first
    #expect(cause?.code == code.map(EntityError.Code.number))
    #expect(cause?.whoActs == actor)
  }

  @Test(arguments: [
    ("(#131031) Account locked", 131_031), (#""code" => 190, "x""#, 190), ("error code 100", 100),
    (#"{"code": "141006"}"#, 141_006), ("code=7 things", 7),
  ])
  func `a code is found in a sentence`(text: String, code: Int) {
    #expect(EntityError.Code(foundIn: text) == .number(code))
  }

  @Test(arguments: ["", "141006", "HTTP 200", "codes 5", "#", "code 99999999999999999999"])
  func `what is no code is none`(text: String) {
    #expect(EntityError.Code(foundIn: text) == nil)
  }
}
