internal import HashTreeCollections
import Health

/// Which numbers hang on each entity, and how it stood in the latest of their answers.
///
/// A copy shares all that does not change afterwards.
struct MembershipIndex: Sendable {
  private var members: TreeDictionary<EntityReference, Membership> = [:]

  func contains(_ entity: EntityReference) -> Bool { members[entity] != nil }

  func count(of entity: EntityReference) -> Int { members[entity]?.places.count ?? 0 }

  /// A few of the places of its numbers, without looking at all of them.
  func places(of entity: EntityReference, first limit: Int) -> [Int] {
    members[entity]?.places.prefix(limit) ?? []
  }

  /// Takes in that a number's answer lists other entities now; without an answer, none any more.
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

  /// The same entity without a copy of what is held already: most answers say what was said before.
  mutating func sharing(_ entity: HealthEntity) -> HealthEntity {
    guard let reference = entity.reference, members[reference] != nil else { return entity }
    if let latest = members[reference]?.latest, let shared = entity.sharing(latest) {
      return shared
    }
    members[reference]?.latest = entity
    return entity
  }
}
