package import Health
package import Monitor

extension Past {
  /// The same as the monitor would have shown it then, as far as it is remembered.
  ///
  /// - Parameters:
  ///   - present: The fleet of today: what numbers belong to is not remembered.
  ///   - journal: What was told until then.
  ///   - notes: What operators had said.
  ///   - now: The present moment.
  /// - Returns: All of it as if it were new.
  package func snapshot(
    beside present: Fleet,
    _ journal: EventJournal,
    _ notes: OperatorNotes = OperatorNotes(),
    at now: Moment
  ) -> MonitorSnapshot {
    let moment = Moment(remembered: date, now: now)
    var fleet = PastFleet(at: moment)
    var pool = PastPool()
    for (index, place) in arranged(beside: present) {
      fleet.append(remembered(numbers[index], present, place, now, sharing: &pool))
    }
    var surroundings = RememberedSurroundings()
    surroundings.accounts = accounts(of: Set(numbers.map(\.id.account)), present, at: now)
    surroundings.templates = templates
    return MonitorSnapshot(
      fleet,
      surroundings,
      beside: present,
      journal: journal,
      notes: notes,
      at: moment
    )
  }

  /// The index of a number, and its place in the present if it has one.
  private typealias Placed = (index: Int, place: Int?)

  /// At the places that the present has for them, as far as possible: then its indices hold.
  ///
  /// Those that it does not know, and then the last ones, take the places of numbers that are new.
  private func arranged(beside present: Fleet) -> [Placed] {
    var placed = [Placed?](repeating: nil, count: present.records.count)
    var others: [Placed] = []
    for index in numbers.indices {
      let place = present.index(of: numbers[index].id)
      if let place { placed[place] = (index, place) } else { others.append((index, nil)) }
    }
    placed += others
    for place in present.records.indices where place < placed.count && placed[place] == nil {
      while let last = placed.last, last == nil, placed.count > place + 1 { placed.removeLast() }
      placed.swapAt(place, placed.count - 1)
      placed.removeLast()
    }
    return placed.compactMap(\.self)
  }

  private func remembered(
    _ past: Number,
    _ present: Fleet,
    _ place: Int?,
    _ now: Moment,
    sharing pool: inout PastPool
  ) -> PastNumber {
    // A record is large, so it is read in place.
    let known = place.map { place in
      present.records.withElement(at: place) { ($0.pointee.number, $0.pointee.report) }
    }
    let number =
      known?.0
      ?? PhoneNumber(
        account: past.id.account,
        provider: provider(of: past.id.account, present),
        target: past.id.target
      )
    let isKnown = covered.contains(past.id.account)
    return PastNumber(
      number,
      names: (past.names.text, past.names.detail),
      told: (
        isKnown ? past.state : nil, Moment(remembered: past.since, now: now), past.formerState
      ),
      reasons: [past.reason].compactMap(\.self) + past.others,
      relations: known?.1?.entities.compactMap { pool.silent($0) } ?? [],
      businessAccount: known?.1?.businessAccount,
      sharing: &pool
    )
  }

  private func provider(of account: String, _ present: Fleet) -> String {
    present.condition(of: account)?.account.provider
      ?? others.first { $0.transition.subject == .account(account) }?.transition.names.detail
      ?? "?"
  }

  /// How the accounts were polled then, in the order of today.
  private func accounts(
    of names: Set<String>,
    _ present: Fleet,
    at now: Moment
  ) -> [AccountCondition] {
    let events = Dictionary(
      others.map { ($0.transition.subject, $0.transition) },
      uniquingKeysWith: { $1 }
    )
    let order = Dictionary(
      present.accounts.enumerated().map { ($1.account.name, $0) },
      uniquingKeysWith: { $1 }
    )
    let sorted = names.sorted { (order[$0] ?? .max, $0) < (order[$1] ?? .max, $1) }
    return sorted.map { name in
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
