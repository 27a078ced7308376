import Health

/// The facts of the numbers' WABAs, businesses and apps, and the causes that follow from them.
///
/// Nearly all entities are fine, so only those with causes are consulted when a number is read.
struct EntityTable: Sendable {
  private var records: [EntityReference: EntityRecord] = [:]
  /// Only of entities that have any.
  private var causes: [EntityReference: Causes] = [:]

  private struct Causes: Hashable {
    let all: [Cause]
    let withoutHealth: [Cause]
    let healthMoment: Moment?
  }

  /// A node and the numbers under it are read one after the other: what is so much apart is of one time,
  /// and then the worst counts.
  private static let sameTime = Duration.seconds(60)

  subscript(reference: EntityReference) -> EntityFacts? { records[reference]?.facts }

  func record(of reference: EntityReference) -> EntityRecord? { records[reference] }

  /// Applies an answer's facts about an entity.
  ///
  /// - Returns: Whether the numbers under it must be assessed again.
  mutating func receive(_ facts: EntityFacts, at now: Moment) -> Bool {
    let reference = facts.reference
    let parent = records[reference]?.facts.parent
    if records[reference]?.receive(facts, at: now) == nil {
      records[reference] = EntityRecord(facts, at: now)
    }
    let isMoved = records[reference]?.facts.parent != parent && !causes.isEmpty
    return reconcile(reference) || isMoved
  }

  /// Forgets an entity; returns whether it was known.
  mutating func remove(_ reference: EntityReference) -> Bool {
    causes[reference] = nil
    return records.removeValue(forKey: reference) != nil
  }

  /// What is known of all of them.
  var facts: some Sequence<EntityFacts> { records.values.lazy.map(\.facts) }

  var isEmpty: Bool { records.isEmpty }

  var references: some Collection<EntityReference> { records.keys }

  /// The businesses that such entities belong to.
  func parents(where isChild: (EntityReference) -> Bool) -> Set<EntityReference> {
    Set(records.values.filter { isChild($0.facts.reference) }.compactMap(\.facts.parent))
  }

  /// Lets time pass; returns the entities with facts that became unknown.
  mutating func advance(to now: Moment) -> [EntityReference] {
    var changed: [EntityReference] = []
    for reference in records.keys {
      guard records[reference]?.advance(to: now) == true else { continue }
      if reconcile(reference) { changed.append(reference) }
    }
    return changed
  }

  var nextAgeing: Moment? { records.values.compactMap(\.nextAgeing).min() }

  private mutating func reconcile(_ reference: EntityReference) -> Bool {
    let former = causes[reference]
    let current = records[reference].map { record in
      Causes(
        all: record.causes(),
        withoutHealth: record.causes(includingHealth: false),
        healthMoment: record.healthMoment
      )
    }
    causes[reference] = current.flatMap { $0.all.isEmpty ? nil : $0 }
    return causes[reference] != former
  }

  /// The causes that come from the entities that a number depends on.
  ///
  /// A node is read less often than the numbers under it. So what it said of its own health no longer
  /// counts for a number whose newer answer says how that entity is.
  ///
  /// - Parameters:
  ///   - report: The number's report.
  ///   - moment: When it came.
  /// - Returns: The causes, those of each entity together.
  func causes(of report: HealthReport?, from moment: Moment) -> [Cause] {
    guard !causes.isEmpty, let report else { return [] }
    let id = report.phoneNumberID
    return withParents(report.references).flatMap { reference -> [Cause] in
      guard let causes = causes[reference] else { return [] }
      guard let told = causes.healthMoment, moment - told > Self.sameTime,
        report.entities.contains(where: { $0.reference == reference && $0.messaging != nil })
      else { return causes.all }
      return causes.withoutHealth
    }
    .map { $0.of(phoneNumberID: id) }
  }

  /// Adds the businesses of WABAs, which the answer may not list.
  private func withParents(_ references: [EntityReference]) -> [EntityReference] {
    var all = references
    for parent in references.compactMap({ records[$0]?.facts.parent }) where !all.contains(parent) {
      all.append(parent)
    }
    return all
  }

  /// The WABAs that name an entity as their business.
  func children(of reference: EntityReference) -> [EntityReference] {
    guard reference.type == .business else { return [] }
    return records.values.filter { $0.facts.parent == reference }.map(\.facts.reference)
  }
}
