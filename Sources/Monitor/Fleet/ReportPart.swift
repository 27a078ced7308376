package import Health

/// A part of a report that an answer can omit separately.
///
/// Omitting a part does not revoke it: it is "no longer reported", and stays valid for a while.
package enum ReportPart: Hashable, Sendable {
  /// The overall word and every entity's state.
  case health
  case entity(EntityType?, id: String?)
  /// The state of calls over SIP.
  case calling
  case status
  case quality
  case nameStatus
  case messagingLimit
  case throughput
  case displayNumber
  case verifiedName
  /// One of the facts that are only shown, by its name.
  case fact(String)
  /// One of the provider's own checks, by its name.
  case check(String)
}

extension HealthReport {
  /// Adds the parts that this report omits from an earlier one, and returns which those are.
  ///
  /// `lost` parts were omitted for too long and are not added.
  func filled(
    from earlier: HealthReport,
    without lost: Set<ReportPart> = []
  ) -> (report: HealthReport, parts: [ReportPart]) {
    var filling = ReportFilling(report: self, earlier: earlier, lost: lost)
    filling.fill()
    return (filling.report, filling.parts)
  }

  /// Whether this answer reports a part.
  func tells(_ part: ReportPart) -> Bool {
    switch part {
    case .health: tellsHealth
    case .entity(let type, let id):
      // A summary covers every entity except a listed one without a state.
      root?.value.known != nil && !isListed(type, id: id) || hasState(type, id: id)
    case .calling: entities.contains { $0.canReceiveCallSIP != nil }
    case .status: facts.status != nil
    case .quality: facts.quality.map { $0.value != .unrated } ?? false
    case .nameStatus: facts.nameStatus != nil
    case .messagingLimit: facts.messagingLimit != nil
    case .throughput: facts.throughput != nil
    case .displayNumber: facts.displayNumber != nil
    case .verifiedName: facts.verifiedName != nil
    case .fact(let name): facts.others.contains { $0.name == name }
    case .check(let name): checks.contains { $0.name == name && $0.passed != nil }
    }
  }

  var tellsHealth: Bool {
    root?.value.known != nil || entities.contains { $0.messaging != nil }
  }

  fileprivate func isListed(_ type: EntityType?, id: String?) -> Bool {
    entities.contains { $0.type?.value == type && $0.id == id }
  }

  fileprivate func hasState(_ type: EntityType?, id: String?) -> Bool {
    entities.contains {
      $0.type?.value == type && $0.id == id && $0.canSendMessage?.value.known != nil
    }
  }
}

/// Adds omitted parts to a report.
private struct ReportFilling {
  var report: HealthReport
  let earlier: HealthReport
  let lost: Set<ReportPart>
  var parts: [ReportPart] = []

  mutating func fill() {
    if report.tellsHealth { fillEntities() } else { fillHealth() }
    fillCalling()
    if report.facts != earlier.facts { fillFacts() }
    if report.checks != earlier.checks { fillChecks() }
  }

  private mutating func take(_ part: ReportPart) -> Bool {
    guard !lost.contains(part) else { return false }
    parts.append(part)
    return true
  }

  private mutating func fillHealth() {
    guard earlier.tellsHealth, take(.health) else { return }
    let known = earlier.entities
      .filter { !lost.contains(.entity($0.type?.value, id: $0.id)) }
      .map { lost.contains(.calling) ? $0.withoutCalling : $0 }
    let others = report.entities.filter { own in
      !known.contains { $0.type?.value == own.type?.value && $0.id == own.id }
    }
    report.takeOverallWords(of: earlier)
    report.entities = known + others
    // Each fault has its own age and may be reported again separately.
    for entity in known where (entity.messaging?.rank ?? 0) > 0 {
      parts.append(.entity(entity.type?.value, id: entity.id))
    }
    if known.contains(where: { $0.canReceiveCallSIP != nil }) { parts.append(.calling) }
  }

  /// Adds bad entities that are listed without a state, or missing although the summary is no
  /// better.
  private mutating func fillEntities() {
    guard report.entities != earlier.entities else { return }
    for entity in earlier.entities {
      guard let rank = entity.messaging?.rank, rank > 0 else { continue }
      let type = entity.type?.value
      guard !report.hasState(type, id: entity.id) else { continue }
      if let root = report.root?.value.rank, root < rank, !report.isListed(type, id: entity.id) {
        continue
      }
      guard take(.entity(type, id: entity.id)) else { continue }
      report.entities.removeAll { $0.type?.value == type && $0.id == entity.id }
      report.entities.append(entity)
    }
  }

  private mutating func fillCalling() {
    guard !parts.contains(.health), !report.tells(.calling), earlier.tells(.calling), take(.calling)
    else { return }
    report.entities = report.entities.map { entity in
      let known = earlier.entities.first {
        $0.type?.value == entity.type?.value && $0.id == entity.id && $0.canReceiveCallSIP != nil
      }
      return known.map(entity.takingCalling(of:)) ?? entity
    }
  }

  private mutating func fillFacts() {
    var facts = report.facts
    keep(\.status, .status, in: &facts)
    keepQuality(in: &facts)
    keep(\.nameStatus, .nameStatus, in: &facts)
    keep(\.messagingLimit, .messagingLimit, in: &facts)
    keep(\.throughput, .throughput, in: &facts)
    keep(\.displayNumber, .displayNumber, in: &facts)
    keep(\.verifiedName, .verifiedName, in: &facts)
    let names = Set(facts.others.map(\.name))
    let missing = earlier.facts.others.filter { fact in
      !names.contains(fact.name) && take(.fact(fact.name))
    }
    if !missing.isEmpty { facts.others += missing }
    report.facts = facts
  }

  private mutating func keep<Value>(
    _ fact: WritableKeyPath<PhoneNumberFacts, Value?>,
    _ part: ReportPart,
    in facts: inout PhoneNumberFacts
  ) {
    guard facts[keyPath: fact] == nil, let known = earlier.facts[keyPath: fact], take(part) else {
      return
    }
    facts[keyPath: fact] = known
  }

  /// "Not rated" after a rating starts a new rating window at Meta: it does not revoke the rating.
  private mutating func keepQuality(in facts: inout PhoneNumberFacts) {
    guard !report.tells(.quality), earlier.tells(.quality), take(.quality) else { return }
    facts.quality = earlier.facts.quality
  }

  private mutating func fillChecks() {
    for check in earlier.checks where check.passed != nil {
      guard !report.tells(.check(check.name)), take(.check(check.name)) else { continue }
      report.checks.removeAll { $0.name == check.name }
      report.checks.append(check)
    }
  }
}
