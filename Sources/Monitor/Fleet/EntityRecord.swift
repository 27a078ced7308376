import Health

/// What all answers say about an entity, including facts that are no longer reported.
struct EntityRecord: Sendable {
  /// Includes what the latest answer omitted, for as long as that is valid.
  private(set) var facts: EntityFacts
  /// When the conditions that the latest answer omitted were last reported.
  private var omitted: [EntityCondition.Subject: Moment] = [:]
  /// Bad conditions that were omitted for too long: they are unknown, which is no recovery.
  private var lost: [EntityCondition.Subject: EntityCondition] = [:]
  /// When the entity was last reported, for each kind of request.
  private var lastReported: [Page: Moment] = [:]
  private var interval = Self.shortestInterval

  /// The node and the token that reads it are polled separately, so an answer about one omits
  /// nothing about the other.
  fileprivate enum Page: Hashable {
    case node
    case token
  }

  /// Entities are polled every ten minutes, or less often if a budget is small.
  private static let shortestInterval = Duration.seconds(600)

  /// How long a condition that is no longer reported stays valid: three intervals.
  private var window: Duration { interval * 3 }

  init(_ facts: EntityFacts, at now: Moment) {
    self.facts = facts
    lastReported[Page(of: facts)] = now
  }

  /// Applies an answer: it replaces earlier facts with the same subject or name.
  mutating func receive(_ told: EntityFacts, at now: Moment) {
    let page = Page(of: told)
    if let last = lastReported[page] { interval = max(Self.shortestInterval, now - last) }
    let subjects = Set(told.conditions.map(\.subject))
    let kept = facts.conditions.filter { !subjects.contains($0.subject) }
    for condition in kept where Page(of: condition) == page && omitted[condition.subject] == nil {
      omitted[condition.subject] = lastReported[page] ?? now
    }
    for subject in subjects {
      omitted[subject] = nil
      lost[subject] = nil
    }
    let names = Set(told.facts.map(\.name))
    // The note on an unreadable fact is dropped once the fact could be read.
    let others = facts.facts.filter { !names.contains($0.name) && $0.name != Self.unreadable }
    facts = EntityFacts(
      reference: told.reference,
      name: told.name ?? facts.name,
      conditions: told.conditions + kept,
      facts: told.facts + others,
      parent: told.parent ?? facts.parent
    )
    lastReported[page] = now
  }

  /// Lets time pass: what was not reported for too long becomes unknown.
  ///
  /// - Returns: Whether that changed anything.
  mutating func advance(to now: Moment) -> Bool {
    let expired = omitted.filter { now - $0.value > window }
    guard !expired.isEmpty else { return false }
    for condition in facts.conditions where expired[condition.subject] != nil {
      omitted[condition.subject] = nil
      if condition.severity > .unknown { lost[condition.subject] = condition }
    }
    facts = EntityFacts(
      reference: facts.reference,
      name: facts.name,
      conditions: facts.conditions.filter { expired[$0.subject] == nil },
      facts: facts.facts,
      parent: facts.parent
    )
    return true
  }

  /// When `advance` would next find something to do.
  var nextAgeing: Moment? { omitted.values.min().map { $0 + window } }

  /// When a condition that the latest answer omitted was last reported; nil if it was reported.
  func lastReported(_ subject: EntityCondition.Subject) -> Moment? { omitted[subject] }

  /// When its node last said how its own health is; nil if that is not known.
  var healthMoment: Moment? {
    guard facts.conditions.contains(where: { $0.subject == .health }) else { return nil }
    return omitted[.health] ?? lastReported[.node]
  }

  /// The causes for the numbers under it, with or without its own health.
  func causes(includingHealth: Bool = true) -> [Cause] {
    let counting = { (subject: EntityCondition.Subject) in includingHealth || subject != .health }
    let bad = facts.conditions.filter { $0.severity > .ok && counting($0.subject) }
      .map { $0.cause(of: facts.reference) }
    let missing = lost.filter { counting($0.key) }.values
      .map { $0.cause(of: facts.reference).noLongerReported }
    return bad.stablySorted { $0.severity > $1.severity } + missing.sorted { $0.text < $1.text }
  }

  /// The name of the fact for what the credential may not read.
  private static let unreadable = "not readable"
}

extension EntityRecord.Page {
  init(of facts: EntityFacts) {
    let isOfToken =
      !facts.conditions.isEmpty && facts.conditions.allSatisfy { Self(of: $0) == .token }
    self = isOfToken ? .token : .node
  }

  init(of condition: EntityCondition) { self = condition.subject == .token ? .token : .node }
}
