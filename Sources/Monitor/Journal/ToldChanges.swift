import Health

/// Adds what is told to a journal: by this run, by another process, or by a former run.
///
/// It knows what was told last of numbers and accounts. All that is told comes through here, so that all
/// processes show the same; what is told twice is one event.
struct ToldChanges {
  /// What a number was told to be.
  struct Number {
    let state: HealthState
    let since: Moment
    let sinceIsLowerBound: Bool
    let cause: CauseID?
  }

  struct Failing {
    /// The trouble that its own one is a part of.
    var whole: CauseID
    let own: CauseID
    let provider: String
    let error: ProviderError
    let since: Moment?
  }

  private var numbers: [PhoneNumber.ID: Number] = [:]
  /// When accounts were told to answer again.
  var answers: [String: Moment] = [:]
  var failing: [String: Failing] = [:]
  /// The worst state that an event told of each number that flaps.
  private var flapping: [PhoneNumber.ID: HealthState] = [:]

  /// Adds a change to a journal.
  ///
  /// - Parameters:
  ///   - event: What changed.
  ///   - reason: Why.
  ///   - moment: When.
  ///   - journal: The journal, in which changes come in the order in which they were told.
  ///   - cycle: How long changes with one cause may join an event, by account.
  mutating func add(
    _ event: Change.Event,
    _ reason: Change.Reason?,
    at moment: Moment,
    to journal: inout EventJournal,
    cycle: (String) -> Duration
  ) {
    journal.noteRest(at: moment)
    let cause = reason.flatMap { CauseID(key: $0.key) }
    switch event {
    case .number(let number, let from, let to):
      note(number.id, from: from, to: to, cause, reason, at: moment, in: &journal, cycle)
    case .appeared(let number):
      journal.noteMembers(.appeared, [number.id], moment, cycle(number.account))
    case .vanished(let number):
      (numbers[number.id], flapping[number.id]) = (nil, nil)
      journal.note(vanished: [number.id], at: moment, cycle: cycle(number.account))
    case .flapping(let number, let worst, let percent):
      let worst = worst ?? numbers[number.id]?.state ?? .unknown
      flapping[number.id] = worst
      let words = reason.flatMap(Cause.init)
      let kind = JournalEvent.Kind.flapping(worst: worst, percent: percent)
      journal.note(kind, of: number.id, cause, words, at: moment)
    case .steady(let number):
      flapping[number.id] = nil
      let kind = JournalEvent.Kind.steady(numbers[number.id]?.state ?? .unknown)
      journal.note(kind, of: number.id, cause, reason.flatMap(Cause.init), at: moment)
    case .failing(let account, let failure):
      note(account, failure, cause, at: moment, in: &journal)
    case .answering(let account): noteAnswering(account.name, at: moment, in: &journal)
    case .template(let template, let from, let to):
      let now = MessageTemplate(template, AsSent(to))
      journal.note(now, of: template.waba, from: AsSent(from), at: moment)
    case .reloaded(let text): journal.note(reload: text, at: moment)
    case .acknowledged, .unacknowledged, .muted, .unmuted:
      journal.note(said: event, cause, at: moment)
    }
  }

  // MARK: What was told before

  /// Begins with what was told of a number before the changes that are added.
  mutating func begin(_ id: PhoneNumber.ID, with number: Number?) {
    if numbers[id] == nil { numbers[id] = number }
  }

  /// Begins with a number that flaps already, and the worst state that an event told of it.
  mutating func begin(flapping id: PhoneNumber.ID, worst: HealthState) {
    if flapping[id] == nil { flapping[id] = worst }
  }

  /// Whether anything was told of a number.
  func knows(_ id: PhoneNumber.ID) -> Bool { numbers[id] != nil }

  /// Begins with why an account did not answer before the changes that are added.
  mutating func begin(_ condition: AccountCondition, as whole: (CauseID) -> CauseID) {
    let account = condition.account
    guard failing[account.name] == nil, let error = condition.failure else { return }
    let own = CauseID.account(account.name, CauseID.Trouble(PollOutcome(error.kind)))
    failing[account.name] = Failing(
      whole: whole(own),
      own: own,
      provider: account.provider,
      error: error,
      since: condition.failingSince
    )
  }

  /// Forgets accounts that are gone.
  mutating func forgetAccounts(where isGone: (String) -> Bool) {
    failing = failing.filter { !isGone($0.key) }
    answers = answers.filter { !isGone($0.key) }
  }

  // MARK: Numbers

  /// A first answer is a change where it is another state than before, in a former run.
  private mutating func note(
    _ number: PhoneNumber.ID,
    from: HealthState?,
    to: HealthState,
    _ cause: CauseID?,
    _ reason: Change.Reason?,
    at moment: Moment,
    in journal: inout EventJournal,
    _ cycle: (String) -> Duration
  ) {
    let known = numbers[number]
    if let known, known.state == to, known.since.isSame(as: moment) { return }
    let isOver = to == .available
    let told = Number(
      state: to,
      since: moment,
      sinceIsLowerBound: from == nil && known == nil,
      cause: isOver ? nil : cause
    )
    guard let from = from ?? known?.state, from != to else {
      if known == nil { numbers[number] = told }
      return
    }
    numbers[number] = told
    var change = StateChange(
      number: number,
      from: from,
      to: to,
      moment: moment,
      since: known?.since ?? moment,
      sinceIsLowerBound: known?.sinceIsLowerBound ?? true,
      former: isOver ? cause : known?.cause,
      cause: isOver ? nil : cause,
      words: isOver ? nil : reason.flatMap(Cause.init),
      isFlapping: flapping[number] != nil
    )
    change.isHidden = hides(change)
    journal.note(change, cycle: cycle(number.account))
  }

  /// Whether the number flaps, and was as bad before.
  private mutating func hides(_ change: StateChange) -> Bool {
    guard let worst = flapping[change.number], !change.to.isLost, change.from?.isLost != true else {
      return false
    }
    guard change.to < worst else { return true }
    flapping[change.number] = change.to
    return false
  }
}

extension MessageTemplate {
  fileprivate init(_ template: Change.Template, _ status: AsSent<TemplateStatus>) {
    self.init(id: template.id, name: template.name, language: nil, status: status)
  }
}
