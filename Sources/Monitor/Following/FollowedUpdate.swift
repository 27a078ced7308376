package import Health

/// What another process polled, and what it told of it.
package struct FollowedUpdate: Sendable {
  /// What it told: a change with its reason and its moment.
  package struct Told: Sendable {
    package let event: Change.Event
    package let reason: Change.Reason?
    package let moment: Moment

    package init(_ event: Change.Event, _ reason: Change.Reason?, at moment: Moment) {
      self.event = event
      self.reason = reason
      self.moment = moment
    }
  }

  /// What was told last of accounts that this process polled until now: whatever it found out without
  /// telling it doesn't count.
  package struct Known: Sendable {
    package var accounts: Set<String> = []
    package var numbers: [PhoneNumber.ID: ToldState] = [:]
    /// Those of the accounts that don't answer.
    package var failing: [String: PollOutcome] = [:]

    package init() {}
  }

  package var update: FleetUpdate
  package var entityMoments: EntityMoments
  /// Numbers' states at their last polls.
  package var polls: [PhoneNumber.ID: PollStates]
  package var known: Known
  /// In the order in which it was told.
  package var told: [Told]

  package init(
    _ update: FleetUpdate,
    entityMoments: EntityMoments = EntityMoments(),
    polls: [PhoneNumber.ID: PollStates] = [:],
    known: Known = Known(),
    told: [Told] = []
  ) {
    self.update = update
    self.entityMoments = entityMoments
    self.polls = polls
    self.known = known
    self.told = told
  }

  /// The accounts of which it says something.
  var accounts: Set<String> {
    known.accounts.union(update.accounts.map(\.account.name))
      .union(update.readings.map(\.number.account))
  }

  /// The state that was told last of each number that changed it.
  var states: [PhoneNumber.ID: ToldState] {
    var states = known.numbers
    for told in told {
      guard case .number(let number, let from, let to) = told.event else { continue }
      // A first answer after a restart may repeat what was known.
      if from == nil, states[number.id]?.state == to { continue }
      states[number.id] = ToldState(
        state: to,
        since: told.moment,
        sinceIsLowerBound: from == nil,
        former: from
      )
    }
    return states
  }
}

/// When it was read what entities said of themselves, which may be long before it is followed.
package struct EntityMoments: Sendable {
  package var facts: [EntityReference: Moment] = [:]
  /// Of the templates of business accounts, by their ids.
  package var templates: [String: Moment] = [:]

  package init() {}
}
