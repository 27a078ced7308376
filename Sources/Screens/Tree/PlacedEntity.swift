import Health

/// An entity with a unique key: type and id are not always unique in an answer.
struct PlacedEntity: Identifiable {
  let id: TreeNode.ID
  let entity: HealthEntity
  /// Its index in the answer.
  let place: Int
  let isFirstOfItsKind: Bool

  static func all(of report: HealthReport?) -> [PlacedEntity] {
    var seen: [TreeNode.ID: Int] = [:]
    return (report?.entities ?? []).enumerated().map { place, entity in
      let type = entity.type?.value.word
      let kind = TreeNode.ID.entity(type: type, id: entity.id, occurrence: 0)
      let occurrence = seen[kind, default: 0]
      seen[kind] = occurrence + 1
      return PlacedEntity(
        id: .entity(type: type, id: entity.id, occurrence: occurrence),
        entity: entity,
        place: place,
        isFirstOfItsKind: occurrence == 0
      )
    }
  }
}

extension HealthEntity {
  /// The order of types, from the most important to the least.
  var order: Int {
    switch type?.value {
    case .phoneNumber: 0
    case .waba: 1
    case .business: 2
    case .app: 3
    case .messageTemplate: 4
    case .flow: 5
    case .unrecognized: 6
    case nil: 7
    }
  }
}

extension ProviderCheck {
  var state: HealthState {
    switch passed {
    case true?: .available
    case nil: .unknown
    case false?: severity == .critical ? .critical : .warning
    }
  }
}

extension HealthState {
  init(calling word: Verdict.Word) {
    self =
      switch word {
      case .available: .available
      case .limited: .limited
      case .blocked: .blocked
      case .unknown: .unknown
      }
  }
}

extension HealthState {
  /// The state for a signal's severity.
  init(signal severity: Severity) {
    self =
      switch severity {
      case .critical: .critical
      case .warning: .warning
      case .unknown: .unknown
      case .ok: .available
      }
  }
}

extension Cause {
  /// Its entity, if it has one with an id.
  var reference: EntityReference? {
    guard case .entity(let type) = kind, let id else { return nil }
    return EntityReference(type: type, id: id)
  }
}
