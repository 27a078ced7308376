import Health

// Updates: numbers, templates, accounts.
extension CauseIndex {
  /// Applies a change of the fleet's numbers.
  ///
  /// - Returns: The numbers that are new, gone, or in another state.
  mutating func update(_ change: FleetChange, of fleet: Fleet, at now: Moment) -> NumberChanges {
    var changes = NumberChanges()
    if !change.removed.isEmpty {
      remove(change, fleet, now, &changes)
    }
    for place in change.altered.sorted() where place < fleet.records.count {
      fleet.records.withElement(at: place) { record in
        update(place, record.pointee, change, now, &changes)
      }
    }
    return changes
  }

  private mutating func update(
    _ place: Int,
    _ record: NumberRecord,
    _ change: FleetChange,
    _ now: Moment,
    _ changes: inout NumberChanges
  ) {
    if place == shares.count { append(record.id, &changes) }
    let share = Self.share(of: record)
    let former = shares[place]
    guard share != former else { return }
    changes.isNews = true
    replace(place, former, with: share, record.stateSince, now)
    guard var told = StateChange(record, former, share, at: now) else { return }
    told.formerAnswer = change.formerAnswers[record.id]
    changes.states.append(told)
  }

  private mutating func append(_ id: PhoneNumber.ID, _ changes: inout NumberChanges) {
    changes.added.append(id)
    changes.isNews = true
    numbersOfAccount[id.account, default: 0] += 1
    shares.append(Share())
    headlines.append(Self.none)
    ids.append(id)
  }

  /// Moves the fleet's last numbers to the places of removed ones, as the fleet did.
  ///
  /// A number is added at its new place before it is removed from the old one, so that a cause that
  /// hits only this number keeps its start.
  private mutating func remove(
    _ change: FleetChange,
    _ fleet: Fleet,
    _ now: Moment,
    _ changes: inout NumberChanges
  ) {
    let count = fleet.records.count
    let known = Swift.min(count, shares.count)
    let left = change.replaced.filter { $0 < known }.union(known..<shares.count)
    let former = Dictionary(left.map { (ids[$0], $0) }, uniquingKeysWith: { $1 })
    let gone = Set(change.removed)
    for id in change.removed {
      guard let place = former[id] else { continue }
      changes.gone.append(id)
      numbersOfAccount[id.account, default: 0] -= 1
      clear(place, now)
    }
    for place in left.sorted() where place < count {
      let id = fleet.records.withElement(at: place) { $0.pointee.id }
      guard ids[place] != id || gone.contains(id) else { continue }
      clear(place, now)
      if let source = former[id], source > place, !gone.contains(id) {
        replace(place, Share(), with: shares[source], now, now)
      } else {
        changes.added.append(id)
        numbersOfAccount[id.account, default: 0] += 1
      }
      ids[place] = id
    }
    while shares.count > count {
      clear(shares.count - 1, now)
      shares.removeLast()
      headlines.removeLast()
      ids.removeLast()
    }
    changes.isNews = true
  }

  private mutating func clear(_ place: Int, _ now: Moment) {
    replace(place, shares[place], with: Share(), now, now)
  }

  /// Applies the accounts' polling conditions.
  ///
  /// - Returns: Whether a failure began or ended.
  mutating func update(_ accounts: [AccountCondition]) -> Bool {
    let former = troubles.failures.keys
    troubles = PollingTroubles(accounts)
    pollingIsCurrent = false
    return troubles.failures.keys != former
  }

  /// Rebuilds the lines of failing polls if something about them changed.
  mutating func reconcilePolling(_ fleet: Fleet) {
    guard !pollingIsCurrent else { return }
    pollingIsCurrent = true
    var parts: [CauseID: [Entry]] = [:]
    for slot in pollingSlots {
      parts[troubles.whole(of: entries[slot].id), default: []].append(entries[slot])
    }
    polling = Set(parts.keys).union(troubles.failures.keys)
      .map { pollingLine($0, parts[$0] ?? [], fleet) }
      .sorted(by: Self.precedes)
  }

  private func pollingLine(_ id: CauseID, _ parts: [Entry], _ fleet: Fleet) -> RankedCause {
    // The parts have no numbers in common: a number has at most one reason for being unknown.
    let hit = parts.reduce(0) { $0 + $1.crowd.count }
    let first = RankedNumbers(union: parts.map { $0.crowd.prefix(1) })
    let failing = troubles.failures[id]
    let worst = first.places.first.map { fleet.records[$0] }
    let all = troubles.accounts(of: id).reduce(0) { $0 + numbers(of: $1) }
    return RankedCause(
      id: id,
      group: .polling,
      severity: .unknown,
      state: troubles.state(of: id),
      cause: worst?.assessment.causes.first { $0.kind == .poll },
      hit: hit,
      total: max(all, hit),
      since: failing?.since ?? parts.map(\.since).min(),
      sinceIsLowerBound: failing == nil && parts.allSatisfy(\.sinceIsLowerBound),
      relieved: hit,
      failure: failing?.error ?? worst?.failure
    )
  }

  private static func precedes(_ left: RankedCause, _ right: RankedCause) -> Bool {
    if left.hit != right.hit { return left.hit > right.hit }
    if left.total != right.total { return left.total > right.total }
    return left.id.tieBreak < right.id.tieBreak
  }
}
