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
    var bad: [(place: Int, since: Moment)] = []
    for place in fleet.records.indices {
      // A record is large, so it is read in place.
      fleet.records.withElement(at: place) { record in
        shares.append(Share())
        headlines.append(Self.none)
        ids.append(record.pointee.id)
        numbersOfAccount[record.pointee.number.account, default: 0] += 1
        guard record.pointee.latest != nil, record.pointee.state.needsAttention else { return }
        bad.append((place, record.pointee.stateSince))
      }
    }
    for place in bad.sorted(by: { $0.since < $1.since }).map(\.place) {
      fleet.records.withElement(at: place) { note($0.pointee, at: place, moment) }
    }
    _ = update(fleet.accounts)
    update(templates: Set(fleet.templateLists.keys), of: fleet, at: moment)
    reconcilePolling(fleet)
  }

  private mutating func note(_ record: NumberRecord, at place: Int, _ moment: Moment) {
    let share = Self.share(of: record)
    let new = share.ties.map(\.id).filter { slots[$0] == nil }
    replace(place, Share(), with: share, record.stateSince, moment)
    for slot in new.compactMap({ slots[$0] }) {
      entries[slot].sinceIsLowerBound = record.sinceIsLowerBound
    }
  }
}
