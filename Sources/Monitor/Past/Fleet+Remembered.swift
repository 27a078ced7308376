internal import HashTreeCollections
package import Health

/// Puts the fleet of a moment of the past together, number by number: there are thousands, and each is
/// large, so they are not gathered before.
package struct PastFleet {
  fileprivate var fleet = Fleet()
  /// Entities that explain a number's state, though it does not depend on them today.
  fileprivate var strangers: [(place: Int, entity: EntityReference)] = []
  /// From which ages are counted.
  private let moment: Moment

  package init(at moment: Moment) {
    self.moment = moment
    fleet.isRemembered = true
  }

  /// Adds the next number; most have the places that they have in the present.
  package mutating func append(_ number: PastNumber) {
    for entity in number.strangers { strangers.append((fleet.records.count, entity)) }
    fleet.append(NumberRecord(number, at: moment))
  }
}

extension Fleet {
  /// The fleet of a moment of the past: nothing of it changes any more.
  ///
  /// - Parameters:
  ///   - past: All numbers of then.
  ///   - surroundings: What is remembered besides.
  ///   - present: The fleet of today, whose indices hold for all numbers at the same places.
  ///   - moment: The moment from which ages are counted.
  init(
    _ past: PastFleet,
    _ surroundings: RememberedSurroundings,
    beside present: Fleet,
    at moment: Moment
  ) {
    self = past.fleet
    for condition in surroundings.accounts { _ = accountTable.note(condition, at: moment) }
    for list in surroundings.templates { note(list, at: moment) }
    takeIndices(of: present)
    for (place, entity) in past.strangers { members.insert(place, to: entity) }
    takeNames(of: present, at: moment)
  }

  fileprivate mutating func append(_ record: NumberRecord) {
    counts[record.state] += 1
    counts.polled += record.latest == nil ? 0 : 1
    records.append(record)
  }

  /// Finding a number, or the numbers of an entity, by what is known of the present.
  private mutating func takeIndices(of present: Fleet) {
    (places, members) = (present.places, present.members)
    var others: [Int] = []
    for place in 0..<Swift.max(records.count, present.records.count) {
      let known = present.records.indices.contains(place) ? present.id(at: place) : nil
      let own = records.indices.contains(place) ? id(at: place) : nil
      if own == known { continue }
      if let known {
        places[known] = nil
        members.move(place, from: present.records[place].report, to: nil)
      }
      if own != nil { others.append(place) }
    }
    for place in others {
      places[id(at: place)] = place
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
      fleet.records.withElement(at: place) { note($0, at: place, moment) }
    }
    _ = update(fleet.accounts)
    _ = templates.update(Set(fleet.templateLists.keys), of: fleet)
    reconcilePolling(fleet)
  }

  private mutating func note(
    _ record: UnsafePointer<NumberRecord>,
    at place: Int,
    _ moment: Moment
  ) {
    let share = Self.share(of: record.pointee)
    let new = share.ties.map(\.id).filter { slots[$0] == nil }
    replace(place, Share(), with: share, record.pointee.stateSince, moment)
    for slot in new.compactMap({ slots[$0] }) {
      entries[slot].sinceIsLowerBound = record.pointee.sinceIsLowerBound
    }
  }
}
