package import Health
import Synchronization

/// Keeps the current state and reports changes, with or without a screen.
///
/// Polling waits for it and for nothing else. A screen takes a snapshot whenever `arrivals`
/// announces one; histories and alerts are consumers of changes.
package actor FleetMonitor: FleetObserver {
  /// When this run started: the first moment of its events.
  package nonisolated let started: Moment
  private var state: MonitorState
  private let time: any TimeSource
  private let consumers: [any ChangeConsumer]
  private nonisolated let wanted = Mutex<Set<PhoneNumber.ID>>([])
  private nonisolated let polledHere = Mutex<IsPolledHere>({ _ in true })
  /// Signals to one listener, which may be slow, that there is something new.
  package nonisolated let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation
  private var sleep: (until: Moment, task: Task<Void, Never>)?

  /// Whether an account is polled by this process at this moment.
  package typealias IsPolledHere = @Sendable (_ account: String) -> Bool

  /// - Parameters:
  ///   - time: The clock.
  ///   - rules: When a change of state is told.
  ///   - consumers: Whom changes are told to.
  package init(
    time: any TimeSource,
    confirming rules: ConfirmationRules = .immediate,
    consumers: [any ChangeConsumer] = []
  ) {
    started = time.now
    state = MonitorState(startedAt: started, confirming: rules)
    self.time = time
    self.consumers = consumers
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  package func receive(_ update: FleetUpdate) {
    let wanted = wanted.withLock(\.self)
    let isPolledHere = polledHere.withLock(\.self)
    leaveOthers(isPolledHere)
    let update = update.withoutAnswers { !isPolledHere($0) }
    tell(state.receive(update, at: time.now, keepingAnswersOf: wanted))
    arrival.yield()
    wakeEarlier()
  }

  /// Adopts what was known before this run; nobody is told.
  package func restore(_ remembered: RememberedFleet) {
    state.restore(remembered, at: time.now)
    arrival.yield()
    wakeEarlier()
  }

  /// Applies what another process polled, told and recorded.
  package func follow(_ followed: FollowedUpdate) {
    let changes = state.follow(followed, at: time.now)
    if !changes.isEmpty {
      for consumer in consumers { consumer.receive(followed: changes) }
    }
    arrival.yield()
    wakeEarlier()
  }

  package func noteReload(_ text: String) {
    tell(state.noteReload(text, at: time.now))
    arrival.yield()
  }

  /// Shows that another process polls than before; who polls remembers it.
  package func noteTakeOver(_ text: String) {
    state.noteTakeOver(text, at: time.now)
    arrival.yield()
  }

  /// Replaces the acknowledgements and mutes in force.
  ///
  /// - Parameters:
  ///   - notes: All that are in force.
  ///   - endings: Why others are not, by id, as far as known.
  package func adopt(_ notes: OperatorNotes, endings: [String: Ending] = [:]) {
    tell(state.adopt(notes, endings: endings, at: time.now))
    arrival.yield()
    wakeEarlier()
  }

  /// Says which accounts are polled here; nil means all.
  package func setAccountsPolledHere(_ accounts: Set<String>?) {
    state.setAccountsPolledHere(accounts)
  }

  /// Goes on with incidents of a former run, or of a process that polled until now, which were not over.
  package func resume(_ incidents: [TrackedIncident]) {
    state.resume(incidents, at: time.now)
    tell([])
  }

  /// Lets time pass: readings that are too old are no longer valid.
  package func advance(to now: Moment) {
    let due = state.nextDue.map { $0 <= now } ?? false
    guard due else { return }
    leaveOthers(polledHere.withLock(\.self))
    tell(state.advance(to: now))
    arrival.yield()
  }

  /// Tells only changes of accounts that are polled here when they are found: what becomes old while
  /// another process polls, or while this one was stopped, is no change.
  package nonisolated func tell(onlyOf isPolledHere: @escaping IsPolledHere) {
    polledHere.withLock { $0 = isPolledHere }
  }

  private func leaveOthers(_ isPolledHere: IsPolledHere) {
    for account in state.fleet.polledHere where !isPolledHere(account) { state.leave(account) }
  }

  /// Changes when a number's state becomes an event.
  package func confirm(by rules: ConfirmationRules) { state.confirm(by: rules) }

  /// The current state, and what changed since the last snapshot.
  package func takeSnapshot() -> MonitorSnapshot { state.takeSnapshot() }

  /// The current state with the operator's names; the next snapshot says the same changes all the same.
  package func look(naming labels: [String: String] = [:]) -> MonitorSnapshot {
    state.snapshot(naming: labels)
  }

  /// The kept answers and a number's record, without taking a snapshot.
  package func answers(
    of number: PhoneNumber.ID
  ) -> (answers: RawAnswers, record: NumberRecord?) {
    (state.answers, state.fleet[number])
  }

  /// Another one as soon as anything of the fleet is different.
  package var revision: Int { state.revision }

  /// Reads something of the fleet, without taking a snapshot.
  package func read<Value: Sendable>(_ body: @Sendable (Fleet) -> Value) -> Value {
    body(state.fleet)
  }

  /// Reads something of the fleet and of what operators said, without taking a snapshot.
  package func read<Value: Sendable>(_ body: @Sendable (Fleet, OperatorNotes) -> Value) -> Value {
    body(state.fleet, state.notes)
  }

  /// Keeps the answers of these numbers, even if the numbers are fine.
  package nonisolated func keepAnswers(of numbers: Set<PhoneNumber.ID>) {
    wanted.withLock { $0 = numbers }
  }

  private func tell(_ changes: [Change]) {
    let incidents = state.takeIncidents()
    for consumer in consumers {
      if !changes.isEmpty { consumer.receive(changes) }
      if !incidents.isEmpty { consumer.receive(incidents) }
    }
  }
}

// Aging while no updates come.
extension FleetMonitor {
  /// Advances whenever something may have become too old, until it is cancelled.
  package func run() async {
    while !Task.isCancelled {
      advance(to: time.now)
      let due = state.nextDue.map { max($0, time.now) + Self.batchDelay }
      await sleep(until: due ?? time.now + Self.longestSleep)
    }
  }

  /// Numbers that are read together age together.
  private static let batchDelay = Duration.milliseconds(100)
  private static let longestSleep = Duration.seconds(60)

  private func sleep(until moment: Moment) async {
    let task = Task { [time] in _ = try? await time.sleep(until: moment) }
    sleep = (moment, task)
    await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    sleep = nil
  }

  /// Wakes the loop, because an account that is polled more often ages sooner.
  private func wakeEarlier() {
    guard let sleep, let next = state.nextDue, next + Self.batchDelay < sleep.until else { return }
    sleep.task.cancel()
  }
}
