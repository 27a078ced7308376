package import Health

/// The whole state as one value: the fleet, its causes, and the journal.
///
/// It changes in three ways: by updates from polling, by time, and by a reload of the
/// configuration. Each returns what changed. What was known before is restored without a word.
package struct MonitorState: Sendable {
  package internal(set) var fleet: Fleet { didSet { revision &+= 1 } }
  /// Counts the changes of the fleet: the same number is the same state.
  private(set) var revision = 0
  package internal(set) var causes: CauseIndex
  package internal(set) var journal: EventJournal
  package private(set) var answers: RawAnswers
  package private(set) var confirmation: Confirmation
  var operators: OperatorIndex
  var flapping: FlappingNumbers
  var incidents = IncidentTracker()
  /// Whether nothing was known of any number.
  var wasDark = false
  /// When victims of a former run that are not in the fleet are dropped.
  var strangersDue: Moment?
  /// The reported outcome of each account that does not answer.
  var failing: [String: PollOutcome] = [:]
  private var changeCount = 0
  /// What changed since the last snapshot.
  var pending = FleetChange()
  var hasNews = false
  var now: Moment

  package init(startedAt now: Moment, confirming rules: ConfirmationRules = .immediate) {
    self.init(
      MonitorSnapshot(
        fleet: Fleet(),
        causes: CauseIndex(),
        journal: EventJournal(startedAt: now),
        answers: RawAnswers(),
        confirmation: Confirmation(rules)
      ),
      at: now
    )
    fleet.flappingRules = rules.flapping
  }

  /// Continues from a snapshot.
  init(_ snapshot: MonitorSnapshot, at now: Moment) {
    fleet = snapshot.fleet
    causes = snapshot.causes
    journal = snapshot.journal
    answers = snapshot.answers
    confirmation = snapshot.confirmation
    operators = OperatorIndex(snapshot.notes, startedAt: now)
    flapping = FlappingNumbers(of: snapshot.fleet)
    changeCount = snapshot.changeCount
    self.now = now
  }

  /// Applies an update from polling.
  ///
  /// - Parameters:
  ///   - update: The update.
  ///   - moment: When it came.
  ///   - wanted: Numbers whose answers are kept even if they are fine.
  /// - Returns: What changed.
  package mutating func receive(
    _ update: FleetUpdate,
    at moment: Moment,
    keepingAnswersOf wanted: Set<PhoneNumber.ID> = []
  ) -> [Change] {
    now = max(now, moment)
    var update = update
    if let order = update.accountOrder { update.vanished += fleet.numbers(outside: order) }
    let former = update.templates.compactMap { fleet.templates(of: $0.waba) }
    let leaving = update.vanished.compactMap { fleet[$0] }.map(Change.Number.init)
    let change = fleet.receive(update, at: now)
    keepAnswers(of: update.readings, wanted)
    answers.forget(change.removed)
    hasNews = hasNews || !update.appeared.isEmpty
    let polled = update.readings.filter { $0.report != nil }.map(\.number.id)
    return follow(change, former, leaving, polled)
  }

  /// Lets time pass: readings that are too old are no longer valid.
  package mutating func advance(to moment: Moment) -> [Change] {
    now = max(now, moment)
    let change = fleet.advance(to: now)
    let isDue = [confirmation.nextDue, incidents.nextDue, strangersDue].compactMap(\.self)
      .contains { $0 <= now }
    return change.isEmpty && !isDue ? applyRules() : follow(change, [], [], [])
  }

  /// The earliest moment at which something may change without an update.
  package var nextDue: Moment? {
    [
      fleet.nextAgeing, confirmation.nextDue, incidents.nextDue, strangersDue,
      operators.next(after: now),
    ]
    .compactMap(\.self).min()
  }

  /// Changes when a number's state becomes an event.
  package mutating func confirm(by rules: ConfirmationRules) {
    confirmation.rules = rules
    fleet.flappingRules = rules.flapping
  }

  /// Records a reload of the configuration, with a sentence on its result.
  package mutating func noteReload(_ text: String, at moment: Moment) -> [Change] {
    now = max(now, moment)
    journal.note(reload: text, at: now)
    hasNews = true
    return [change(.reloaded(text))]
  }

  /// Records that another process polls than before, with a sentence on it.
  mutating func noteTakeOver(_ text: String, at moment: Moment) {
    now = max(now, moment)
    journal.note(takeOver: text, at: now)
    hasNews = true
  }

  /// The current state, and what changed since the last snapshot.
  package mutating func takeSnapshot() -> MonitorSnapshot {
    pending.places = pending.places.filter { $0 < fleet.records.count }
    pending.altered.formIntersection(pending.places)
    pending.replaced.formIntersection(pending.places)
    defer { (pending, hasNews) = (FleetChange(), false) }
    return MonitorSnapshot(
      fleet: fleet,
      causes: causes,
      journal: journal,
      answers: answers,
      confirmation: confirmation,
      notes: operators.notes,
      change: pending,
      isNews: hasNews,
      changeCount: changeCount
    )
  }

  /// The current state, for a look at all of it.
  func snapshot(naming labels: [String: String]) -> MonitorSnapshot {
    var fleet = fleet
    fleet.labels = labels
    return MonitorSnapshot(
      fleet: fleet,
      causes: causes,
      journal: journal,
      answers: answers,
      confirmation: confirmation,
      notes: operators.notes,
      changeCount: changeCount
    )
  }

  private mutating func keepAnswers(of readings: [Reading], _ wanted: Set<PhoneNumber.ID>) {
    guard readings.contains(where: { $0.raw != nil }) else { return }
    answers.keep(readings) { wanted.contains($0) || fleet[$0]?.state.needsAttention ?? true }
  }
}

