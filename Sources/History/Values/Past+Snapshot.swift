package import Health
package import Monitor

extension Past {
  /// The same as the monitor would have shown it then, as far as it is remembered.
  ///
  /// - Parameters:
  ///   - present: The fleet of today: what numbers belong to is not remembered.
  ///   - journal: What was told until then.
  ///   - now: The present moment.
  /// - Returns: All of it as if it were new.
  package func snapshot(
    beside present: Fleet,
    _ journal: EventJournal,
    at now: Moment
  ) -> MonitorSnapshot {
    let order = Dictionary(
      present.accounts.enumerated().map { ($1.account.name, $0) },
      uniquingKeysWith: { $1 }
    )
    // In the order in which the present has them; what it does not know comes last, by id.
    let places = self.numbers.map { present.index(of: $0.id) ?? .max }
    let numbers = self.numbers.indices.sorted { (places[$0], $0) < (places[$1], $1) }
      .map { remembered(self.numbers[$0], present, at: places[$0], now) }
    var surroundings = RememberedSurroundings()
    surroundings.accounts = accounts(of: Set(numbers.map(\.number.account)), present, at: now)
      .sorted { order[$0.account.name] ?? .max < order[$1.account.name] ?? .max }
    surroundings.entities = Set(numbers.flatMap(\.relations))
      .compactMap { reference in
        present.facts(of: reference)?.name.map { EntityFacts(reference: reference, name: $0) }
      }
    surroundings.templates = templates
    return MonitorSnapshot(
      numbers,
      surroundings,
      journal: journal,
      at: Moment(remembered: date, now: now)
    )
  }

  private func remembered(
    _ past: Number,
    _ present: Fleet,
    at place: Int,
    _ now: Moment
  ) -> PastNumber {
    // A record is large, so it is read in place.
    let known =
      present.records.indices.contains(place)
      ? present.records.withElement(at: place) { record in
        (record.pointee.number, record.pointee.report?.entities.compactMap(\.reference) ?? [])
      } : nil
    let number =
      known?.0
      ?? PhoneNumber(
        account: past.id.account,
        provider: provider(of: past.id.account, present),
        target: past.id.target
      )
    let isKnown = covered.contains(past.id.account)
    return PastNumber(
      number: number,
      displayNumber: past.names.text,
      name: past.names.detail,
      state: isKnown ? past.state : nil,
      since: Moment(remembered: past.since, now: now),
      formerState: past.formerState,
      reason: past.reason,
      relations: known?.1 ?? []
    )
  }

  private func provider(of account: String, _ present: Fleet) -> String {
    present.condition(of: account)?.account.provider
      ?? others.first { $0.transition.subject == .account(account) }?.transition.names.detail
      ?? "?"
  }

  /// How the accounts were polled then.
  private func accounts(
    of names: Set<String>,
    _ present: Fleet,
    at now: Moment
  ) -> [AccountCondition] {
    let events = Dictionary(
      others.map { ($0.transition.subject, $0.transition) },
      uniquingKeysWith: { $1 }
    )
    return names.sorted().map { name in
      let known = present.condition(of: name)
      let account =
        known?.account
        ?? Account(
          name: name,
          provider: provider(of: name, present),
          requestsPerMinute: nil,
          concurrency: 1
        )
      var condition = AccountCondition(
        account: account,
        effectiveRefresh: known?.effectiveRefresh ?? account.refresh
      )
      guard covered.contains(name), let last = events[.account(name)],
        case .failing(let failure) = last.event
      else { return condition }
      condition.failure = failure.error
      condition.failingSince = Moment(remembered: last.date, now: now)
      return condition
    }
  }

  /// Those whose status has changed: only changes are remembered.
  private var templates: [TemplateList] {
    var lists: [String: [MessageTemplate]] = [:]
    for case let transition in others.map(\.transition) {
      guard case .template(let waba, let id) = transition.subject,
        case .word(_, let status) = transition.event
      else { continue }
      let template = MessageTemplate(
        id: id,
        name: transition.names.text,
        language: nil,
        status: AsSent(status)
      )
      lists[waba, default: []].append(template)
    }
    return lists.sorted { $0.key < $1.key }
      .map { TemplateList(waba: $0.key, templates: .success($0.value)) }
  }
}
