package import Health

/// A number as it was at a moment of the past, as far as anybody remembers it.
///
/// Of its answer only the state, the reason and the names are left. What it belongs to is what is
/// known of it today.
package struct PastNumber: Hashable, Sendable {
  package let number: PhoneNumber
  /// As people know it; nil where no answer said it.
  package let displayNumber: String?
  package let name: String?
  /// Nil where it is not known, such as while nobody polled.
  package let state: HealthState?
  package let since: Moment
  package let formerState: HealthState?
  package let reason: Change.Reason?
  /// What else makes it so bad.
  package let others: [Change.Reason]
  /// The entities that its answer lists.
  package let relations: [EntityReference]
  /// The WABA whose list contains it; its answer may not name it.
  package let businessAccount: String?
  /// What the reason names.
  let culprit: CauseID?

  package init(
    number: PhoneNumber,
    displayNumber: String?,
    name: String?,
    state: HealthState?,
    since: Moment,
    formerState: HealthState?,
    reason: Change.Reason?,
    others: [Change.Reason] = [],
    relations: [EntityReference],
    businessAccount: String? = nil
  ) {
    self.number = number
    self.displayNumber = displayNumber
    self.name = name
    self.state = state
    self.since = since
    self.formerState = formerState
    self.reason = reason
    self.others = others
    self.relations = relations
    self.businessAccount = businessAccount
    culprit = reason.flatMap { CauseID(key: $0.key) }
  }
}

// What an answer would have said, made of what is remembered.
extension PastNumber {
  var assessment: Assessment {
    guard let state else { return .notPolledThen }
    return Assessment(remembered: state, causes: causes)
  }

  var report: HealthReport {
    var report = HealthReport(
      entities: entities,
      facts: PhoneNumberFacts(displayNumber: displayNumber, verifiedName: name)
    )
    report.businessAccount = businessAccount
    return report
  }

  /// The entities that explain its state, as far as it does not depend on them today.
  var strangers: [EntityReference] {
    guard state != nil, !causes.isEmpty else { return [] }
    return culprits.filter { culprit in
      let isWABA = culprit.type == .waba && culprit.id == businessAccount
      return !isWABA && !relations.contains(culprit)
    }
  }

  /// Why polls failed; nil where that was not the reason.
  var failure: ProviderError? {
    guard let state, !state.isProblem, state != .available, let reason,
      let kind = culprit?.trouble?.errorKind
    else { return nil }
    return ProviderError(
      kind,
      reason.text ?? reason.summary,
      code: reason.code.map(EntityError.Code.init)
    )
  }

  /// The main one first; of what is fine, the reason is why it was bad before.
  private var causes: [Cause] {
    guard let state, state.needsAttention, let culprit, let reason else { return [] }
    return [Cause(reason, culprit)].compactMap(\.self) + others.compactMap { Cause($0) }
  }

  private var culprits: [EntityReference] {
    let all = [culprit].compactMap(\.self) + others.compactMap { CauseID(key: $0.key) }
    return all.compactMap { if case .entity(let reference) = $0 { reference } else { nil } }
  }

  /// Their states are gone, but for those that explain the number's.
  private var entities: [HealthEntity] {
    let explaining = explaining
    let known = relations.filter { relation in
      !explaining.contains { $0.reference == relation }
    }
    return explaining
      + known.map { HealthEntity(type: AsSent($0.type.word), id: $0.id, canSendMessage: nil) }
  }

  /// Only the main one is known to be as bad as the number.
  private var explaining: [HealthEntity] {
    guard let state, !causes.isEmpty else { return [] }
    let word: Verdict.Word? =
      switch state {
      case .blocked: .blocked
      case .limited: .limited
      case .critical, .warning, .unknown, .stale, .available: nil
      }
    var explaining: [HealthEntity] = []
    for (reason, isMain) in [(reason, true)] + others.map({ ($0, false) }) {
      guard let reason, case .entity(let reference)? = CauseID(key: reason.key),
        let cause = Cause(reason), !explaining.contains(where: { $0.reference == reference })
      else { continue }
      explaining.append(
        HealthEntity(
          type: AsSent(reference.type.word),
          id: reference.id,
          canSendMessage: isMain ? word.map { AsSent($0.rawValue) } : nil,
          errors: [EntityError(code: cause.code, description: cause.text, solution: nil)]
        )
      )
    }
    return explaining
  }
}

extension Cause {
  /// Nil of a kind that a later version writes.
  package init?(_ reason: Change.Reason) {
    guard let id = CauseID(key: reason.key) else { return nil }
    self.init(reason, id)
  }

  fileprivate init?(_ reason: Change.Reason, _ id: CauseID) {
    let entity: EntityReference? = if case .entity(let reference) = id { reference } else { nil }
    guard let kind = id.kind else { return nil }
    self.init(
      kind: kind,
      id: entity?.id,
      code: reason.code.map(EntityError.Code.init),
      text: reason.text ?? reason.summary,
      topic: reason.topic.flatMap(KnowledgeTopic.init),
      severity: Severity.allCases.first { $0.word == reason.severity } ?? .unknown
    )
  }
}
