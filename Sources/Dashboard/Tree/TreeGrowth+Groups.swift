package import Health

// The crowds that hang on an entity: folded, with counts, until somebody asks.
extension TreeGrowth {
  func groups(of entity: HealthEntity, under parent: TreeNode.ID) -> [TreeBranch] {
    guard let reference = entity.reference else { return [] }
    return switch reference.type {
    case .waba:
      [templates(of: reference.id, under: parent), siblings(on: reference, under: parent)]
        .compactMap(\.self)
    case .business: [wabas(of: reference, under: parent)].compactMap(\.self)
    default: []
    }
  }

  var checks: TreeBranch? {
    guard let checks = record.report?.checks, !checks.isEmpty else { return nil }
    var seen: [String: Int] = [:]
    let branches = checks.map { check in
      let occurrence = seen[check.name, default: 0]
      seen[check.name] = occurrence + 1
      return branch(check, occurrence)
    }
    var group = crowd(.checks, under: .number, states: branches.compactMap(\.node.state))
    group.node.type = Cause.Kind.check.word
    group.children = { branches.worstFirst() }
    group.opensByItself = checks.contains { $0.passed == false }
    return group
  }

  private func branch(_ check: ProviderCheck, _ occurrence: Int) -> TreeBranch {
    var branch = TreeBranch(
      TreeNode(
        id: .check(check.name, occurrence: occurrence),
        subject: .check(check),
        state: aged(check.state)
      )
    )
    branch.node.name = check.name
    branch.node.note = check.passed.map { $0 ? "passed" : "failed" } ?? "not said"
    branch.node.isCause = isCause(check)
    return branch
  }

  func isCause(_ check: ProviderCheck) -> Bool {
    guard check.passed == false, let headline = record.assessment.causes.first else { return false }
    return headline.isOfCheck && headline.text == check.causeText
  }

  private func templates(of waba: String, under parent: TreeNode.ID) -> TreeBranch? {
    guard let list = fleet.templates(of: waba) else { return nil }
    let id = TreeNode.ID.group(.templates, of: parent)
    switch list.templates {
    case .failure(let error):
      var branch = TreeBranch(TreeNode(id: id, subject: .unreadable(error), state: .unknown))
      branch.node.type = EntityType.messageTemplate.word
      branch.node.note = PollOutcome(error.kind).phrase
      return branch
    case .success(let templates):
      var group = crowd(.templates, under: parent, states: templates.map(\.state))
      group.node.type = EntityType.messageTemplate.word
      group.node.note = Self.notes(
        templates.filter { $0.status.value != .approved }.map(\.status.text)
      )
      if templates.isEmpty { return group }
      group.children = { [arranged] in
        let sorted = templates.sorted { ($0.state, $0.name) < ($1.state, $1.name) }
        return TreeBranch.few(sorted, of: id, arranged) { Self.branch($0, waba, of: id) }
      }
      return group
    }
  }

  private static func branch(
    _ template: MessageTemplate,
    _ waba: String,
    of group: TreeNode.ID
  ) -> TreeBranch {
    let id = TreeNode.ID.template(template.id, of: group)
    var branch = TreeBranch(
      TreeNode(id: id, subject: .template(template, waba: waba), state: template.state)
    )
    branch.node.name = template.name
    let isFine = template.status.value == .approved
    branch.node.note = [template.language, isFine ? nil : template.status.text]
      .compactMap(\.self).joined(separator: " ")
    return branch
  }

  private func siblings(on waba: EntityReference, under parent: TreeNode.ID) -> TreeBranch? {
    let own = fleet.index(of: record.id)
    let places = fleet.numbers(sharing: waba).filter { $0 != own }
    guard !places.isEmpty else { return nil }
    let records = fleet.records
    var group = crowd(.numbers, under: parent, states: places.map { records[$0].state })
    group.node.type = EntityType.phoneNumber.word
    group.children = { [arranged, id = group.node.id] in
      let sorted = places.sorted { (records[$0].state, $0) < (records[$1].state, $1) }
      return TreeBranch.few(sorted, of: id, arranged) { Self.branch(records[$0], of: id) }
    }
    return group
  }

