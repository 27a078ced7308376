internal import HashTreeCollections
import Health

/// The numbers that depend on each entity, and the entity in the latest of their answers.
///
/// Copies share everything that does not change later.
struct MembershipIndex: Sendable {
  private var members: TreeDictionary<EntityReference, Membership> = [:]

  func contains(_ entity: EntityReference) -> Bool { members[entity] != nil }

  func count(of entity: EntityReference) -> Int { members[entity]?.places.count ?? 0 }

  /// A few of the places of its numbers, without reading all of them.
  func places(of entity: EntityReference, first limit: Int) -> [Int] {
    members[entity]?.places.prefix(limit) ?? []
  }

  /// Updates the index after a number's answer lists other entities, or none.
  mutating func move(_ place: Int, from old: HealthReport?, to new: HealthReport?) {
    if let new, new.isSharing(old) { return }
    let references = Set(new?.references ?? [])
    let former = Set(old?.references ?? [])
    for reference in former.subtracting(references) {
      members[reference]?.places.remove(place)
      if members[reference]?.places.isEmpty == true { members[reference] = nil }
    }
    for reference in references.subtracting(former) {
      let entity = new?.entities.first { $0.reference == reference }
      members[reference, default: Membership(latest: entity)].places.insert(place)
    }
  }

  /// Notes that a number depends on an entity besides those of its answer.
  mutating func insert(_ place: Int, to reference: EntityReference) {
    members[reference, default: Membership(latest: nil)].places.insert(place)
  }

  /// The same entity, sharing memory with what is held already: most answers repeat the one before.
  mutating func sharing(_ entity: HealthEntity) -> HealthEntity {
    guard let reference = entity.reference, members[reference] != nil else { return entity }
    if let latest = members[reference]?.latest, let shared = entity.sharing(latest) {
      return shared
    }
    members[reference]?.latest = entity
    return entity
  }
}
