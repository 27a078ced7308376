package import Health

/// A number as it was at a moment of the past, as far as anybody remembers it.
///
/// Of its answer only the state, the reasons and the names are left. What it belongs to is what is
/// known of it today.
package struct PastNumber: Sendable {
  package let number: PhoneNumber
  /// As people know it; nil where no answer said it.
  package let displayNumber: String?
  package let name: String?
  /// Nil where it is not known, such as while nobody polled.
  package let state: HealthState?
  package let since: Moment
  package let formerState: HealthState?
  /// The entities that its answer lists; their states are not remembered.
  package let relations: [HealthEntity]
  /// The WABA whose list contains it; its answer may not name it.
  package let businessAccount: String?
  /// What makes it bad, the main reason first.
  private let explanations: [PastExplanation]
  /// Why polls failed; nil where that was not the reason.
  let failure: ProviderError?

  /// - Parameters:
  ///   - number: The number.
  ///   - names: As people know it.
  ///   - told: Its state, since when, and the one before.
  ///   - reasons: Of that state, the main one first; of what is fine, why it was bad before.
  ///   - relations: The entities that its answer lists.
  ///   - businessAccount: The WABA whose list contains it.
  ///   - pool: Has what other numbers have too.
  package init(
    _ number: PhoneNumber,
    names: (number: String?, name: String?),
    told: (state: HealthState?, since: Moment, former: HealthState?),
    reasons: [Change.Reason],
    relations: [HealthEntity],
    businessAccount: String?,
    sharing pool: inout PastPool
  ) {
    self.number = number
    (displayNumber, name) = names
    (state, since, formerState) = told
    self.relations = relations
    self.businessAccount = businessAccount
    guard let state, state.needsAttention else {
      (explanations, failure) = ([], nil)
      return
    }
    explanations = reasons.enumerated()
      .compactMap { pool.explanation($1, of: state, isMain: $0 == 0) }
    failure = state.isProblem ? nil : explanations.first?.failure
  }
}

// What an answer would have said, made of what is remembered.
extension PastNumber {
  var assessment: Assessment {
    guard let state else { return .notPolledThen }
    return Assessment(remembered: state, causes: explanations.map(\.cause))
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
    guard !explanations.isEmpty else { return [] }
    return explanations.compactMap { $0.entity?.reference }.filter { culprit in
      let isWABA = culprit.type == .waba && culprit.id == businessAccount
      return !isWABA && !relations.contains { $0.reference == culprit }
    }
  }

  /// Their states are gone, but for those that explain the number's.
  private var entities: [HealthEntity] {
    guard !explanations.isEmpty else { return relations }
    var explaining: [HealthEntity] = []
    for entity in explanations.compactMap(\.entity)
    where !explaining.contains(where: { $0.reference == entity.reference }) {
      explaining.append(entity)
    }
    return explaining
      + relations.filter { relation in
        !explaining.contains { $0.reference == relation.reference }
      }
  }
}

extension PastExplanation {
  fileprivate var failure: ProviderError? {
    id.trouble?.errorKind.map { ProviderError($0, cause.text, code: cause.code) }
  }
}

extension Cause {
  /// Nil of a kind that a later version writes.
  package init?(_ reason: Change.Reason) {
    guard let id = CauseID(key: reason.key), let kind = id.kind else { return nil }
    let entity: EntityReference? = if case .entity(let reference) = id { reference } else { nil }
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
