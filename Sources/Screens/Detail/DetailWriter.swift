import Health
import Monitor

extension EntityDetail {
  /// Everything that is known about a node of a number's tree.
  init(
    of node: TreeNode,
    record: NumberRecord,
    fleet: Fleet,
    causes: CauseIndex,
    progress: Confirmation.Progress? = nil
  ) {
    let writer = DetailWriter(record: record, fleet: fleet, causes: causes, progress: progress)
    self.init(
      title: [node.type ?? writer.type(of: node.subject), node.identifier]
        .compactMap(\.self).joined(separator: " "),
      subtitle: node.name,
      sections: writer.sections(of: node)
    )
  }
}

/// Writes the detail of a node; the sections about numbers, entities and polls are in their own
/// files.
struct DetailWriter {
  let record: NumberRecord
  let fleet: Fleet
  let causes: CauseIndex
  /// How far the number's state is confirmed; nil if it is.
  var progress: Confirmation.Progress?

  func sections(of node: TreeNode) -> [DetailSection] {
    switch node.subject {
    case .number(let entity): number(entity)
    case .entity(let entity): self.entity(entity, state: node.state ?? .unknown)
    case .signal(let cause): [DetailSection(nil, lines(of: cause))] + [facts]
    case .check(let check): [DetailSection(nil, lines(of: check, state: node.state ?? .unknown))]
    case .poll(let error): [failure(error), poll]
    case .group(let group): self.group(group, node)
    case .template(let template, let waba): self.template(template, waba)
    case .unreadable(let error): [failure(error)]
    case .sibling(let id): sibling(id)
    case .otherWABA(let id, let numbers): otherWABA(id, numbers, node.state ?? .unknown)
    case .more(let count):
      [DetailSection(nil, [DetailLine(nil, .text("\(count) more, worst first"), .note)])]
    case .root(let cause): root(cause)
    }
  }

  /// The type, for nodes whose line does not name it.
  func type(of subject: TreeNode.Subject) -> String {
    switch subject {
    case .entity: "Entity without a type"
    case .check: Cause.Kind.check.word
    case .template: EntityType.messageTemplate.word
    case .sibling: EntityType.phoneNumber.word
    case .otherWABA: EntityType.waba.word
    case .number, .signal, .poll, .group, .unreadable, .more, .root: ""
    }
  }

  /// The age of a section's answer, if it is no longer valid.
  var age: [DetailLine] {
    guard record.isOld, let moment = record.lastGood?.moment else { return [] }
    return [DetailLine("as last seen", .moment(moment), .note)]
  }

  func lines(of cause: Cause) -> [DetailLine] {
    let remedy = Remedy(of: cause, in: record)
    let who = [cause.kind.word, cause.id, cause.code?.text].compactMap(\.self)
    let head = DetailLine(nil, .text(who.joined(separator: " ")), .note)
    // Our own words first, if there are any: the meaning and the fix; then the provider's words.
    guard remedy.meaning != nil else {
      return [head, DetailLine(nil, .text(cause.text), .words)] + lines(of: remedy)
    }
    guard case .entity = cause.kind else {
      return [head, DetailLine(nil, .text(cause.text), .words)] + lines(of: remedy)
    }
    let words = DetailLine("the provider's words", .text(cause.text), .words)
    return [head] + lines(of: remedy) + [words]
  }

  func lines(of remedy: Remedy) -> [DetailLine] {
    [
      remedy.meaning.map { DetailLine(nil, .text($0), .meaning) },
      remedy.remedy.map { DetailLine("fix", .text($0), .remedy) },
      remedy.whoActs.map { DetailLine("who acts", .text($0.phrase), .remedy) },
      remedy.link.map { DetailLine(nil, .link($0), .remedy) },
    ].compactMap(\.self)
  }

  func lines(of facts: [Fact]) -> [DetailLine] {
    facts.map { DetailLine($0.name, .text($0.value)) }
  }

  private func group(_ group: TreeNode.Group, _ node: TreeNode) -> [DetailSection] {
    var lines = [DetailLine("count", .text(String(node.count ?? 0)))]
    if let note = node.note { lines.append(DetailLine(nil, .text(note))) }
    if group == .wabas {
      lines.append(DetailLine(nil, .text("known from their numbers here"), .note))
    }
    return [DetailSection(nil, lines)]
  }

  private func sibling(_ id: PhoneNumber.ID) -> [DetailSection] {
    guard let record = fleet[id] else { return [] }
    let other = DetailWriter(record: record, fleet: fleet, causes: causes)
    return other.why + [other.summary, other.facts]
  }

  private func otherWABA(_ id: String, _ numbers: Int, _ state: HealthState) -> [DetailSection] {
    let reference = EntityReference(type: .waba, id: id)
    let lines = [
      DetailLine("can_send_message", .state(state, state.word)),
      DetailLine("numbers here", .text(String(numbers))),
    ]
    return [DetailSection(nil, lines), facts(of: reference), impact(of: reference)]
  }
}
