internal import HashTreeCollections
import Health

extension Fleet {
  /// The fleet of a moment of the past: nothing of it changes any more.
  init(_ numbers: [PastNumber], _ surroundings: RememberedSurroundings, at moment: Moment) {
    self.init()
    isRemembered = true
    for condition in surroundings.accounts { _ = accountTable.note(condition) }
    for facts in surroundings.entities { _ = entityTable.receive(facts, at: moment) }
    for list in surroundings.templates { templateLists[list.waba] = list }
    for number in numbers { append(NumberRecord(number, at: moment)) }
  }

  private mutating func append(_ record: NumberRecord) {
    let place = records.count
    places[record.id] = place
    members.move(place, from: nil, to: record.report)
    counts[record.state] += 1
    counts.polled += record.latest == nil ? 0 : 1
    records.append(record)
  }
}

extension CauseIndex {
  /// The causes of a fleet of the past, each as old as the oldest state that it explains.
  init(ofPast fleet: Fleet, at moment: Moment) {
    self.init()
    for record in fleet.records {
      shares.append(Share())
      headlines.append(Self.none)
      ids.append(record.id)
      numbersOfAccount[record.number.account, default: 0] += 1
    }
    let bad = fleet.records.enumerated().filter { $1.latest != nil && $1.state.needsAttention }
    for (place, record) in bad.sorted(by: { $0.element.stateSince < $1.element.stateSince }) {
      let share = Self.share(of: record)
      let new = share.ties.map(\.id).filter { slots[$0] == nil }
      replace(place, Share(), with: share, record.stateSince, moment)
      for slot in new.compactMap({ slots[$0] }) {
        entries[slot].sinceIsLowerBound = record.sinceIsLowerBound
      }
    }
    _ = update(fleet.accounts)
    update(templates: Set(fleet.templateLists.keys), of: fleet, at: moment)
    reconcilePolling(fleet)
  }
}
