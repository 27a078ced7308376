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
    fleet.left.subtract(followed.accounts)
    for told in followed.told { begin(told) }
    let change = fleet.follow(followed, at: now)
    answers.forget(change.removed)
    pending.formUnion(change)
    let changesPolling = change.touchesAccounts && causes.update(fleet.accounts)
    let numbers = causes.update(change, of: fleet, at: now)
    confirmation.follow(change, of: fleet, gone: numbers.gone)
    flapping.resume(change, of: fleet)
    noteAsTold(of: numbers.added)
    for account in followed.known.accounts { failing[account] = followed.known.failing[account] }
    let templates = causes.templates.update(change.templates, of: fleet)
    causes.reconcilePolling(fleet)
    noteIncidents(
      change,
      followed.states.map { ($0.key, $0.value.since.date) },
      gone: numbers.gone,
      templates: dates(of: templates).merging(followed.dates(of: templates)) { $1 },
      touchesPolling: change.touchesAccounts
    )
    var changes: [Change] = []
    for told in followed.told { changes.append(note(told)) }
    journal.noteRest(at: now + (.zero - Self.delayOfTold))
    hasNews = hasNews || !followed.update.appeared.isEmpty
    return changes + conclude(change, numbers, changesPolling, isTold: !changes.isEmpty)
  }

  /// What another process tells is known here within this time.
  private static let delayOfTold = Duration.seconds(5)

  /// Another process polls an account from now on: its numbers are what was told of them last, and what
  /// is not confirmed yet was not told.
  mutating func leave(_ account: String) {
    fleet.polledHere.remove(account)
    fleet.left.insert(account)
    let untold = confirmation.takePending { $0.account == account }
    var change = FleetChange()
    for place in fleet.records.indices where fleet.records[place].number.account == account {
      fleet.records[place].leave(untold[fleet.records[place].id])
      change.alter(place)
    }
    _ = causes.update(change, of: fleet, at: now)
    pending.formUnion(change)
  }

  /// Accounts' troubles and numbers that are no change any more, since they were told.
  mutating func noteAsTold(of added: [PhoneNumber.ID]) {
    for account in Set(added.map(\.account)) { knownSince[account] = knownSince[account] ?? now }
    let outcomes = fleet.accounts.compactMap { condition in
      condition.failure.map { (condition.account.name, PollOutcome($0.kind)) }
    }
    failing = Dictionary(outcomes, uniquingKeysWith: { $1 })
  }

  /// Begins with how a number is, so that the end of a trouble says how long it lasted.
  private mutating func begin(_ told: FollowedUpdate.Told) {
    guard case .number(let number, _, _) = told.event else { return }
    self.told.begin(number.id, with: known(number.id))
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
    if told.moment >= operators.start { enter(told.event, told.reason, at: told.moment) }
    return change(told.event, told.reason, at: told.moment)
  }
}
