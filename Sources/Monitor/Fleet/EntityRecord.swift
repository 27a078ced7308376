import Health

/// What is known of an entity over all answers about it, and what of that is not told any more.
struct EntityRecord: Sendable {
  /// With what the latest answer left out, for as long as that counts.
  private(set) var facts: EntityFacts
  /// When the conditions that the latest answer left out were last told.
  private var untold: [EntityCondition.Subject: Moment] = [:]
  /// Bad ones that were left out for too long: unknown, which is no recovery.
  private var lost: [EntityCondition.Subject: EntityCondition] = [:]
  /// When the entity was last told of, by what it was asked for.
  private var lastTold: [Page: Moment] = [:]
  private var interval = Self.shortestInterval

  /// The node itself and the token that reads it are asked for in their own time: an answer about one
  /// leaves out nothing of the other.
  fileprivate enum Page: Hashable {
    case node
    case token
  }

  /// Entities are asked again after ten minutes; more rarely where a budget is small.
  private static let shortestInterval = Duration.seconds(600)

  /// How long a condition counts that is not told any more: three intervals.
  private var window: Duration { interval * 3 }

  init(_ facts: EntityFacts, at now: Moment) {
    self.facts = facts
    lastTold[Page(of: facts)] = now
  }

  /// Takes in another answer: what it says replaces what was said of the same thing.
  mutating func receive(_ told: EntityFacts, at now: Moment) {
    let page = Page(of: told)
    if let last = lastTold[page] { interval = max(Self.shortestInterval, now - last) }
    let subjects = Set(told.conditions.map(\.subject))
    let kept = facts.conditions.filter { !subjects.contains($0.subject) }
    for condition in kept where Page(of: condition) == page && untold[condition.subject] == nil {
      untold[condition.subject] = lastTold[page] ?? now
    }
    for subject in subjects {
      untold[subject] = nil
      lost[subject] = nil
    }
    let names = Set(told.facts.map(\.name))
    // What could be read meanwhile needs no sentence on why it could not.
    let others = facts.facts.filter { !names.contains($0.name) && $0.name != Self.unreadable }
    facts = EntityFacts(
      reference: told.reference,
      name: told.name ?? facts.name,
      conditions: told.conditions + kept,
      facts: told.facts + others,
      parent: told.parent ?? facts.parent
    )
    lastTold[page] = now
  }

  /// Lets time pass: what was not told for too long is unknown from now on.
  ///
  /// - Returns: Whether that changed anything.
  mutating func advance(to now: Moment) -> Bool {
    let expired = untold.filter { now - $0.value > window }
    guard !expired.isEmpty else { return false }
    for condition in facts.conditions where expired[condition.subject] != nil {
      untold[condition.subject] = nil
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
  var nextAgeing: Moment? { untold.values.min().map { $0 + window } }

  /// When a condition was last told that the latest answer left out; nil for one that it told.
  func lastTold(_ subject: EntityCondition.Subject) -> Moment? { untold[subject] }

  /// What it explains of the numbers under it.
  var causes: [Cause] {
    let bad = facts.conditions.filter { $0.severity > .ok }.map { $0.cause(of: facts.reference) }
    let missing = lost.values.map { $0.cause(of: facts.reference).notToldAnyMore }
    return bad.stablySorted { $0.severity > $1.severity } + missing.sorted { $0.text < $1.text }
  }

  /// The name of the fact that stands for what the credential may not read.
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
