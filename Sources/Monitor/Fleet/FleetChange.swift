package import Health

/// What changed in the fleet.
package struct FleetChange: Hashable, Sendable {
  /// Places in `records` whose number is new, was read, aged, or moved here.
  package var places: Set<Int> = []
  /// Those of them that show something else than before: most readings only repeat the last one.
  package var altered: Set<Int> = []
  /// Those of them that have another number than before.
  package var replaced: Set<Int> = []
  /// Removed numbers; `records` is shorter by as many places.
  package var removed: [PhoneNumber.ID] = []
  /// Entities whose facts changed.
  package var entities: Set<EntityReference> = []
  /// Business accounts whose list of templates changed or was removed.
  package var templates: Set<String> = []
  /// Whether accounts or their conditions changed.
  package var touchesAccounts = false
  /// What was known of the numbers that changed their state, before they did.
  var formerAnswers: [PhoneNumber.ID: KnownAnswer] = [:]

  package init() {}

  package var isEmpty: Bool { self == FleetChange() }

  /// Accounts, entities' facts or templates changed.
  package var touchesSurroundings: Bool {
    touchesAccounts || !entities.isEmpty || !templates.isEmpty
  }

  /// Notes a number that shows something else than before.
  mutating func alter(_ place: Int) {
    places.insert(place)
    altered.insert(place)
  }

  /// Notes what was known of a number before it changed its state.
  mutating func note(_ former: NumberRecord) {
    guard former.latest != nil, formerAnswers[former.id] == nil else { return }
    formerAnswers[former.id] = former.knownAnswer
  }

  /// Adds a later change; former answers belong to a single one.
  mutating func formUnion(_ later: FleetChange) {
    places.formUnion(later.places)
    altered.formUnion(later.altered)
    replaced.formUnion(later.replaced)
    removed += later.removed
    entities.formUnion(later.entities)
    templates.formUnion(later.templates)
    touchesAccounts = touchesAccounts || later.touchesAccounts
  }
}
