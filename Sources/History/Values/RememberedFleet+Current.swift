package import Health
package import Monitor

/// What a store holds, by account.
package struct RememberedAccounts: Sendable {
  package let revision: Int
  private let accounts: [String: AccountCondition]
  private let numbers: [String: [NumberReadings]]
  private let entities: [(facts: EntityFacts, moment: Moment)]
  private let templates: [(list: TemplateList, moment: Moment)]
  private let told: [PhoneNumber.ID: ToldState]
  private let troubles: [PhoneNumber.ID: EventJournal.Trouble]
  private let failing: [String: PollOutcome]
  private let templateChanges: [RememberedFleet.TemplateKey: Moment]

  /// - Parameters:
  ///   - current: What was known last.
  ///   - past: What was told last.
  ///   - states: The states that were told of numbers in trouble, the latest first.
  ///   - now: The moment that all are of.
  package init(
    _ current: Current,
    told past: Past,
    _ states: [RecordedTransition],
    at now: Moment
  ) {
    troubles = Self.troubles(states.map(\.transition), at: now)
    revision = current.revision
    accounts = Dictionary(
      current.accounts.map { ($0.account.name, $0) },
      uniquingKeysWith: { $1 }
    )
    numbers = Dictionary(grouping: current.numbers, by: \.number.account)
    entities = current.entities.map { ($0.facts, Moment(remembered: $0.date, now: now)) }
    templates = current.templates.map { ($0.list, Moment(remembered: $0.date, now: now)) }
    let states = past.numbers.map { ($0.id, ToldState($0, at: now)) }
    told = Dictionary(states, uniquingKeysWith: { $1 }).compactMapValues(\.self)
    let failures = past.others.compactMap { record -> (String, PollOutcome)? in
      guard case .account(let name) = record.transition.subject,
        case .failing(let failure) = record.transition.event,
        let outcome = PollOutcome(rawValue: failure.kind)
      else { return nil }
      return (name, outcome)
    }
    failing = Dictionary(failures, uniquingKeysWith: { $1 })
    let changes = past.others.compactMap { record -> (RememberedFleet.TemplateKey, Moment)? in
      guard case .template(let waba, let id) = record.transition.subject else { return nil }
      let key = RememberedFleet.TemplateKey(waba: waba, id: id)
      return (key, Moment(remembered: record.transition.date, now: now))
    }
    templateChanges = Dictionary(changes, uniquingKeysWith: { $1 })
  }

  /// What was told last of accounts and their numbers.
  package func known(of accounts: Set<String>) -> FollowedUpdate.Known {
    var known = FollowedUpdate.Known()
    known.accounts = accounts
    known.numbers = told.filter { accounts.contains($0.key.account) }
    known.failing = failing.filter { accounts.contains($0.key) }
    return known
  }

  /// Since when numbers are not fine, and what was known of them before they became unknown.
  private static func troubles(
    _ states: [Transition],
    at now: Moment
  ) -> [PhoneNumber.ID: EventJournal.Trouble] {
    var rows: [PhoneNumber.ID: [Transition]] = [:]
    for state in states {
      guard case .number(let id) = state.subject, rows[id]?.last?.state != .available else {
        continue
      }
      rows[id, default: []].append(state)
    }
    return rows.compactMapValues { rows in
      let bad = rows.prefix { $0.state != .available }
      guard let first = bad.last, let last = bad.first?.state else { return nil }
      let known = bad.first { $0.state?.isLost == false }?.state ?? first.formerState
      return EventJournal.Trouble(
        since: Moment(remembered: first.date, now: now),
        isLowerBound: first.formerState == nil,
        lostSightAt: last.isLost ? known : nil
      )
    }
  }

  package func fleet(of account: String) -> RememberedFleet {
    var fleet = RememberedFleet()
    fleet.accounts = [accounts[account]].compactMap(\.self)
    fleet.numbers = (numbers[account] ?? []).compactMap { readings in
      readings.latest.map { latest in
        RememberedNumber(
          number: readings.number,
          latest: latest,
          lastGood: readings.lastGood,
          told: told[readings.number.id],
          polls: readings.polls
        )
      }
    }
    fleet.troubles = troubles.filter { $0.key.account == account }
    fleet.entities = entities
    fleet.templates = templates
    fleet.templateChanges = templateChanges
    return fleet
  }
}

extension ToldState {
  fileprivate init?(_ number: Past.Number, at now: Moment) {
    guard let state = number.state else { return nil }
    self.init(
      state: state,
      since: Moment(remembered: number.since, now: now),
      // It was so at the first answer that anybody got.
      sinceIsLowerBound: number.formerState == nil,
      former: number.formerState
    )
  }
}
