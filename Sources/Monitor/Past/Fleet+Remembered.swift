internal import HashTreeCollections
import Health

extension Fleet {
  /// The fleet of a moment of the past: nothing of it changes any more.
  ///
  /// - Parameters:
  ///   - numbers: Most at the places that they have in the present.
  ///   - surroundings: What is remembered besides.
  ///   - present: The fleet of today, whose indices hold for all numbers at the same places.
  ///   - moment: The moment from which ages are counted.
  init(
    _ numbers: [PastNumber],
    _ surroundings: RememberedSurroundings,
    beside present: Fleet,
    at moment: Moment
  ) {
    self.init()
    isRemembered = true
    for condition in surroundings.accounts { _ = accountTable.note(condition) }
    for list in surroundings.templates { templateLists[list.waba] = list }
    for number in numbers { append(NumberRecord(number, at: moment)) }
    takeIndices(of: present, numbers)
    takeNames(of: present, at: moment)
  }

  private mutating func append(_ record: NumberRecord) {
    counts[record.state] += 1
    counts.polled += record.latest == nil ? 0 : 1
    records.append(record)
  }

  /// Finding a number, or the numbers of an entity, by what is known of the present.
  private mutating func takeIndices(of present: Fleet, _ numbers: [PastNumber]) {
    (places, members) = (present.places, present.members)
    var others: [Int] = []
    for place in 0..<Swift.max(numbers.count, present.records.count) {
      let known = present.records.indices.contains(place) ? present.id(at: place) : nil
      if let known, numbers.indices.contains(place), numbers[place].number.id == known {
        for stranger in numbers[place].strangers { members.insert(place, to: stranger) }
        continue
      }
      if let known {
        places[known] = nil
        members.move(place, from: present.records[place].report, to: nil)
      }
      if numbers.indices.contains(place) { others.append(place) }
    }
    for place in others {
      places[numbers[place].number.id] = place
      members.move(place, from: nil, to: records[place].report)
    }
  }

  /// Names only: what entities said of themselves is not remembered.
  private mutating func takeNames(of present: Fleet, at moment: Moment) {
    for facts in present.entityTable.facts {
      guard let name = facts.name, members.contains(facts.reference) else { continue }
      _ = entityTable.receive(EntityFacts(reference: facts.reference, name: name), at: moment)
    }
  }

  /// Marks what is acknowledged and muted.
  mutating func mark(by notes: OperatorNotes, _ causes: CauseIndex, at moment: Moment) {
    guard !notes.isEmpty else { return }
    var operators = OperatorIndex(notes, startedAt: moment)
    let situation = OperatorIndex.Situation(fleet: self, causes: causes, now: moment)
    for (place, marks) in operators.marks(of: records.indices, in: situation) { mark(place, marks) }
  }

  private func id(at place: Int) -> PhoneNumber.ID {
    // A record is large, so it is read in place.
    records.withElement(at: place) { $0.pointee.id }
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
