package import Health

/// What a change of the fleet touched.
package struct FleetChange: Hashable, Sendable {
  /// Places in `records` whose number is new, was read, aged, or came here from another place.
  package var places: Set<Int> = []
  /// Those of them whose number is another one than before.
  package var replaced: Set<Int> = []
  /// Numbers that went away: as many places fewer there are at the end.
  package var removed: [PhoneNumber.ID] = []
  /// Entities of which other facts are known now.
  package var entities: Set<EntityReference> = []
  /// Business accounts with another list of templates, or with none any more.
  package var templates: Set<String> = []
  /// How accounts answer, and which there are.
  package var touchesAccounts = false

  package init() {}

  package var isEmpty: Bool { self == FleetChange() }

  /// Accounts, entities' facts or templates changed.
  package var touchesSurroundings: Bool {
    touchesAccounts || !entities.isEmpty || !templates.isEmpty
  }

  /// Adds what changed after this.
  mutating func formUnion(_ later: FleetChange) {
    places.formUnion(later.places)
    replaced.formUnion(later.replaced)
    removed += later.removed
    entities.formUnion(later.entities)
    templates.formUnion(later.templates)
    touchesAccounts = touchesAccounts || later.touchesAccounts
  }
}