// The consequences of a change of the fleet.
extension MonitorState {
  private mutating func follow(
    _ change: FleetChange,
    _ former: [TemplateList],
    _ leaving: [Change.Number],
    _ polled: [PhoneNumber.ID]
  ) -> [Change] {
    pending.formUnion(change)
    let polling = change.touchesAccounts ? causes.update(fleet.accounts) : PollingChange()
    if polling.isEmpty { journal.noteRest(at: now) } else { journal.note(polling, at: now) }
    let numbers = causes.update(change, of: fleet, at: now)
    let told = confirmation.receive(numbers, polled: polled, at: now)
    let changes =
      noteMembers(numbers, leaving) + noteStates(told.map(current)) + noteFlapping(change)
      + noteAccounts(change) + noteTemplates(change, former)
    causes.reconcilePolling(fleet)
    noteIncidents(change, told, gone: numbers.gone, touchesPolling: change.touchesAccounts)
    hasNews =
      hasNews || numbers.isNews || !polling.isEmpty || !change.templates.isEmpty
      || !changes.isEmpty
    return changes
      + applyRules(
        after: change,
        changesCauses: numbers.isNews || change.touchesSurroundings,
        changesPolling: !polling.isEmpty
      )
  }

  private mutating func noteStates(_ states: [StateChange]) -> [Change] {
    let troubles = causes.troubles
    let fleet = fleet
    let shown = states.map { state in
      var state = state
      state.isHidden = flapping.hides(state)
      return state
    }
    journal.note(shown, whole: troubles.whole) { fleet.cycle(of: $0) }
    return states.compactMap { state in
      guard let record = fleet[state.number] else { return nil }
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
      let percent = record.flappingPercent ?? 0
      let worst = record.rankingState
      journal.note(.flapping(worst: worst, percent: percent), of: record, at: now)
      return self.change(.flapping(Change.Number(record), percent: percent), reason(of: record))
    }
      + news.stopped.map { record in
        journal.note(.steady(record.state), of: record, at: now)
        return self.change(.steady(Change.Number(record)), reason(of: record))
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

  private mutating func noteMembers(
    _ numbers: NumberChanges,
    _ leaving: [Change.Number]
  ) -> [Change] {
    var changes: [Change] = []
    for (account, gone) in numbers.gone.byAccount {
      journal.note(vanished: gone, at: now, cycle: fleet.cycle(of: account))
    }
    let gone = Set(numbers.gone)
    for number in leaving where number.target != nil && gone.contains(number.id) {
      changes.append(change(.vanished(number)))
    }
    for (account, added) in numbers.added.byAccount {
      let found = journal.note(appeared: added, at: account, now, cycle: fleet.cycle(of: account))
      let records = found.compactMap { fleet[$0] }
      changes += records.map { change(.appeared(Change.Number($0))) }
    }
    return changes
  }

  private mutating func noteAccounts(_ change: FleetChange) -> [Change] {
    guard change.touchesAccounts else { return [] }
    var changes: [Change] = []
    for condition in fleet.accounts {
      let account = Change.Account(condition.account)
      let outcome = condition.failure.map { PollOutcome($0.kind) }
      guard outcome != failing[account.name] else { continue }
      failing[account.name] = outcome
      guard let failure = condition.failure else {
        changes.append(self.change(.answering(account)))
        continue
      }
      let own = CauseID.account(account.name, CauseID.Trouble(PollOutcome(failure.kind)))
      let reason = Change.Reason(causes.troubles.whole(of: own))
      changes.append(self.change(.failing(account, Change.Failure(failure)), reason))
    }
    let names = Set(fleet.accounts.map(\.account.name))
    failing = failing.filter { names.contains($0.key) }
    journal.forgetAccounts { !names.contains($0) }
    return changes
  }

  private mutating func noteTemplates(
    _ change: FleetChange,
    _ former: [TemplateList]
  ) -> [Change] {
    guard !change.templates.isEmpty else { return [] }
    causes.update(templates: change.templates, of: fleet, at: now)
    var changes: [Change] = []
    for old in former {
      guard let new = fleet.templates(of: old.waba) else { continue }
      for (template, status) in new.changed(since: old) {
        journal.note(template, of: old.waba, from: status, at: now)
        let named = Change.Template(waba: old.waba, id: template.id, name: template.name)
        let trouble = [status.value, template.status.value].last(where: \.isTrouble)
        changes.append(
          self.change(
            .template(named, from: status.text, to: template.status.text),
            trouble.map { Change.Reason(.templates($0)) }
          )
        )
      }
    }
    return changes
  }

  mutating func change(
    _ event: Change.Event,
    _ reason: Change.Reason? = nil,
    at moment: Moment? = nil
  ) -> Change {
    changeCount += 1
    let moment = moment ?? now
    return Change(
      sequence: changeCount,
      date: moment.date,
      uptime: moment.uptime,
      event: event,
      reason: reason
    )
  }
}

extension Fleet {
  /// How long changes of an account's numbers may join one event: a cycle, and a little more, since
  /// polls are not exactly a cycle apart.
  func cycle(of account: String) -> Duration {
    (condition(of: account)?.effectiveRefresh ?? .seconds(60)) * 5 / 4
  }
}

extension TemplateList {
  /// The templates whose status changed, each with its former one.
  fileprivate func changed(
    since former: TemplateList
  ) -> [(template: MessageTemplate, former: AsSent<TemplateStatus>)] {
    guard case .success(let before) = former.templates, case .success(let after) = templates else {
      return []
    }
    let statuses = Dictionary(before.map { ($0.id, $0.status) }, uniquingKeysWith: { $1 })
    return after.compactMap { template in
      guard let status = statuses[template.id], status.value != template.status.value else {
        return nil
      }
      return (template, status)
    }
  }
}

extension [PhoneNumber.ID] {
  var byAccount: [(key: String, value: [PhoneNumber.ID])] {
    Dictionary(grouping: self, by: \.account).sorted { $0.key < $1.key }
  }
}
