import Health

// Which numbers the notes cover.
extension OperatorIndex {
  /// The numbers whose marks have to change.
  mutating func marks(
    of places: some Collection<Int>,
    in situation: Situation
  ) -> [(place: Int, marks: OperatorMarks)] {
    let matcher = FilterMatcher(fleet: situation.fleet, now: situation.now)
    var changed: [(place: Int, marks: OperatorMarks)] = []
    for place in places {
      situation.fleet.records.withElement(at: place) { record in
        var marks: OperatorMarks = []
        if isAcknowledged(record, at: place, situation.causes) { marks.insert(.acknowledged) }
        if isMuted(record, at: place, matcher) { marks.insert(.muted) }
        if marks != record.pointee.marks { changed.append((place, marks)) }
      }
    }
    return changed
  }

  /// By itself, or because everything that makes it so bad is.
  private func isAcknowledged(
    _ record: FilterMatcher.Record,
    at place: Int,
    _ causes: CauseIndex
  ) -> Bool {
    guard !notes.acknowledgements.isEmpty, record.pointee.state.needsAttention else { return false }
    if notes.hasNumbers, holds(notes.acknowledgement(of: .number(record.pointee.id))) {
      return true
    }
    guard !notes.causes.isEmpty else { return false }
    let ties = causes.shares[place].ties
    guard let worst = ties.map(\.severity).max() else { return false }
    return ties.allSatisfy { tie in
      tie.severity < worst || holds(notes.acknowledgement(of: tie.id, in: causes))
    }
  }

  private func holds(_ note: Acknowledgement?) -> Bool {
    note.map { !overruled.contains($0.id) } ?? false
  }

  private mutating func isMuted(
    _ record: FilterMatcher.Record,
    at place: Int,
    _ matcher: FilterMatcher
  ) -> Bool {
    var text: SearchText?
    for index in matchers.indices
    where matchers[index].passes(record, at: place, &text, matcher) {
      return true
    }
    return false
  }

  /// Numbers that a mute may treat in another way now, although they did not change.
  mutating func placesToMatchAgain(
    after change: FleetChange,
    in situation: Situation
  ) -> Set<Int> {
    var places: Set<Int> = []
    for index in matchers.indices {
      places.formUnion(matchers[index].takeDue(at: situation.now))
    }
    guard !matchers.isEmpty else { return places }
    let wabas = change.templates.map { EntityReference(type: .waba, id: $0) }
    for reference in change.entities.union(wabas) {
      places.formUnion(situation.fleet.numbers(sharing: reference))
    }
    return places
  }
}
