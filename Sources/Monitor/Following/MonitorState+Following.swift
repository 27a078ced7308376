package import Health

// What another process polls, and tells.
extension MonitorState {
  /// Adopts what another process polled, and the changes that it told.
  ///
  /// What is a change, when it was, and what belongs together is what that process told: so both have the
  /// same events. Nothing is found out here.
  ///
  /// - Returns: The same changes, for whoever shows them, and what operators' rules make of it.
  package mutating func follow(_ followed: FollowedUpdate, at moment: Moment) -> [Change] {
    now = max(now, moment)
    for told in followed.told { begin(told) }
    let change = fleet.follow(followed, at: now)
    answers.forget(change.removed)
    pending.formUnion(change)
    let polling = change.touchesAccounts ? causes.update(fleet.accounts) : PollingChange()
    let numbers = causes.update(change, of: fleet, at: now)
    confirmation.follow(change, of: fleet, gone: numbers.gone)
    flapping.resume(change, of: fleet)
    noteAsTold(of: numbers.added)
    let templates = causes.templates.update(change.templates, of: fleet, at: now)
    causes.reconcilePolling(fleet)
    noteIncidents(
      change,
      followed.states.map { ($0.key, $0.value.since.date) },
      gone: numbers.gone,
      templates: followed.dates(of: templates, at: now),
      touchesPolling: change.touchesAccounts
    )
    var changes: [Change] = []
    for told in followed.told { changes.append(note(told)) }
    hasNews =
      hasNews || numbers.isNews || !polling.isEmpty || !change.templates.isEmpty
      || !changes.isEmpty || !followed.update.appeared.isEmpty
    return changes
      + applyRules(
        after: change,
        changesCauses: numbers.isNews || change.touchesSurroundings,
        changesPolling: !polling.isEmpty
      )
  }

  /// Accounts' troubles and numbers that are no change any more, since they were told.
  mutating func noteAsTold(of added: [PhoneNumber.ID]) {
    for account in Set(added.map(\.account)) { journal.know(account, at: now) }
    let outcomes = fleet.accounts.compactMap { condition in
      condition.failure.map { (condition.account.name, PollOutcome($0.kind)) }
    }
    failing = Dictionary(outcomes, uniquingKeysWith: { $1 })
  }

  /// Begins with how a number or an account is, so that the end of a trouble says how long it lasted.
  private mutating func begin(_ told: FollowedUpdate.Told) {
    switch told.event {
    case .number(let number, _, _):
      let known = known(number.id)
      toldElsewhere.begin(number.id, with: known)
    case .failing, .answering:
      let troubles = causes.troubles
      for condition in fleet.accounts {
        toldElsewhere.begin(condition) { troubles.whole(of: $0) }
      }
    default: break
    }
  }

  private func known(_ id: PhoneNumber.ID) -> ToldChanges.Number? {
    guard let place = fleet.index(of: id), let told = fleet.records[place].told else { return nil }
    return ToldChanges.Number(
      state: told.state,
      since: told.since,
      sinceIsLowerBound: told.sinceIsLowerBound,
      cause: causes.causes(at: place).first.map { causes.troubles.whole(of: $0) }
    )
  }

  private mutating func note(_ told: FollowedUpdate.Told) -> Change {
    // What was first seen before this run, and confirmed in it, is among the remembered events.
    if told.moment >= operators.start {
      let fleet = fleet
      toldElsewhere.add(told.event, told.reason, at: told.moment, to: &journal) {
        fleet.cycle(of: $0)
      }
    }
    return change(told.event, told.reason, at: told.moment)
  }
}
