import Health

extension HealthReport {
  /// `numberID` is the requested id, which is Meta's.
  init(_ response: KapsoHealthResponse, numberID: String, parts: AnswerParts) {
    let access = response.check(KapsoCheck.access)
    let messaging = response.check(KapsoCheck.messaging)
    let said = messaging?.details.map(GraphHealthResponse.init)
    let isDenied = messaging?.isDenied == true || said?.failure != nil
    let health = isDenied ? nil : said
    let nodeID = access?.details?["id"]?.nonBlankText
    let root = isDenied ? nil : Self.worse(health?.canSendMessage, messaging?.overallStatus)
    self.init(
      nodeID: nodeID,
      providerVerdict: response.status,
      root: root,
      entities: health?.healthEntities(phoneNumberID: nodeID ?? numberID, parts: parts) ?? [],
      facts: access?.details.map { PhoneNumberFacts(graph: $0) } ?? PhoneNumberFacts(),
      checks: ProviderCheck.all(response.checks, parts),
      incomplete: Self.missing(messaging: messaging, access: access),
      providerTime: response.timestamp.map { StatedTime($0) }
    )
    besides = response.error.map { EntityError(code: nil, description: $0, solution: nil) }
  }

  /// The worse of Meta's and Kapso's overall words; Meta's if they agree.
  private static func worse(_ metas: String?, _ kapsos: String?) -> AsSent<Availability>? {
    let words = [metas, kapsos].compactMap(\.self).map { AsSent<Availability>($0) }
    return words.dropFirst().reduce(words.first) { worst, word in
      (word.value.rank ?? 0) > (worst?.value.rank ?? 0) ? word : worst
    }
  }

  /// If Meta did not answer the messaging check, messaging is unknown, not blocked.
  private static func missing(messaging: KapsoCheck?, access: KapsoCheck?) -> String? {
    guard let messaging else { return "Kapso sent no messaging_health." }
    let health = messaging.details.map(GraphHealthResponse.init)
    if messaging.isDenied || health?.failure != nil {
      return health?.failure ?? "Kapso's messaging_health came with success: false."
    }
    if health?.hasHealth != true, messaging.overallStatus == nil {
      let reason = messaging.reason.map { ": \($0)" } ?? "."
      return "Kapso could not read this number's messaging health\(reason)"
    }
    if health?.entities.isEmpty ?? true {
      return "Kapso sent a summary of this number's messaging health without its entities."
    }
    if let access, access.details == nil, access.passed != true {
      let reason = access.reason.map { ": \($0)" } ?? "."
      return "Kapso could not read this number's facts\(reason)"
    }
    return nil
  }
}

extension ProviderCheck {
  /// All checks; an invalid token fails several of them, but only one counts for the number.
  fileprivate static func all(_ checks: [KapsoCheck], _ parts: AnswerParts) -> [ProviderCheck] {
    let failed = checks.filter { $0.passed == false }
    let token =
      failed.first { $0.isNamed(KapsoCheck.token) }
      ?? failed.first { $0.metaError?.isAboutToken == true }
    return checks.map { check in
      // The kind of a failed check depends on the others.
      guard check.passed != false else { return ProviderCheck(check, token: token) }
      return parts.checks.value(of: check.source) { ProviderCheck(check, token: nil) }
    }
  }

  private init(_ check: KapsoCheck, token: KapsoCheck?) {
    let name = check.name
    self.init(
      name: name,
      kind: name == token?.name ? .token : check.kind,
      passed: check.outcome,
      code: check.metaError?.code.map(EntityError.Code.number),
      message: check.words,
      details: check.facts
    )
  }
}

extension KapsoCheck {
  fileprivate var metaError: KapsoMetaError? { error.map(KapsoMetaError.init) }

  /// A webhook check that failed only because of the token says nothing about the webhook.
  ///
  /// Messaging health without an error of its own fails because of the entities in its details.
  fileprivate var kind: ProviderCheck.Kind {
    switch name {
    case Self.token: .token
    case Self.subscription, Self.verification: metaError?.isAboutToken == true ? .other : .webhook
    case Self.messaging: error == nil ? .summary : .other
    default: .other
    }
  }

  /// The result as sent, or from the details if `passed` is missing.
  ///
  /// Kapso passes a subscription without the field `messages`, but then no messages arrive.
  fileprivate var outcome: Bool? {
    if isNotSubscribed || isMissingMessages { return false }
    return passed ?? details?["subscribed"]?.bool
  }

  /// Whether its details contradict a passed result.
  private var isNotSubscribed: Bool {
    isNamed(Self.subscription) && details?["subscribed"]?.bool == false
  }

  private static let neededField = "messages"

  /// Whether fields are listed without the needed one.
  private var isMissingMessages: Bool {
    guard isNamed(Self.subscription), let fields = subscribedFields else { return false }
    return !fields.contains(Self.neededField)
  }

  /// Nil if Kapso doesn't list any.
  private var subscribedFields: [String]? {
    details?["subscribed_fields"]?.list.compactMap { ($0["name"] ?? $0).nonBlankText }
  }

  /// Why it failed, as one sentence.
  fileprivate var reason: String? {
    guard let error else { return nil }
    let meta = KapsoMetaError(error)
    guard let message = meta.message else { return "\(error.quoted)." }
    let code = (meta.code ?? meta.httpStatus).map { " (\($0))" } ?? ""
    let trace = meta.traceID.map { " Trace \($0)." } ?? ""
    let opening = meta.isAboutToken ? "Meta refused the number's token" : "Meta answered"
    return "\(opening)\(code): \(message.quoted).\(trace)"
  }

  /// One line for people.
  fileprivate var words: String? {
    if let reason { return reason }
    if isNotSubscribed { return "Kapso's app is not subscribed to this business account." }
    if isMissingMessages {
      return "Kapso's app is subscribed without the field \(Self.neededField): no messages arrive."
    }
    if let message { return Secrets.blotted(message) }
    if isNamed(Self.messaging) { return overallStatus.map { "Messaging is \($0)." } }
    guard isNamed(Self.subscription), details?["subscribed"]?.bool == true else { return nil }
    return details?["subscribed_fields"]?.summary.map { "Subscribed to \($0)." }
  }

  /// All details but the health tree, which is shown as a tree.
  fileprivate var facts: PackedFacts {
    guard isNamed(Self.messaging) else {
      return details.map { PackedFacts(membersOf: $0) } ?? PackedFacts()
    }
    return PackedFacts(overallStatus.map { [Fact("overall_status", $0)] } ?? [])
  }
}
