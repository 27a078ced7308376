package import Health

/// What a former run, or another process, knew of some accounts: each reading with its own date.
package struct RememberedFleet: Sendable {
  package var numbers: [RememberedNumber] = []
  package var accounts: [AccountCondition] = []
  package var entities: [(facts: EntityFacts, moment: Moment)] = []
  package var templates: [(list: TemplateList, moment: Moment)] = []
  /// Since when the numbers that are not fine are in trouble.
  package var troubles: [PhoneNumber.ID: EventJournal.Trouble] = [:]
  /// When it was told that templates got their status, by business account and id.
  package var templateChanges: [TemplateKey: Moment] = [:]

  package struct TemplateKey: Hashable, Sendable {
    package let waba: String
    package let id: String

    package init(waba: String, id: String) {
      self.waba = waba
      self.id = id
    }
  }

  package init() {}
}

/// What was known of a number.
package struct RememberedNumber: Sendable {
  package let number: PhoneNumber
  package let latest: Reading
  package let lastGood: Reading?
  /// Nil where nothing says so any more; then it follows from the readings.
  package let told: ToldState?
  /// Its states at its last polls; nil where nothing says so.
  package let polls: PollStates?

  package init(
    number: PhoneNumber,
    latest: Reading,
    lastGood: Reading?,
    told: ToldState?,
    polls: PollStates? = nil
  ) {
    self.number = number
    self.latest = latest
    self.lastGood = lastGood
    self.told = told
    self.polls = polls
  }
}

/// The state that was told last of a number, before this run polled it.
package struct ToldState: Hashable, Sendable {
  package let state: HealthState
  package let since: Moment
  /// Whether it may be older.
  package let sinceIsLowerBound: Bool
  package let former: HealthState?

  package init(
    state: HealthState,
    since: Moment,
    sinceIsLowerBound: Bool = false,
    former: HealthState? = nil
  ) {
    self.state = state
    self.since = since
    self.sinceIsLowerBound = sinceIsLowerBound
    self.former = former
  }
}
