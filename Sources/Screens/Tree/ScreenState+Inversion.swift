import Health
package import Monitor

// The inverted tree: an entity at the root, with all affected numbers.
extension ScreenState {
  mutating func openInversion(of root: CauseID) {
    let route = Route.inversion(root)
    guard self.route != route else { return }
    if let known = shell.routes.firstIndex(of: route) {
      shell.routes.removeSubrange((known + 1)...)
    } else {
      shell.routes.append(route)
      tree.arrangements[route] = TreeArrangement()
    }
    tree.isZoomed = false
    refreshOutline()
  }

  /// The root for inverting at the chosen node: an entity, a signal or an account.
  ///
  /// For the number itself, it is its main cause, else its WABA.
  var nodeToInvert: CauseID? { selectedNode.flatMap(nodeToInvert) }

  /// The same at another node.
  func nodeToInvert(of node: TreeNode) -> CauseID? {
    guard let record = treeNumber.flatMap({ fleet[$0] }) else { return nil }
    switch node.subject {
    case .entity(let entity):
      return entity.reference.map(CauseID.entity) ?? home(of: record)
    case .signal(let cause): return id(of: cause.text, record)
    case .check(let check): return id(of: check.causeText, record) ?? home(of: record)
    case .poll(let error):
      return .account(record.number.account, CauseID.Trouble(PollOutcome(error.kind)))
    case .template(let template, _) where template.status.value.isTrouble:
      return .templates(template.status.value)
    case .otherWABA(let waba, _): return .entity(EntityReference(type: .waba, id: waba))
    case .root(let cause): return cause
    case .number, .group, .template, .unreadable, .sibling, .more: return home(of: record)
    }
  }

  private func id(of text: String, _ record: NumberRecord) -> CauseID? {
    record.causes.first { $0.cause.text == text }?.id
  }

  private func home(of record: NumberRecord) -> CauseID? {
    if let headline = record.causes.first?.id,
      case .entity(let reference) = headline, reference.type != .phoneNumber
    {
      return headline
    }
    return record.report?.id(of: .waba).map { .entity(EntityReference(type: .waba, id: $0)) }
  }

  /// Keeps the numbers of the open inverted tree only.
  mutating func reconcileInversion() {
    guard let root = inversionRoot else {
      tree.inversion = nil
      return
    }
    guard tree.inversion?.root != root else { return }
    tree.inversion = Inversion(of: root, in: fleet, causeIndex)
  }

  /// The lines of the open inverted tree.
  var invertedOutline: TreeOutline? {
    guard let inversion = tree.inversion else { return nil }
    return TreeOutline(
      of: ImpactTreeBuilder(
        inversion: inversion,
        fleet: fleet,
        wabaIndex: tree.wabaIndex,
        causes: causeIndex,
        arranged: arrangement
      )
    )
  }

  /// The states of the inverted tree's numbers.
  package var invertedSummary: String? { tree.inversion?.affectedNumbers.tally.summary }

  package var invertedCount: Int { tree.inversion?.affectedNumbers.count ?? 0 }

  /// The cause at the root of the inverted tree; nil if it explains nothing.
  package var invertedCause: RankedCause? {
    inversionRoot.flatMap(causeIndex.row).flatMap { causeIndex.cause(row: $0, in: fleet) }
  }

  func invertedDetail(of node: TreeNode) -> EntityDetail? {
    let waba: String? =
      switch node.subject {
      case .otherWABA(let id, _), .template(_, let id): id
      default: nil
      }
    let ofWABA = waba.flatMap { id in
      fleet.numbers(sharing: EntityReference(type: .waba, id: id), first: 1).first
    }
    let place =
      ofWABA ?? tree.inversion?.affectedNumbers.places.first ?? fleet.records.indices.first
    guard let place else { return nil }
    return EntityDetail(of: node, record: fleet.records[place], fleet: fleet, causes: causeIndex)
      .noted(noteLines(of: node))
  }
}
