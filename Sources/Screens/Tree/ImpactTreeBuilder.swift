import Health
import Monitor

/// Builds the inverted tree of an entity, an account or a signal, which shows all affected numbers.
///
/// The root is the entity. Below it are its numbers, worst first, and a WABA's templates, or a
/// business's WABAs with their numbers. Only the first few of a large group are made until it is
/// unfolded.
struct ImpactTreeBuilder {
  let inversion: Inversion
  let fleet: Fleet
  let wabaIndex: WABAIndex
  let causes: CauseIndex
  let arranged: TreeArrangement

  private var id: TreeNode.ID { .root(inversion.root) }

  var root: TreeBranch {
    var root = TreeBranch(TreeNode(id: id, subject: .root(inversion.root), state: state))
    root.node.type = type
    root.node.identifier = identifier
    root.node.name = name
    root.node.isCause = causes.row(of: inversion.root) != nil
    root.opensByItself = true
    let children = children
    if !children.isEmpty { root.children = { children } }
    return root
  }

  private var children: [TreeBranch] {
    switch inversion.root {
    case .entity(let reference) where reference.type == .waba:
      [templates(of: reference.id, under: id)].compactMap(\.self) + numbers
    case .entity(let reference) where reference.type == .business: wabas(of: reference.id)
    case .provider, .offline: accounts
    case .templates(let status): causes.templates.wabas(with: status).compactMap(waba)
    case .entity, .signal, .account: numbers
    }
  }

  // MARK: The root

  /// The entity's state from its numbers' answers, or the worst of the numbers.
  private var state: HealthState {
    let row = causes.row(of: inversion.root)
    if let row, let cause = causes.cause(row: row, in: fleet) { return cause.state }
    guard case .entity(let reference) = inversion.root, let worst = representative else {
      return inversion.affectedNumbers.tally.worst ?? .unknown
    }
    if worst.isOld { return worst.state }
    let own = worst.report?.entities.first { $0.reference == reference }?.canSendMessage?.value
    return min(HealthState(own), fleet.facts(of: reference)?.state ?? .available)
  }

  private var representative: NumberRecord? {
    inversion.affectedNumbers.places.first.map { fleet.records[$0] }
  }

  private var type: String {
    switch inversion.root {
    case .entity(let reference): reference.type.word
    case .signal(let kind, _): kind.word
    case .account: "ACCOUNT"
    case .provider: "PROVIDER"
    case .offline: "ALL PROVIDERS"
    case .templates: EntityType.messageTemplate.word
    }
  }

  private var identifier: String? {
    switch inversion.root {
    case .entity(let reference): reference.id
    case .account(let name, _), .provider(let name, _): name
    case .templates(let status): status.word
    case .signal, .offline: nil
    }
  }

  private var name: String? {
    switch inversion.root {
    case .entity(let reference):
      fleet.facts(of: reference)?.name
        ?? representative?.report?.entities.first { $0.reference == reference }?.name
    case .signal(_, let text): text
    case .account(let name, _): fleet.condition(of: name)?.account.provider
    case .provider, .offline, .templates: nil
    }
  }
}

// MARK: - What hangs on it

extension ImpactTreeBuilder {
  private var numbers: [TreeBranch] {
    TreeBranch.few(inversion.affectedNumbers.places, of: id, arranged) { number($0, of: id) }
  }

  /// A number's own trouble is shown if it differs from the root's.
  private func number(_ place: Int, of group: TreeNode.ID) -> TreeBranch {
    let record = fleet.records[place]
    var branch = TreeBuilder.branch(record, of: group)
    let ties = causes.causes(at: place)
    if let headline = ties.first, !ties.contains(inversion.root) {
      branch.node.note = headline.word
    }
    return branch
  }

  private func templates(of waba: String, under parent: TreeNode.ID) -> TreeBranch? {
    guard let list = fleet.templates(of: waba) else { return nil }
    return TreeBuilder.templates(list, under: parent, arranged)
  }

  private func wabas(of business: String) -> [TreeBranch] {
    let wabas = wabaIndex.wabas(of: business)
      .map { (id: $0.key, state: $0.value.worst ?? .unknown) }
      .sorted { ($0.state, $0.id) < ($1.state, $1.id) }
    let branches = TreeBranch.few(wabas, of: id, arranged) { waba($0.id, $0.state) }
    let counted = wabas.reduce(0) { $0 + wabaIndex.numbers(of: $1.id).total }
    // All numbers are read only if some have no WABA.
    guard counted < inversion.affectedNumbers.count else { return branches }
    let strays = inversion.affectedNumbers.places.filter {
      fleet.records[$0].report?.id(of: .waba) == nil
    }
    return branches + TreeBranch.few(strays, of: id, arranged) { number($0, of: id) }
  }

  private func waba(_ waba: String, _ state: HealthState) -> TreeBranch {
    let id = TreeNode.ID.otherWABA(waba, of: id)
    let count = wabaIndex.numbers(of: waba).total
    var branch = TreeBranch(
      TreeNode(id: id, subject: .otherWABA(id: waba, numbers: count), state: state)
    )
    branch.node.type = EntityType.waba.word
    branch.node.identifier = waba
    branch.node.name = fleet.facts(of: EntityReference(type: .waba, id: waba))?.name
    branch.node.note = wabaIndex.numbers(of: waba).summary
    branch.children = {
      [templates(of: waba, under: id)].compactMap(\.self)
        + TreeBranch.few(members(of: waba), of: id, arranged) { number($0, of: id) }
    }
    return branch
  }

  /// The numbers of a WABA, worst first.
  private func members(of waba: String) -> some RandomAccessCollection<Int> {
    let places = fleet.numbers(sharing: EntityReference(type: .waba, id: waba))
    return RankedNumbers(places.map { (place: $0, state: fleet.records[$0].state) }).places
  }

  /// A business account with its templates of this status.
  private func waba(_ waba: String) -> TreeBranch? {
    guard let list = fleet.templates(of: waba) else { return nil }
    let id = TreeNode.ID.otherWABA(waba, of: id)
    let count = fleet.count(sharing: EntityReference(type: .waba, id: waba))
    var branch = TreeBranch(
      TreeNode(id: id, subject: .otherWABA(id: waba, numbers: count), state: .warning)
    )
    branch.node.type = EntityType.waba.word
    branch.node.identifier = waba
    branch.node.name = fleet.facts(of: EntityReference(type: .waba, id: waba))?.name
    branch.opensByItself = true
    branch.children = { TreeBuilder.troubled(list, inversion.root, under: id, arranged) }
    return branch
  }

  private var accounts: [TreeBranch] {
    let names = causes.troubles.accounts(of: inversion.root)
    return TreeBranch.few(names, of: id, arranged) { name in
      let condition = fleet.condition(of: name)
      let trouble = condition?.trouble ?? .silent
      let account = CauseID.account(name, trouble)
      var branch = TreeBranch(
        TreeNode(
          id: .root(account),
          subject: .root(account),
          state: condition.map { $0.trouble?.state ?? .available }
        )
      )
      branch.node.type = "ACCOUNT"
      branch.node.identifier = name
      branch.node.name = condition?.account.provider
      let count = causes.numbers(of: name)
      branch.node.note = count == 1 ? "1 number" : "\(count) numbers"
      return branch
    }
  }
}

extension CauseID {
  /// Its type in one word.
  package var word: String {
    switch self {
    case .entity(let reference): reference.type == .phoneNumber ? "NUMBER" : reference.type.word
    case .signal(let kind, _): kind.word
    case .account, .provider, .offline: Cause.Kind.poll.word
    case .templates: "TEMPLATE"
    }
  }
}
