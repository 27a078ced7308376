// The entities and signals that explain why a number is bad; the main cause comes first.
extension Assessment {
  static func causes(
    of report: HealthReport,
    verdict: Verdict,
    callingExpected: Bool
  ) -> [Cause] {
    var causes = entityCauses(report, verdict)
    causes += signalCauses(
      report,
      explained: causes.map(\.severity).max() ?? .ok,
      isBlocked: verdict.word == .blocked
    )
    if let error = report.besides { causes.append(cause(ofErrorBeside: error, report)) }
    if callingExpected { causes += callingCauses(report) }
    if causes.count > 1 { causes = inOrder(causes) }
    if causes.isEmpty, verdict.word == .unknown || report.isSummaryOnly {
      causes = [silence(report)]
    }
    return causes
  }

  /// Worst first; entities come before signals of the same severity.
  ///
  /// An unapproved name is rarely the reason for a failure, so a more specific status comes before
  /// it.
  static func inOrder(_ causes: [Cause]) -> [Cause] {
    let hasStatus = causes.contains { $0.kind == .status }
    func rank(_ cause: Cause) -> [Int] {
      let isMinor = hasStatus && cause.topic == .nameNotApproved && cause.code == nil
      return [-cause.severity.rawValue, isMinor ? 1 : 0]
    }
    return causes.stablySorted { rank($0).lexicographicallyPrecedes(rank($1)) }
  }

  /// A known code counts by itself; with any other error it is unclear what to believe.
  private static func cause(ofErrorBeside error: EntityError, _ report: HealthReport) -> Cause {
    let isKnown = error.anyCode.map { Knowledge.isMessagingFault($0, on: nil) } ?? false
    return Cause(
      kind: isKnown ? .check : .poll,
      id: isKnown ? report.phoneNumberID : nil,
      code: error.anyCode,
      text: error.description ?? "Error \(error.words).",
      whoActs: isKnown ? Knowledge.entry(for: error.anyCode)?.whoActs : .provider,
      severity: isKnown ? .warning : .unknown
    )
  }

  private static func silence(_ report: HealthReport) -> Cause {
    let text = report.gap ?? report.silenceWords
    return Cause(
      kind: .poll,
      id: nil,
      text: text,
      topic: text == Knowledge.noHealthData.meaning ? .noHealthData : nil,
      severity: .unknown
    )
  }

  private static func callingCauses(_ report: HealthReport) -> [Cause] {
    report.entities.filter(\.hasCallingFault).map { entity in
      let error = entity.errors.first { $0.channel == .calling }
      return Cause(
        kind: entity.causeKind,
        id: entity.id,
        code: error?.code,
        text: error?.description ?? "Calls over SIP: \(entity.canReceiveCallSIP?.text ?? "").",
        whoActs: entity.whoActs(error),
        severity: .warning
      )
    }
  }
}

// Entities, judged by their messaging state and their error codes.
extension Assessment {
  /// Sorted by worst state, then by whether the entity names a reason.
  ///
  /// A business comes last because its faults take effect slowly. Then by how many numbers share
  /// the entity.
  private static func entityCauses(_ report: HealthReport, _ verdict: Verdict) -> [Cause] {
    // A fast path: nearly every number is fine, and every poll comes through here.
    let bad = report.entities.filter { ($0.messaging?.rank ?? 0) > 0 }
    let carriers = report.entities.filter(\.isCarrier)
    guard !bad.isEmpty || !carriers.isEmpty || verdict.severity > .unknown else { return [] }
    let said =
      bad.stablySorted { left, right in rank(left).lexicographicallyPrecedes(rank(right)) }
      .map { $0.cause(of: Verdict(Verdict.Word($0.messaging)).severity) }
    let isExplained = (said.map(\.severity).max() ?? .ok) >= verdict.severity
    // An error on any entity counts as much as the summary: also on an entity without a state, and
    // on an AVAILABLE one if the code is a known fault.
    let severity = isExplained ? Severity.warning : max(verdict.severity, .warning)
    let carried = carriers.map { $0.cause(of: severity) }
    if isExplained || !carried.isEmpty { return said + carried }
    return [unexplained(report, verdict)] + said
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

  /// The summary is worse than every listed entity; an entity that says AVAILABLE may still have
  /// the error that explains it.
  private static func unexplained(_ report: HealthReport, _ verdict: Verdict) -> Cause {
    let carrier = report.entities.first { $0.messaging == .available && $0.carriesCode }
    if let carrier { return carrier.cause(of: verdict.severity) }
    return Cause(
      kind: .entity(.phoneNumber),
      id: report.phoneNumberID,
      text: "The provider's summary says \(verdict.word.rawValue); no listed entity explains it.",
      whoActs: nil,
      severity: verdict.severity
    )
  }
}

extension HealthEntity {
  fileprivate var causeKind: Cause.Kind { .entity(type?.value ?? .unrecognized("UNKNOWN")) }

  /// Whether it has the code of a messaging fault.
  fileprivate var carriesCode: Bool { hasError { $0.channel == .messaging && $0.anyCode != nil } }

  /// Whether it has a fault that its own state does not show.
  fileprivate var isCarrier: Bool {
    switch messaging {
    case nil: knownFault != nil || carriesCode
    case .available: knownFault != nil
    case .limited, .blocked, .unrecognized: false
    }
  }

  func cause(of severity: Severity) -> Cause {
    let errors = messagingErrors
    let error =
      errors.first { Knowledge.entry(for: $0.anyCode, on: type?.value) != nil }
      ?? (knownFault == nil ? errors.first : nil)
    if error == nil, let knownFault { return cause(of: knownFault, severity) }
    let info = additionalInfo.first { KnowledgeTopic(info: $0) != nil } ?? additionalInfo.first
    let state = canSendMessage?.text ?? "Blocked"
    return Cause(
      kind: causeKind,
      id: id,
      code: error?.anyCode,
      text: error?.description ?? info ?? "\(state), no reason given.",
      topic: error == nil ? info.flatMap(KnowledgeTopic.init(info:)) : nil,
      whoActs: error == nil ? whoActs(info) : whoActs(error),
      severity: severity
    )
  }

  /// The cause for a code in the additional information.
  private func cause(of fault: KnownFault, _ severity: Severity) -> Cause {
    Cause(
      kind: causeKind,
      id: id,
      code: fault.code,
      text: fault.text ?? "Error \(fault.code.text).",
      topic: nil,
      severity: severity
    )
  }

  fileprivate func whoActs(_ error: EntityError?) -> WhoActs? {
    if let error { return Knowledge.entry(for: error.anyCode, on: type?.value)?.whoActs }
    // Without a code, the type of entity decides: an app's fault is its owner's, usually the
    // provider's.
    return switch type?.value {
    case .phoneNumber, .waba, .business, .messageTemplate, .flow: .you
    case .app: .provider
    case .unrecognized, nil: nil
    }
  }

  private func whoActs(_ info: String?) -> WhoActs? {
    guard let topic = info.flatMap(KnowledgeTopic.init(info:)) else {
      return whoActs(nil as EntityError?)
    }
    return Knowledge.entry(for: topic)?.whoActs
  }
}

extension Sequence {
  /// A stable sort, which `sorted` does not promise to be.
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
