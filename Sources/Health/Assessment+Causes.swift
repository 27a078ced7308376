// Which entity or signal explains that a number is bad; the headline comes first.
extension Assessment {
  static func causes(
    of report: HealthReport,
    verdict: Verdict,
    callingExpected: Bool
  ) -> [Cause] {
    var causes = entityCauses(report)
    let explained = causes.map(\.severity).max() ?? .ok
    if causes.isEmpty, verdict.severity > .unknown { causes = [unexplained(report, verdict)] }
    causes += signalCauses(report, explained: explained)
    if callingExpected { causes += callingCauses(report) }
    // Sorting keeps the order of equals, so entities stay before the signals of the same severity.
    if causes.count > 1 { causes = causes.stablySorted { $0.severity > $1.severity } }
    if causes.isEmpty, verdict.word == .unknown { causes = [silence(report, verdict)] }
    return causes
  }

  /// Worst state first; then those that say why; a business last, for its faults are slow ones; then
  /// those that many numbers share.
  private static func entityCauses(_ report: HealthReport) -> [Cause] {
    // Nearly every number is fine, and every poll of it passes here.
    let bad = report.entities.filter { ($0.messaging?.rank ?? 0) > 0 }
    guard !bad.isEmpty else { return [] }
    return
      bad
      .stablySorted { left, right in rank(left).lexicographicallyPrecedes(rank(right)) }
      .map { cause(of: $0) }
  }

  private static func rank(_ entity: HealthEntity) -> [Int] {
    let isExplained = entity.hasError { $0.channel == .messaging } || !entity.additionalInfo.isEmpty
    let breadth =
      switch entity.type?.value {
      case .waba: 0
      case .app: 1
      case .phoneNumber: 2
      case .messageTemplate, .flow: 3
      case .unrecognized, nil: 4
      case .business: 5
      }
    return [-(entity.messaging?.rank ?? 0), isExplained ? 0 : 1, breadth]
  }

  private static func cause(of entity: HealthEntity) -> Cause {
    let error = entity.messagingErrors.first
    let state = entity.canSendMessage?.text ?? ""
    let type = entity.type?.value
    return Cause(
      kind: .entity(type ?? .unrecognized("UNKNOWN")),
      id: entity.id,
      code: error?.code,
      text: error?.description ?? entity.additionalInfo.first ?? "\(state), no reason given.",
      whoActs: whoActs(error, on: type),
      severity: Verdict(Verdict.Word(entity.messaging)).severity
    )
  }

  private static func whoActs(_ error: EntityError?, on type: EntityType?) -> WhoActs? {
    if let error { return Knowledge.entry(for: error.code, on: type)?.whoActs }
    // Without a code the kind of entity tells: a fault of the app is its owner's, mostly a provider.
    return switch type {
    case .phoneNumber, .waba, .business, .messageTemplate, .flow: .you
    case .app: .provider
    case .unrecognized, nil: nil
    }
  }

  /// The summary is worse than every entity that is listed.
  private static func unexplained(_ report: HealthReport, _ verdict: Verdict) -> Cause {
    Cause(
      kind: .entity(.phoneNumber),
      id: report.phoneNumberID,
      text: "The provider's summary says \(verdict.word.rawValue); no listed entity explains it.",
      whoActs: nil,
      severity: verdict.severity
    )
  }

  private static func silence(_ report: HealthReport, _ verdict: Verdict) -> Cause {
    Cause(
      kind: .poll,
      id: nil,
      text: report.incompleteness ?? "The answer holds no health data.",
      whoActs: nil,
      severity: .unknown
    )
  }

  private static func callingCauses(_ report: HealthReport) -> [Cause] {
    report.entities.filter(\.hasCallingFault).map { entity in
      let error = entity.errors.first { $0.channel == .calling }
      return Cause(
        kind: .entity(entity.type?.value ?? .unrecognized("UNKNOWN")),
        id: entity.id,
        code: error?.code,
        text: error?.description ?? "Calls over SIP: \(entity.canReceiveCallSIP?.text ?? "").",
        whoActs: whoActs(error, on: entity.type?.value),
        severity: .warning
      )
    }
  }
}

// Signals: anything beside messaging health that can make a number bad.
extension Assessment {
  /// `explained` is how bad the entities say that it is.
  private static func signalCauses(_ report: HealthReport, explained: Severity) -> [Cause] {
    let facts = report.facts
    var causes: [Cause] = []
    func add(_ kind: Cause.Kind, _ text: String, _ whoActs: WhoActs?, _ severity: Severity) {
      guard severity > .ok else { return }
      let id = report.phoneNumberID
      causes.append(Cause(kind: kind, id: id, text: text, whoActs: whoActs, severity: severity))
    }
    if let status = facts.status {
      let isWithMeta = status.value == .pending || status.value == .unverified
      add(.status, "Status is \(status.text).", isWithMeta ? .meta : .you, status.value.severity)
    }
    for check in report.checks where check.passed == false {
      let text = check.message ?? "Check \(check.name) failed."
      add(check.causeKind, text, check.whoActs, check.severity)
    }
    if let sent = report.providerVerdict {
      let severity = AsSent<OverallWord>(sent).value.severity
      // Only where no entity or check explains it: it is their summary.
      let explained = causes.map(\.severity).max().map { max($0, explained) } ?? explained
      if explained < severity {
        add(.check, "The provider calls it \(sent).", .provider, severity)
      }
    }
    if let quality = facts.quality {
      add(.quality, "Quality is \(quality.text).", .you, quality.value.severity)
    }
    if let name = facts.nameStatus {
      add(.name, "The display name is \(name.text).", .you, name.value.severity)
    }
    return causes
  }
}

extension ProviderCheck {
  /// What a failed check makes of the number.
  package var severity: Severity {
    guard passed == false else { return .ok }
    return kind == .token ? .critical : .warning
  }

  fileprivate var causeKind: Cause.Kind {
    switch kind {
    case .token: .token
    case .webhook: .webhook
    case .other: .check
    }
  }

  fileprivate var whoActs: WhoActs? { kind == .other ? nil : .you }
}

extension Sequence {
  /// Sorted with equals left in their order, which `sorted` does not promise.
  package func stablySorted(by precedes: (Element, Element) -> Bool) -> [Element] {
    enumerated()
      .sorted { left, right in
        if precedes(left.element, right.element) { return true }
        if precedes(right.element, left.element) { return false }
        return left.offset < right.offset
      }
      .map(\.element)
  }
}