  private static func branch(_ sibling: NumberRecord, of group: TreeNode.ID) -> TreeBranch {
    var branch = TreeBranch(
      TreeNode(
        id: .sibling(sibling.id, of: group),
        subject: .sibling(sibling.id),
        state: sibling.state
      )
    )
    branch.node.identifier = sibling.displayNumber
    branch.node.name = sibling.number.label ?? sibling.name
    return branch
  }

  private func wabas(of business: EntityReference, under parent: TreeNode.ID) -> TreeBranch? {
    let own = record.report?.id(of: .waba)
    let others = OtherWABA.all(of: business, in: fleet).filter { $0.id != own }
    guard !others.isEmpty else { return nil }
    var group = crowd(.wabas, under: parent, states: others.map(\.state))
    group.node.type = EntityType.waba.word
    group.children = { [arranged, fleet, id = group.node.id] in
      TreeBranch.few(others, of: id, arranged) { Self.branch($0, of: id, fleet) }
    }
    return group
  }

  private static func branch(
    _ waba: OtherWABA,
    of group: TreeNode.ID,
    _ fleet: Fleet
  ) -> TreeBranch {
    var branch = TreeBranch(
      TreeNode(
        id: .otherWABA(waba.id, of: group),
        subject: .otherWABA(id: waba.id, numbers: waba.numbers),
        state: waba.state
      )
    )
    branch.node.identifier = waba.id
    branch.node.name = fleet.facts(of: EntityReference(type: .waba, id: waba.id))?.name
    branch.node.note = waba.numbers == 1 ? "1 number" : "\(waba.numbers) numbers"
    return branch
  }

  private func crowd(
    _ group: TreeNode.Group,
    under parent: TreeNode.ID,
    states: [HealthState]
  ) -> TreeBranch {
    let id = TreeNode.ID.group(group, of: parent)
    var branch = TreeBranch(
      TreeNode(id: id, subject: .group(group), state: states.min() ?? .available)
    )
    branch.node.count = states.count
    branch.node.note = Self.summary(of: states)
    return branch
  }

  /// Such as "all blocked", or "2 blocked 1 limited 6 ok".
  private static func summary(of states: [HealthState]) -> String? {
    var counts = [Int](repeating: 0, count: HealthState.allCases.count)
    for state in states { counts[Int(state.rawValue)] += 1 }
    let present = HealthState.allCases.filter { counts[Int($0.rawValue)] > 0 }
    if present.count == 1, let only = present.first {
      return states.count == 1 ? only.inACrowd : "all \(only.inACrowd)"
    }
    return present.isEmpty
      ? nil : present.map { "\(counts[Int($0.rawValue)]) \($0.inACrowd)" }.joined(separator: " ")
  }

  /// How often each of some words occurs, such as "1 PAUSED 2 REJECTED"; nil of none.
  private static func notes(_ words: [String]) -> String? {
    let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    let notes = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return notes.isEmpty ? nil : notes.map { "\($0.value) \($0.key)" }.joined(separator: " ")
  }
}

/// A WABA of a business, as the numbers on it tell.
private struct OtherWABA {
  let id: String
  var state: HealthState
  var numbers: Int

  /// Worst first.
  static func all(of business: EntityReference, in fleet: Fleet) -> [OtherWABA] {
    var found: [String: OtherWABA] = [:]
    let records = fleet.records
    for place in fleet.numbers(sharing: business) {
      guard let entities = records[place].report?.entities else { continue }
      let isOld = records[place].state == .stale
      for entity in entities where entity.type?.value == .waba {
        guard let id = entity.id else { continue }
        let state = isOld ? .stale : HealthState(entity.canSendMessage?.value)
        var waba = found[id] ?? OtherWABA(id: id, state: state, numbers: 0)
        waba.numbers += 1
        waba.state = min(waba.state, state)
        found[id] = waba
      }
    }
    return found.values.sorted { ($0.state, $0.id) < ($1.state, $1.id) }
  }
}

extension MessageTemplate {
  /// The worst of its status, its quality and its own health.
  package var state: HealthState {
    let rated: HealthState = (quality?.value.severity ?? .ok) > .ok ? .warning : .available
    let health = (health?.canSendMessage?.value).map(HealthState.init) ?? .available
    return min(status.value.state, rated, health)
  }
}

extension HealthState {
  fileprivate var inACrowd: String { self == .available ? "ok" : word.lowercased() }
}

extension Cause {
  var isOfCheck: Bool { [.token, .webhook, .check].contains(kind) }
}
