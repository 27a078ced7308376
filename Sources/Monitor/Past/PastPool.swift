package import Health

/// What many numbers of a moment of the past have in common, made once.
///
/// Thousands of numbers share a WABA and the cause of their state: making these anew for each would take
/// most of the time.
package struct PastPool {
  private var entities: [EntityReference: HealthEntity] = [:]
  private var explanations: [Key: PastExplanation] = [:]

  private struct Key: Hashable {
    let reason: Change.Reason
    let state: HealthState
    let isMain: Bool
  }

  package init() {}

  /// An entity of which only the name and the place are known.
  package mutating func silent(_ entity: HealthEntity) -> HealthEntity? {
    guard let reference = entity.reference else { return nil }
    // A number's own entity is in no other answer.
    guard reference.type != .phoneNumber else { return HealthEntity(silent: reference) }
    if let known = entities[reference] { return known }
    let silent = HealthEntity(silent: reference)
    entities[reference] = silent
    return silent
  }

  /// Nil of a kind that a later version writes.
  mutating func explanation(
    _ reason: Change.Reason,
    of state: HealthState,
    isMain: Bool
  ) -> PastExplanation? {
    let key = Key(reason: reason, state: state, isMain: isMain)
    if let known = explanations[key] { return known }
    let explanation = PastExplanation(reason, of: state, isMain: isMain)
    explanations[key] = explanation
    return explanation
  }
}

/// A reason for a number's state, as an answer would have said it.
struct PastExplanation: Hashable {
  let id: CauseID
  let cause: Cause
  /// The entity that is bad, if it is one.
  let entity: HealthEntity?

  /// Only of the main one it is known that it is as bad as the number.
  init?(_ reason: Change.Reason, of state: HealthState, isMain: Bool) {
    guard let id = CauseID(key: reason.key), let cause = Cause(reason) else { return nil }
    (self.id, self.cause) = (id, cause)
    guard case .entity(let reference) = id else {
      entity = nil
      return
    }
    let word: Verdict.Word? =
      switch state {
      case .blocked: .blocked
      case .limited: .limited
      case .critical, .warning, .unknown, .stale, .available: nil
      }
    entity = HealthEntity(
      type: AsSent(reference.type.word),
      id: reference.id,
      canSendMessage: isMain ? word.map { AsSent($0.rawValue) } : nil,
      errors: [EntityError(code: cause.code, description: cause.text, solution: nil)]
    )
  }
}

extension HealthEntity {
  fileprivate init(silent reference: EntityReference) {
    self.init(type: AsSent(reference.type.word), id: reference.id, canSendMessage: nil)
  }
}
