package import Health
import Monitor

// Time travel: another fleet is shown while the monitor goes on.
extension ScreenState {
  /// Whether the monitor's snapshots are shown.
  var isLive: Bool { pause == nil && travel.past == nil }

  /// The moment that is shown, to which ages are counted: now, or one of the past.
  package var asOf: Moment { travel.past?.moment ?? now }

  package var isInPast: Bool { travel.past != nil }

  /// Asks for another moment; steps that were asked for shortly after each other add up.
  mutating func travel(_ step: TravelStep) {
    pause = nil
    travel.isReturning = false
    var question = TravelQuestion(step: step, start: travel.past?.moment.date)
    if case .changes(let more) = step, let asked = travel.asked {
      switch asked.step {
      case .changes(let count): question.step = .changes(count + more)
      // From where the operator will be, not from what is still shown.
      case .to(let date): question = TravelQuestion(step: step, start: date)
      }
    }
    travel.asked = question
    if question.step == .changes(0) { travel.asked = nil }
  }

  /// Goes back to the present with the monitor's next snapshot.
  mutating func returnToPresent() {
    travel.asked = nil
    travel.isReturning = isInPast
  }

  /// Adopts an answer; one that is too late changes nothing.
  ///
  /// - Returns: Whether anything changed.
  mutating func arrive(_ answer: TravelAnswer, to question: TravelQuestion) -> Bool {
    guard travel.asked == question else { return false }
    travel.asked = nil
    switch answer {
    case .past(let snapshot, let past, let events): show(snapshot, at: past, events)
    case .present: isInPast ? returnToPresent() : say("This is the present.")
    case .refused(let text): say(text)
    }
    return true
  }

  /// Shows the present again.
  mutating func showPresent(_ snapshot: MonitorSnapshot) {
    show(snapshot, at: nil)
    forgetVanished()
  }

  /// Replaces everything that is shown, but not how the operator has arranged it.
  private mutating func show(
    _ snapshot: MonitorSnapshot,
    at past: PastMoment?,
    _ events: EventsPage? = nil
  ) {
    travel.past = past
    travel.isReturning = false
    if let change = past?.change { say(change) }
    notes = snapshot.notes
    // How far changes are confirmed is not remembered.
    confirmation = snapshot.confirmation
    let former = fleet
    fleet = snapshot.fleet
    fleet.keepWhatIsOperators(of: former)
    causeIndex = snapshot.causes
    journal = snapshot.journal
    changeCount = snapshot.changeCount
    shell.rawAnswers = snapshot.answers
    remembered = RememberedEvents()
    bars.reset()
    figures = RememberedFigures()
    if let events { begin(with: events) }
    list.rows.rebuild(from: fleet, at: asOf)
    ages = ReadingAges()
    ages.note(fleet.records.indices, of: fleet)
    tree.wabaIndex = WABAIndex(of: fleet)
    tiles.index.rebuild(from: fleet, isShown: isShown)
    tree.inversion = nil
    leaveVanishedTrees(past == nil ? "The number is no longer there." : "The number was not there.")
    list.reconcileSelection(with: fleet)
    room.reconcile(in: &self)
    refreshOutline()
  }
}

/// Where in time the screen is, and where it is asked to go.
package struct TravelState: Sendable {
  /// Nil is the present.
  package internal(set) var past: PastMoment?
  /// The question whose answer is awaited.
  package internal(set) var asked: TravelQuestion?
  /// The present is awaited.
  package internal(set) var isReturning = false
}
