import Health

// What comes in: numbers, templates, accounts.
extension CauseIndex {
  /// Takes in the numbers that are new or have changed.
  ///
  /// - Returns: Those of them that are new, and those whose state is another one now; a first reading
  ///   is not a change.
  mutating func update(
    _ places: some Sequence<Int>,
    of fleet: Fleet,
    at now: Moment
  ) -> NumberChanges {
    var changes = NumberChanges()
    // A record is large: through the buffer it is looked at where it lies.
    fleet.records.withUnsafeBufferPointer { records in
      for place in places.sorted() where place < records.count {
        while shares.count <= place {
          let number = records[shares.count].number
          numbersOfAccount[number.account, default: 0] += 1
          ids.append(number.id)
          changes.added.append(number.id)
          changes.isNews = true
          shares.append(Share(account: number.account))
        }
        let share = Self.share(of: records[place])
        guard share != shares[place] else { continue }
        changes.isNews = true
        let former = shares[place]
        replace(place, former, with: share, records[place], fleet, now)
        if let change = StateChange(records[place], former, share) {
          changes.states.append(change)
        }
      }
    }
    return changes
  }

  /// Looks at all numbers again: places have shifted, since numbers went away.
  mutating func rebuild(from fleet: Fleet, at now: Moment) -> NumberChanges {
    let former = self
    let known = Dictionary(zip(ids, shares), uniquingKeysWith: { $1 })
    self = CauseIndex()
    templates = former.templates
    troubles = former.troubles
    pollingIsSettled = false
    _ = update(fleet.records.indices, of: fleet, at: now)
    for slot in entries.indices { keepSince(slot, former) }
    var changes = NumberChanges()
    changes.isNews = true
    var gone = Set(former.ids)
    for (place, record) in fleet.records.enumerated() {
      gone.remove(record.id)
      if let old = known[record.id] {
        let change = StateChange(record, old, shares[place])
        changes.states += [change].compactMap(\.self)
      } else {
        changes.added.append(record.id)
      }
    }
    changes.gone = former.ids.filter(gone.contains)
    return changes
  }

  /// What was a cause before stays one since then.
  private mutating func keepSince(_ slot: Int, _ former: CauseIndex) {
    guard let old = former.slots[entries[slot].id] else { return }
    rerank(slot) { entry in
      entry.since = former.entries[old].since
      entry.sinceIsLowerBound = former.entries[old].sinceIsLowerBound
    }
  }

  /// Takes in lists of templates.
  mutating func update(_ lists: [TemplateList], of fleet: Fleet, at now: Moment) {
    for list in lists {
      if let current = fleet.templates(of: list.waba) { templates.note(current, at: now) }
    }
  }

  /// Takes in how polling the accounts goes.
  mutating func update(_ accounts: [AccountCondition]) -> PollingChange {
    let former = troubles
    troubles = PollingTroubles(accounts)
    pollingIsSettled = false
    return troubles.change(since: former)
  }

  /// Makes the lines of polls that bring nothing anew, where something about them changed.
  mutating func settlePolling(_ fleet: Fleet) {
    guard !pollingIsSettled else { return }
    pollingIsSettled = true
    var parts: [CauseID: [Entry]] = [:]
    for slot in pollingSlots {
      parts[troubles.whole(of: entries[slot].id), default: []].append(entries[slot])
    }
    polling = Set(parts.keys).union(troubles.failures.keys)
      .map { pollingLine($0, parts[$0] ?? [], fleet) }
      .sorted(by: Self.precedes)
  }

  private func pollingLine(_ id: CauseID, _ parts: [Entry], _ fleet: Fleet) -> RankedCause {
    // A number has one reason at most for not being known, so that no two parts share one.
    let hit = parts.reduce(0) { $0 + $1.crowd.count }
    let first = RankedNumbers(union: parts.map { $0.crowd.prefix(1) })
    let failing = troubles.failures[id]
    let worst = first.places.first.map { fleet.records[$0] }
    let all = troubles.accounts(of: id).reduce(0) { $0 + numbers(of: $1) }
    return RankedCause(
      id: id,
      group: .polling,
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
