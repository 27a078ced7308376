import Health

// What a change of the fleet leads to, first for its numbers.
extension MonitorState {
  mutating func follow(
    _ change: FleetChange,
    _ former: [TemplateList],
    _ leaving: [Change.Number],
    _ polled: [PhoneNumber.ID]
  ) -> [Change] {
    pending.formUnion(change)
    let changesPolling = change.touchesAccounts && causes.update(fleet.accounts)
    let numbers = causes.update(change, of: fleet, at: now)
    let states = confirmation.receive(numbers, polled: polled, at: now)
    let templates = causes.templates.update(change.templates, of: fleet)
    // Accounts come first: their numbers' changes belong to theirs.
    let changes =
      noteAccounts(change) + noteMembers(numbers, leaving) + noteStates(states.map(current))
      + noteFlapping(change) + noteTemplates(change, former)
    enter(changes)
    causes.reconcilePolling(fleet)
    noteIncidents(
      change,
      states.map { ($0.number, $0.moment.date) },
      gone: numbers.gone,
      templates: dates(of: templates),
      touchesPolling: change.touchesAccounts
    )
    return changes + conclude(change, numbers, changesPolling, isTold: !changes.isEmpty)
  }

  /// What is left to do after any change of the fleet: whether it is news, and what operators' rules make
  /// of it.
  mutating func conclude(
    _ change: FleetChange,
    _ numbers: NumberChanges,
    _ changesPolling: Bool,
    isTold: Bool
  ) -> [Change] {
    hasNews =
      hasNews || numbers.isNews || changesPolling || !change.templates.isEmpty || isTold
    return applyRules(
      after: change,
      changesCauses: numbers.isNews || change.touchesSurroundings,
      changesPolling: changesPolling
    )
  }

  private mutating func noteStates(_ states: [StateChange]) -> [Change] {
    let troubles = causes.troubles
    return states.compactMap { state in
      guard let record = fleet[state.number] else { return nil }
      begin(state)
      let isOver = state.to == .available
      let reason = (isOver ? state.former : state.cause).map { id in
        Change.Reason(troubles.whole(of: id), isOver ? nil : state.words)
      }
      let event = Change.Event.number(Change.Number(record), from: state.from, to: state.to)
      var change = self.change(event, reason, at: state.moment)
      if !isOver { change.others = others(of: record, beside: reason) }
      change.difference = state.formerAnswer.map {
        AnswerDifference(from: $0, to: record.knownAnswer)
      }
      return change
    }
  }

  private mutating func noteFlapping(_ change: FleetChange) -> [Change] {
    let news = flapping.update(change, of: fleet)
    return news.started.map { record in
      let event = Change.Event.flapping(
        Change.Number(record),
        worst: record.rankingState,
        percent: record.flappingPercent ?? 0
      )
      return self.change(event, reason(of: record))
    }
      + news.stopped.map { record in
        self.change(.steady(Change.Number(record)), reason(of: record))
      }
  }

  /// The other causes of a number, the worst first.
  private func others(
    of record: NumberRecord,
    beside reason: Change.Reason?
  ) -> [Change.Reason]? {
    let others = record.causes.dropFirst().prefix(Self.mostOtherCauses)
      .map { Change.Reason(causes.troubles.whole(of: $0.id), $0.cause) }
      .filter { $0.key != reason?.key }
    return others.isEmpty ? nil : others
  }

  private static let mostOtherCauses = 4

  private func reason(of record: NumberRecord) -> Change.Reason? {
    record.assessment.causes.first.map { Change.Reason(record.id(of: $0), $0) }
  }

  /// A change that had to be confirmed, with what explains the state by now.
  private func current(_ state: StateChange) -> StateChange {
    guard state.moment < now, let place = fleet.index(of: state.number) else { return state }
    var state = state
    state.cause = causes.causes(at: place).first
    state.words = fleet.records[place].assessment.causes.first
    return state
  }
}
