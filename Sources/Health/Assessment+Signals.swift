// Signals: anything beside messaging health that can make a number bad.
extension Assessment {
  /// `explained` is the severity that the entities explain; `isBlocked` means that replies fail
  /// too.
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
    for check in report.checks where check.passed == false {
      // One fault is one cause.
      if check.kind == .summary, explained >= check.severity { continue }
      signals.add(check)
    }
    for info in report.webhookInfos { signals.add(webhookInfo: info) }
    if let sent = report.providerVerdict {
      let severity = AsSent<OverallWord>(sent).value.severity
      // Only if no entity or check explains it, since it is their summary.
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
      // One signal for missing messages is enough: an unsubscribed webhook can't be verified
      // either.
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

    /// Adds Meta's statement that no messages arrive: one signal, whichever entity has it.
    mutating func add(webhookInfo text: String) {
      guard !causes.contains(where: \.isAboutSubscription) else { return }
      add(.webhook, text, .webhook, .warning)
    }
  }
}

extension AsSent<PhoneNumberStatus> {
  /// Puts the reason before the provider's word: numbers with the same sentence have the same
  /// remedy.
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
  /// Whether a code says that a policy was violated.
  fileprivate var hasPolicyFault: Bool {
    entities.contains { entity in
      Self.policyCodes.contains(entity.knownFault?.code)
        || entity.hasError { Self.policyCodes.contains($0.anyCode) }
    }
  }

  private static let policyCodes: [EntityError.Code?] = [
    .number(141_014), .number(131_031), .number(368),
  ]

  /// What Meta says about the webhook in any entity's `additional_info`, or in an error with an
  /// unknown code.
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
  /// The severity of a failed check.
  package var severity: Severity {
    guard passed == false else { return .ok }
    return kind == .token ? .critical : .warning
  }

  /// The sentence for a failure of this check.
  package var causeText: String { message ?? "Check \(name) failed." }

  fileprivate var causeKind: Cause.Kind {
    switch kind {
    case .token: .token
    case .webhook: .webhook
    case .summary, .other: .check
    }
  }

  /// If a provider passes on Meta's error 190, it is about the provider's token, not about our key.
  fileprivate func topic(_ code: EntityError.Code?) -> KnowledgeTopic? {
    switch kind {
    case .token: code == .number(190) || code == .number(0) ? .providersToken : .reconnect
    case .webhook: .webhook
    case .summary, .other: code == .number(190) ? .providersToken : nil
    }
  }
}

extension Cause {
  /// Whether it already says that no app, or another app, is subscribed.
  var isAboutSubscription: Bool { kind == .webhook && text.lowercased().contains("subscri") }
}
