import Foundation
package import Health

// Values for tests: reserved phone numbers, made-up companies, names in several scripts.

extension Moment {
  /// The clock of the mock-ups, after an hour or so of running.
  package static let sample = Moment(
    date: Date(timeIntervalSince1970: 1_795_271_527),  // 2026-11-21 14:32:07 UTC
    uptime: .seconds(100_000)
  )

  package static func sample(ago: Duration) -> Moment { sample + (.zero - ago) }
}

extension Account {
  package static func sample(
    _ name: String,
    provider: String = "meta",
    refresh: Duration = .seconds(30),
    callingExpected: Bool = false
  ) -> Account {
    Account(
      name: name,
      provider: provider,
      refresh: refresh,
      requestsPerMinute: 60,
      concurrency: 4,
      callingExpected: callingExpected
    )
  }

  /// One of each provider.
  package static let samples = [
    sample("direct", provider: "meta"),
    sample("acme", provider: "kapso"),
    sample("shops", provider: "360dialog"),
    sample("india", provider: "kaleyra"),
    sample("partner", provider: "graph"),
  ]
}

extension PhoneNumber {
  package static func sample(
    _ target: String?,
    on account: Account = .samples[0],
    label: String? = nil
  ) -> PhoneNumber {
    PhoneNumber(
      account: account.name,
      provider: account.provider,
      target: target,
      label: label
    )
  }
}

extension AccountCondition {
  package static func sample(
    _ account: Account,
    failure: ProviderError? = nil,
    failingSince: Moment? = nil,
    nextPoll: Moment? = nil
  ) -> AccountCondition {
    AccountCondition(
      account: account,
      effectiveRefresh: account.refresh,
      failure: failure,
      failingSince: failingSince,
      nextPoll: nextPoll
    )
  }
}

extension HealthEntity {
  package static func sample(
    _ type: String?,
    _ id: String?,
    _ state: String? = "AVAILABLE",
    sip: String? = nil,
    name: String? = nil,
    infos: [String] = [],
    errors: [EntityError] = []
  ) -> HealthEntity {
    HealthEntity(
      type: type.map(AsSent.init),
      id: id,
      name: name,
      canSendMessage: state.map(AsSent.init),
      canReceiveCallSIP: sip.map(AsSent.init),
      additionalInfo: infos,
      errors: errors
    )
  }
}

extension EntityError {
  /// A card that fails, in Meta's words.
  package static let samplePayment = EntityError(
    code: .number(141_006),
    description: "There is an error with the payment method.",
    solution: "There was an error with your payment method. Please add a new payment method."
  )
  package static let sampleVerification = EntityError(
    code: .number(141_010),
    description: "The business is not verified.",
    solution: "Complete business verification."
  )
  package static let sampleSIP = EntityError(
    code: .number(138_024),
    description: "SIP is not enabled.",
    solution: "Enable SIP in the settings of 106540352242922."
  )
}

extension ProviderError {
  package static let sampleUnauthorized = ProviderError(
    .credentialRejected,
    "The key was refused: invalid token.",
    httpStatus: 401
  )
  package static let sampleTimeout = ProviderError(.timedOut, "No answer within 15 s.")
}

extension HealthReport {
  /// A number that is fine unless its parts say otherwise.
  package static func sample(
    _ id: String = "106540352242922",
    number: String? = "+44 7700 900131",
    name: String? = "Acme Orders UK",
    own: HealthEntity? = nil,
    waba: HealthEntity = .sample("WABA", "102938475610"),
    business: HealthEntity? = .sample("BUSINESS", "556677889900"),
    app: HealthEntity? = .sample("APP", "5512340000"),
    others: [HealthEntity] = [],
    status: String? = "CONNECTED",
    quality: String? = "GREEN",
    checks: [ProviderCheck] = []
  ) -> HealthReport {
    let entities = [own ?? .sample("PHONE_NUMBER", id), waba, business, app].compactMap(\.self)
    var facts = PhoneNumberFacts(
      displayNumber: number,
      verifiedName: name,
      messagingLimit: AsSent("TIER_10K"),
      throughput: "STANDARD"
    )
    facts.status = status.map(AsSent.init)
    facts.quality = quality.map(AsSent.init)
    facts.nameStatus = AsSent("APPROVED")
    return HealthReport(nodeID: id, entities: entities + others, facts: facts, checks: checks)
  }
}

extension Reading {
  package static func sample(
    _ number: PhoneNumber,
    _ result: Result<HealthReport, ProviderError>,
    at moment: Moment = .sample
  ) -> Reading {
    let isAnswered = (try? result.get()) != nil
    return Reading(
      number: number,
      moment: moment,
      result: result,
      httpStatus: isAnswered ? 200 : nil,
      latency: isAnswered ? .milliseconds(183) : nil
    )
  }
}

extension MessageTemplate {
  package static func sample(
    _ name: String,
    _ status: String = "APPROVED",
    language: String = "en_GB"
  ) -> MessageTemplate {
    MessageTemplate(
      id: "\(name)-\(language)",
      name: name,
      language: language,
      status: AsSent(status),
      category: "UTILITY"
    )
  }
}
