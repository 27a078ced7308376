package import Health
import Monitor

// Groups below an entity: folded, with counts.
extension TreeBuilder {
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
    var group = Self.crowd(.checks, under: .number, Tally(branches.compactMap(\.node.state)))
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
    branch.node.note = check.passed.map { $0 ? "passed" : "failed" } ?? "not reported"
    branch.node.isCause = isCause(check)
    return branch
  }

  func isCause(_ check: ProviderCheck) -> Bool {
    guard check.passed == false, let headline = record.assessment.causes.first else { return false }
    return headline.isOfCheck && headline.text == check.causeText
  }

  private func templates(of waba: String, under parent: TreeNode.ID) -> TreeBranch? {
    fleet.templates(of: waba).map { Self.templates($0, under: parent, arranged) }
  }

  /// A WABA's templates, folded, or why they could not be read.
  static func templates(
    _ list: TemplateList,
    under parent: TreeNode.ID,
    _ arranged: TreeArrangement
  ) -> TreeBranch {
    let id = TreeNode.ID.group(.templates, of: parent)
    switch list.templates {
    case .failure(let error):
      var branch = TreeBranch(TreeNode(id: id, subject: .unreadable(error), state: .unknown))
      branch.node.type = EntityType.messageTemplate.word
      branch.node.note = PollOutcome(error.kind).phrase
      return branch
    case .success(let templates):
      var group = crowd(.templates, under: parent, Tally(templates.map(\.state)))
      group.node.type = EntityType.messageTemplate.word
      group.node.note = notes(
        templates.filter { $0.status.value != .approved }.map(\.status.text)
      )
      if templates.isEmpty { return group }
      group.children = {
        let sorted = templates.sorted { ($0.state, $0.name) < ($1.state, $1.name) }
        return TreeBranch.few(sorted, of: id, arranged) { branch($0, list.waba, of: id) }
      }
      return group
    }
  }

  /// A WABA's templates with the status of a cause.
  static func troubled(
    _ list: TemplateList,
    _ cause: CauseID,
    under parent: TreeNode.ID,
    _ arranged: TreeArrangement
  ) -> [TreeBranch] {
    guard case .success(let templates) = list.templates, case .templates(let status) = cause else {
      return []
    }
    let troubled = templates.filter { $0.status.value == status }.sorted { $0.name < $1.name }
    return TreeBranch.few(troubled, of: parent, arranged) { branch($0, list.waba, of: parent) }
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
    var tally = wabaIndex.numbers(of: waba.id)
    if record.report?.id(of: .waba) == waba.id { tally[record.state] -= 1 }
    guard tally.total > 0 else { return nil }
    var group = Self.crowd(.numbers, under: parent, tally)
    group.node.type = EntityType.phoneNumber.word
    group.children = { [self, id = group.node.id] in
      TreeBranch.few(siblings(on: waba), of: id, arranged) { place in
        Self.branch(fleet.records[place], of: id)
      }
    }
    return group
  }

  /// The places of the other numbers, worst first: sorted into buckets by state, because there may
  /// be thousands.
  private func siblings(on waba: EntityReference) -> [Int] {
    let own = fleet.index(of: record.id)
    var heaps = HealthState.allCases.map { _ in [Int]() }
    for place in fleet.numbers(sharing: waba) where place != own {
      heaps[Int(fleet.records[place].state.rawValue)].append(place)
    }
    return heaps.flatMap(\.self)
  }

  static func branch(_ sibling: NumberRecord, of group: TreeNode.ID) -> TreeBranch {
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
    let others = wabaIndex.wabas(of: business.id)
      .filter { $0.key != own }
      .map { OtherWABA(id: $0, state: $1.worst ?? .unknown, numbers: $1.total) }
      .sorted { ($0.state, $0.id) < ($1.state, $1.id) }
    guard !others.isEmpty else { return nil }
    var group = Self.crowd(.wabas, under: parent, Tally(others.map(\.state)))
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

  private static func crowd(
    _ group: TreeNode.Group,
    under parent: TreeNode.ID,
    _ tally: Tally
  ) -> TreeBranch {
    let id = TreeNode.ID.group(group, of: parent)
    var branch = TreeBranch(
      TreeNode(id: id, subject: .group(group), state: tally.worst ?? .available)
    )
    branch.node.count = tally.total
    branch.node.note = tally.summary
    return branch
  }

  /// The count of each word, such as "1 PAUSED 2 REJECTED"; nil if empty.
  private static func notes(_ words: [String]) -> String? {
    let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    let notes = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return notes.isEmpty ? nil : notes.map { "\($0.value) \($0.key)" }.joined(separator: " ")
  }
}

/// Another WABA of a business, from its numbers' answers.
private struct OtherWABA {
  let id: String
  let state: HealthState
  let numbers: Int
}

extension MessageTemplate {
  /// The worst of its status, its quality and its own health.
  package var state: HealthState {
    let rated: HealthState = (quality?.value.severity ?? .ok) > .ok ? .warning : .available
    let health = (health?.canSendMessage?.value).map(HealthState.init) ?? .available
    return min(status.value.state, rated, health)
  }
}

extension Cause {
  var isOfCheck: Bool { [.token, .webhook, .check].contains(kind) }
}
