package import Health

/// Makes a journal of what is remembered, in the way in which a run makes its own.
package struct JournalReplay {
  package private(set) var journal: EventJournal
  private let cycle: (String) -> Duration
  private var states: [PhoneNumber.ID: (state: HealthState, since: Moment)] = [:]
  private var failing: [String: (whole: CauseID, own: CauseID, since: Moment)] = [:]

  /// - Parameters:
  ///   - firstID: The id of the first event; ids of later journals must be greater.
  ///   - cycle: How long changes with one cause may join an event, by account.
  package init(firstID: Int, cycle: @escaping (String) -> Duration) {
    journal = EventJournal(firstID: firstID)
    self.cycle = cycle
  }

  package mutating func add(_ event: Change.Event, _ reason: Change.Reason?, at moment: Moment) {
    switch event {
    case .number(let number, let from, let to):
      note(number.id, from: from, to: to, reason, at: moment)
    case .appeared(let number):
      journal.noteMembers(.appeared, [number.id], moment, cycle(number.account))
    case .vanished(let number):
      states[number.id] = nil
      journal.note(vanished: [number.id], at: moment, cycle: cycle(number.account))
    case .flapping(let number, let percent):
      let worst = states[number.id]?.state ?? .unknown
      journal.note(
        .flapping(worst: worst, percent: percent),
        of: [number.id],
        cause: cause(reason),
        at: moment
      )
    case .steady(let number):
      let state = states[number.id]?.state ?? .unknown
      journal.note(.steady(state), of: [number.id], cause: cause(reason), at: moment)
    case .failing(let account, let failure): note(account, failure, reason, at: moment)
    case .answering(let account): noteAnswering(account.name, at: moment)
    case .template(let template, let from, let to):
      let now = MessageTemplate(
        id: template.id,
        name: template.name,
        language: nil,
        status: AsSent(to)
      )
      journal.note(now, of: template.waba, from: AsSent(from), at: moment)
    case .reloaded(let text): journal.note(reload: text, at: moment)
    case .acknowledged, .unacknowledged, .muted, .unmuted: note(event, reason, at: moment)
    }
  }

  /// What operators said.
  private mutating func note(_ event: Change.Event, _ reason: Change.Reason?, at moment: Moment) {
    switch event {
    case .acknowledged(let number, let note):
      journal.note(
        .acknowledged(by: note.author, comment: note.comment),
        of: [number?.id].compactMap(\.self),
        cause: cause(reason),
        at: moment
      )
    case .unacknowledged(let number, _, let why):
      journal.note(
        .unacknowledged(why: why),
        of: [number?.id].compactMap(\.self),
        cause: cause(reason),
        at: moment
      )
    case .muted(let filter, let note):
      journal.note(
        .muted(filter: filter, by: note.author, comment: note.comment),
        at: moment
      )
    case .unmuted(let filter, _, let why):
      journal.note(.unmuted(filter: filter, why: why), at: moment)
    default: break
    }
  }

  private func cause(_ reason: Change.Reason?) -> CauseID? {
    reason.flatMap { CauseID(key: $0.key) }
  }

  package mutating func addStart(at moment: Moment) { journal.append(.started, at: moment) }

  package mutating func addEnd(at moment: Moment) { journal.append(.stopped, at: moment) }

  package mutating func addTakeOver(_ text: String, at moment: Moment) {
    journal.note(takeOver: text, at: moment)
  }

  /// Time in which nobody polled, which ends at a moment.
  package mutating func addGap(of length: Duration, at moment: Moment) {
    journal.append(.gap(length), at: moment)
  }

  /// A first answer is a change where it is another state than before, in a former run.
  private mutating func note(
    _ number: PhoneNumber.ID,
    from: HealthState?,
    to: HealthState,
    _ reason: Change.Reason?,
    at moment: Moment
  ) {
    let known = states[number]
    guard let from = from ?? known?.state, from != to else {
      if known == nil { states[number] = (to, moment) }
      return
    }
    let cause = cause(reason)
    let isOver = to == .available
    let change = StateChange(
      number: number,
      from: from,
      to: to,
      moment: moment,
      since: known?.since ?? moment,
      sinceIsLowerBound: known == nil,
      former: isOver ? cause : nil,
      cause: isOver ? nil : cause,
      words: isOver ? nil : reason.flatMap(Cause.init),
      isFlapping: false
    )
    journal.note([change], whole: { $0 }, cycle: cycle)
    states[number] = (to, moment)
  }

  /// Accounts that fail for one reason are one event.
  private mutating func note(
    _ account: Change.Account,
    _ failure: Change.Failure,
    _ reason: Change.Reason?,
    at moment: Moment
  ) {
    guard let error = failure.error else { return }
    let own = CauseID.account(account.name, CauseID.Trouble(PollOutcome(error.kind)))
    let whole = cause(reason) ?? own
    let isKnown = failing.values.contains { $0.whole == whole }
    let parts = whole == own ? [] : failing.values.map(\.own)
    failing[account.name] = (whole, own, moment)
    guard !isKnown else { return }
    let failing = PollingChange.Failing(cause: whole, parts: parts, error: error, isRest: false)
    journal.note(PollingChange(failing: [failing]), at: moment)
  }

  private mutating func noteAnswering(_ account: String, at moment: Moment) {
    guard let over = failing.removeValue(forKey: account) else {
      // It failed before anything that is looked at.
      let unknown = CauseID.account(account, .unreachable)
      let change = PollingChange.Over(cause: unknown, parts: [], since: nil)
      return journal.note(PollingChange(answering: [change]), at: moment)
    }
    let others = failing.filter { $0.value.whole == over.whole }
    guard over.whole == .offline || others.isEmpty else { return }
    // The others fail on their own from now on.
    for other in others.keys { failing[other]?.whole = others[other]?.own ?? over.own }
    let parts = over.whole == over.own ? [] : [over.own] + others.values.map(\.own)
    let change = PollingChange.Over(cause: over.whole, parts: parts, since: over.since)
    journal.note(PollingChange(answering: [change]), at: moment)
  }
}
