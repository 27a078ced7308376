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
  package internal(set) var answers: RawAnswers
  package internal(set) var confirmation: Confirmation
  var operators: OperatorIndex
  var flapping: FlappingNumbers
  var incidents = IncidentTracker()
  /// Whether nothing was known of any number.
  var wasDark = false
  /// Templates that were victims in a former run, and whose lists are not known yet.
  var unlistedTemplates: Set<Subject> = []
  /// When victims of a former run that are not in the fleet are dropped.
  var strangersDue: Moment?
  /// What the journal was told, here or by other processes.
  var told = ToldChanges()
  /// Since when the numbers of accounts are known: another one is a new one.
  var knownSince: [String: Moment] = [:]
  /// The reported outcome of each account that does not answer.
  var failing: [String: PollOutcome] = [:]
  var changeCount = 0
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
    let start = journal.events.first?.moment ?? now
    for account in Set(fleet.records.map(\.number.account)) { knownSince[account] = start }
    noteAsTold(of: [])
    beginWithTroubles(of: fleet.records.indices)
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
    for reading in update.readings where !fleet.polledHere.contains(reading.number.account) {
      fleet.polledHere.insert(reading.number.account)
      fleet.left.remove(reading.number.account)
    }
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
    hasNews = true
    let reload = change(.reloaded(text))
    enter([reload])
    return [reload]
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
