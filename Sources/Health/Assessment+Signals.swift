// Signals: anything beside messaging health that can make a number bad.
extension Assessment {
  /// `explained` is how bad the entities say that it is; `isBlocked` says that not even replies pass.
  static func signalCauses(
    _ report: HealthReport,
    explained: Severity,
    isBlocked: Bool
  ) -> [Cause] {
    let facts = report.facts
    var signals = Signals(id: report.phoneNumberID)
    if let status = facts.status, status.value.severity > .ok {
      let topic = KnowledgeTopic(
        status.value,
        facts,
        hasPolicyFault: report.hasPolicyFault,
        isBlocked: isBlocked
      )
      signals.add(.status, status.sentence(topic), topic, status.value.severity)
    }
    for check in report.checks where check.passed == false { signals.add(check) }
    for info in report.webhookInfos { signals.add(webhookInfo: info) }
    if let sent = report.providerVerdict {
      let severity = AsSent<OverallWord>(sent).value.severity
      // Only where no entity or check explains it: it is their summary.
      let worst = signals.causes.map(\.severity).max().map { max($0, explained) } ?? explained
      if worst < severity {
        signals.add(.check, "The provider calls it \(sent).", nil, severity, whoActs: .provider)
      }
    }
    if let quality = facts.quality {
      signals.add(.quality, "Quality is \(quality.text).", .lowQuality, quality.value.severity)
    }
    if let name = facts.nameStatus {
      let severity = name.value.severity
      signals.add(.name, "The display name is \(name.text).", .nameDeclined, severity)
    }
    return signals.causes
  }

  /// Gathers the signals of one number.
  private struct Signals {
    let id: String?
    private(set) var causes: [Cause] = []

    init(id: String?) { self.id = id }

    mutating func add(
      _ kind: Cause.Kind,
      _ text: String,
      _ topic: KnowledgeTopic?,
      _ severity: Severity,
      whoActs: WhoActs? = nil
    ) {
      guard severity > .ok else { return }
      let actor = whoActs ?? topic.flatMap(Knowledge.entry(for:))?.whoActs
      causes.append(
        Cause(kind: kind, id: id, text: text, topic: topic, whoActs: actor, severity: severity)
      )
    }

    mutating func add(_ check: ProviderCheck) {
      // One signal that nothing comes in: a webhook that isn't subscribed can't be verified either.
      if check.kind == .webhook, causes.contains(where: { $0.kind == .webhook }) { return }
      let text = check.causeText
      let code = check.code ?? EntityError.Code(foundIn: text)
      causes.append(
        Cause(
          kind: check.causeKind,
          id: id,
          code: code,
          text: text,
          topic: check.topic(code),
          severity: check.severity
        )
      )
    }

    /// Meta's own words that nothing comes in: one signal, on any entity.
    mutating func add(webhookInfo text: String) {
      guard !causes.contains(where: \.isAboutSubscription) else { return }
      add(.webhook, text, .webhook, .warning)
    }
  }
}

extension AsSent<PhoneNumberStatus> {
  /// Says first what the word does not: numbers in the same words have the same remedy.
  fileprivate func sentence(_ topic: KnowledgeTopic?) -> String {
    switch topic {
    case .notRegistered: "Not registered: status is \(text)."
    case .codeNotEntered: "Code not entered: status is \(text)."
    case .policyRestriction: "Restricted by policy: status is \(text)."
    case .dailyLimit: "Daily limit reached, replies pass: status is \(text)."
    case .restricted: "Restricted, Meta's notice says why: status is \(text)."
    case .movedAway: "Moved to another WABA, retire this row: status is \(text)."
    case .flagged: "Low quality, but it still sends: status is \(text)."
    case .unverified: "Not in service, code or review is missing: status is \(text)."
    default: "Status is \(text)."
    }
  }
}

extension HealthReport {
  /// A code says that a policy was broken.
  fileprivate var hasPolicyFault: Bool {
    entities.contains { entity in
      Self.policyCodes.contains(entity.knownFault?.code)
        || entity.hasError { Self.policyCodes.contains($0.anyCode) }
    }
  }

  private static let policyCodes: [EntityError.Code?] = [
    .number(141_014), .number(131_031), .number(368),
  ]

  /// What Meta says of the webhook in any entity's `additional_info`, or among its errors with a code
  /// that nobody has explained.
  fileprivate var webhookInfos: [String] {
    entities.flatMap { entity in
      let errors = entity.hasError { _ in true } ? entity.errors : []
      let unlisted = errors.filter { Knowledge.entry(for: $0.anyCode) == nil }
      return (entity.additionalInfo + unlisted.compactMap(\.description))
        .filter { KnowledgeTopic(info: $0) == .webhook }
    }
  }
}

extension ProviderCheck {
  /// What a failed check makes of the number.
  package var severity: Severity {
    guard passed == false else { return .ok }
    return kind == .token ? .critical : .warning
  }

  /// How a cause words this check's failure.
  package var causeText: String { message ?? "Check \(name) failed." }

  fileprivate var causeKind: Cause.Kind {
    switch kind {
    case .token: .token
    case .webhook: .webhook
    case .other: .check
    }
  }

  /// Meta's 190 that a provider passes on is about the provider's token, not about the key that we have.
  fileprivate func topic(_ code: EntityError.Code?) -> KnowledgeTopic? {
    switch kind {
    case .token: code == .number(190) || code == .number(0) ? .providersToken : .reconnect
    case .webhook: .webhook
    case .other: code == .number(190) ? .providersToken : nil
    }
  }
}

extension Cause {
  /// It says already that no app, or not ours, is subscribed.
  var isAboutSubscription: Bool { kind == .webhook && text.lowercased().contains("subscri") }
}
