import Health

// What is told becomes events.
extension MonitorState {
  /// Adds what was found out here to the journal.
  mutating func enter(_ changes: [Change]) {
    journal.noteRest(at: now)
    for change in changes {
      // The first answer of a number is no event.
      if case .number(let number, nil, _) = change.event, !told.knows(number.id) { continue }
      let moment = Moment(date: change.date, uptime: change.uptime)
      enter(change.event, change.reason, at: moment)
    }
  }

  mutating func enter(_ event: Change.Event, _ reason: Change.Reason?, at moment: Moment) {
    let fleet = fleet
    told.add(event, reason, at: moment, to: &journal) { fleet.cycle(of: $0) }
  }

  /// Begins with how a number was before a change, so that the end of a trouble says how long it lasted.
  mutating func begin(_ state: StateChange) {
    guard let from = state.from else { return }
    let known = ToldChanges.Number(
      state: from,
      since: state.since,
      sinceIsLowerBound: state.sinceIsLowerBound,
      cause: state.former.map(causes.troubles.whole)
    )
    told.begin(state.number, with: known)
  }

  /// Begins with what was told of accounts and of numbers that flap before this run, or by another process.
  mutating func beginWithTroubles(of places: some Sequence<Int>) {
    let troubles = causes.troubles
    for condition in fleet.accounts where condition.failure != nil {
      told.begin(condition, as: troubles.whole)
    }
    for place in places where place < fleet.records.count {
      let worst = fleet.records.withElement(at: place) { $0.pointee.polls.worst }
      if let worst { told.begin(flapping: fleet.records[place].id, worst: worst) }
    }
  }
}
