import Health
import Monitor

/// The drill-down tree of one number, as its unfolded lines from top to bottom.
///
/// The root is the number. Below it is everything that can make it bad, worst first: a failed poll,
/// signals, the answer's entities with their facts, and the provider's own checks.
package struct TreeOutline: Hashable, Sendable {
  package let nodes: [TreeNode]

  package func row(of id: TreeNode.ID) -> Int? {
    nodes.firstIndex { $0.id == id }
  }

  package func parent(of row: Int) -> Int? {
    guard nodes.indices.contains(row), nodes[row].depth > 0 else { return nil }
    return nodes[..<row].lastIndex { $0.depth == nodes[row].depth - 1 }
  }

  init(of record: NumberRecord, in fleet: Fleet, _ wabaIndex: WABAIndex, arranged: TreeArrangement)
  {
    nodes = TreeBuilder(record: record, fleet: fleet, wabaIndex: wabaIndex, arranged: arranged).root
      .flattened(
        arranged
      )
  }

  init(of growth: ImpactTreeBuilder) {
    nodes = growth.root.flattened(growth.arranged)
  }
}

/// Builds the tree of one number from its answers.
struct TreeBuilder {
  let record: NumberRecord
  let fleet: Fleet
  let wabaIndex: WABAIndex
  let arranged: TreeArrangement
  let entities: [PlacedEntity]
  /// The index of the entity that explains the number's state.
  let mainCause: Int?

  init(record: NumberRecord, fleet: Fleet, wabaIndex: WABAIndex, arranged: TreeArrangement) {
    self.record = record
    self.fleet = fleet
    self.wabaIndex = wabaIndex
    self.arranged = arranged
    entities = PlacedEntity.all(of: record.report)
    mainCause = Self.mainCause(record.assessment.causes.first, entities.map(\.entity))
  }

  /// The number's own entity, which belongs to the root.
  private var ownEntity: PlacedEntity? {
    entities.first { $0.entity.type?.value == .phoneNumber }
  }

  var root: TreeBranch {
    let own = ownEntity
    var root = TreeBranch(
      TreeNode(id: .number, subject: .number(own?.entity), state: record.state)
    )
    root.node.type = EntityType.phoneNumber.word
    root.node.identifier = record.displayNumber
    root.node.name = record.number.label ?? record.name
    root.node.note = own?.entity.messagingErrors.first?.code?.text
    root.node.calling = record.assessment.calling.map(HealthState.init(calling:))
    let children =
      ([poll].compactMap(\.self) + signals + others(than: own) + [checks].compactMap(\.self))
      .worstFirst()
    if !children.isEmpty { root.children = { children } }
    root.opensByItself = true
    // A cause without a line below belongs to the number itself.
    root.node.isCause =
      !record.assessment.causes.isEmpty && !children.contains(where: \.node.isCause)
      && !(record.report?.checks ?? []).contains(where: isCause)
    return root
  }

  private var poll: TreeBranch? {
    guard let failure = record.failure else { return nil }
    var poll = TreeBranch(
      TreeNode(
        id: .poll,
        subject: .poll(failure),
        state: failure.wasAnswered ? .unknown : .stale
      )
    )
    poll.node.type = Cause.Kind.poll.word
    poll.node.name = PollOutcome(failure.kind).phrase
    poll.node.note = failure.code?.text ?? failure.httpStatus.map { "HTTP \($0)" }
    poll.node.isCause = record.assessment.causes.first?.kind == .poll
    return poll
  }

  /// Signals that no entity or check represents.
  private var signals: [TreeBranch] {
    let checks = Set((record.report?.checks ?? []).map(\.causeText))
    let causes = record.assessment.causes
    return causes.enumerated().compactMap { place, cause in
      let isUnchecked = cause.isOfCheck && !checks.contains(cause.text)
      guard NumberSignal(cause.kind) != nil || isUnchecked else { return nil }
      // There may be several of one kind, such as two about missing messages.
      let isFirst = !causes[..<place].contains { $0.kind == cause.kind }
      var signal = TreeBranch(
        TreeNode(
          id: .signal(isFirst ? cause.kind.word : "\(cause.kind.word) \(cause.text)"),
          subject: .signal(cause),
          state: HealthState(signal: cause.severity)
        )
      )
      signal.node.type = cause.kind.word
      signal.node.name = cause.text
      signal.node.isCause = place == 0
      return signal
    }
  }

  private func others(than own: PlacedEntity?) -> [TreeBranch] {
    entities
      .filter { $0.id != own?.id }
      .stablySorted { $0.entity.order < $1.entity.order }
      .map(branch) + unlisted
  }

  /// Entities that explain the number by their own facts but are not in its answer.
  private var unlisted: [TreeBranch] {
    var seen = Set(entities.compactMap(\.entity.reference))
    let causes = record.assessment.causes
    return causes.enumerated().compactMap { place, cause in
      guard let reference = cause.reference, seen.insert(reference).inserted,
        fleet.facts(of: reference) != nil
      else { return nil }
      let entity = HealthEntity(
        type: AsSent(reference.type.word),
        id: reference.id,
        canSendMessage: nil
      )
      var branch = TreeBranch(
        TreeNode(
          id: .entity(type: reference.type.word, id: reference.id, occurrence: 0),
          subject: .entity(entity),
          state: HealthState(signal: cause.severity)
        )
      )
      branch.node.type = reference.type.word
      branch.node.identifier = reference.id
      branch.node.name = fleet.facts(of: reference)?.name
      branch.node.isCause = place == 0
      return branch
    }
  }

  private func branch(_ placed: PlacedEntity) -> TreeBranch {
    let entity = placed.entity
    var branch = TreeBranch(
      TreeNode(id: placed.id, subject: .entity(entity), state: state(of: entity))
    )
    branch.node.type = entity.type?.text
    branch.node.identifier = entity.id
    branch.node.name = name(of: entity)
    branch.node.note = entity.messagingErrors.first?.code?.text
    branch.node.calling = (entity.canReceiveCallSIP?.value).map(HealthState.init)
    branch.node.isCause = placed.place == mainCause
    let groups = placed.isFirstOfItsKind ? groups(of: entity, under: placed.id) : []
    if !groups.isEmpty { branch.children = { groups } }
    branch.opensByItself = true
    return branch
  }

  /// An outdated answer is shown as stale, whatever it said.
  func aged(_ state: HealthState) -> HealthState {
    record.isOld ? record.state : state
  }

  private func state(of entity: HealthEntity) -> HealthState {
    let own = HealthState(entity.canSendMessage?.value)
    let fact = entity.reference.flatMap(fleet.facts)?.state
    return aged(min(own, fact ?? own))
  }

  private func name(of entity: HealthEntity) -> String? {
    if let name = entity.name ?? entity.reference.flatMap(fleet.facts)?.name { return name }
    guard entity.type?.value == .messageTemplate, let waba = record.report?.id(of: .waba),
      case .success(let templates) = fleet.templates(of: waba)?.templates
    else { return nil }
    return templates.first { $0.id == entity.id }?.name
  }

  private static func mainCause(_ cause: Cause?, _ entities: [HealthEntity]) -> Int? {
    guard let cause, case .entity(let type) = cause.kind else { return nil }
    let candidates = entities.indices.filter { place in
      let entity = entities[place]
      return (entity.type?.value ?? .unrecognized("UNKNOWN")) == type && entity.id == cause.id
    }
    return candidates.first { entities[$0].canSendMessage?.value.rank ?? 0 > 0 }
      ?? candidates.first
  }
}
