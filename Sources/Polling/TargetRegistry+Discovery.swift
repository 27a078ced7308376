package import Health

// What discovery lists.
extension TargetRegistry {
  /// What discovery found; what failed of it leaves all that is known.
  package mutating func receive(_ discovery: Discovery, at now: Moment) -> Change {
    var change = Change()
    for target in discovery.targets { list(target, in: &change) }
    if discovery.failures.isEmpty, discovery.gap == nil {
      wasDiscoveredWhole = true
      unattributed.remove(nil)
      retain(discovery.targets, in: &change)
    }
    reportProblems(discovery, at: now, in: &change)
    dropUnfound(in: &change)
    return change
  }

  private mutating func reportProblems(
    _ discovery: Discovery,
    at now: Moment,
    in change: inout Change
  ) {
    if let gap = discovery.gap {
      show(.success(HealthReport(incomplete: gap)), of: nil, at: now, in: &change)
    } else if let failure = discovery.failures.first, !wasDiscoveredWhole || sourceCounts.isEmpty {
      show(.failure(failure), of: nil, at: now, in: &change)
    }
    hidePlaceholderIfExplained(in: &change)
  }

  private mutating func list(_ target: PollTarget, in change: inout Change) {
    if let known = members[target.id] {
      members[target.id]?.revealedBy = nil
      members[target.id]?.target = target
      if known.target != target { change.added.append(target) }
    } else {
      members[target.id] = Member(target: target)
      change.added.append(target)
    }
    let known = Set(numbers(of: target.id).map(\.id))
    let new = known.isEmpty ? target.numbers : target.numbers.filter { !known.contains($0.id) }
    bring(new, by: target.id, in: &change)
  }

  /// Removes what is listed no more, and what only such a target had revealed.
  private mutating func retain(_ targets: [PollTarget], in change: inout Change) {
    let listed = Set(targets.map(\.id))
    var gone = members.filter { $0.value.revealedBy == nil && !listed.contains($0.key) }.map(\.key)
    while !gone.isEmpty {
      for id in gone { remove(id, in: &change) }
      gone = members.filter { $0.value.revealedBy.map { members[$0] == nil } ?? false }.map(\.key)
    }
  }

  mutating func remove(_ id: String, in change: inout Change) {
    guard let member = members.removeValue(forKey: id) else { return }
    unattributed.remove(id)
    unread.forget(id)
    change.removed.append(id)
    release(member.numbers, in: &change)
  }
}
