internal import HashTreeCollections
import Health

// Accounts, templates, numbers that come and go, and the program itself.
extension EventJournal {
  /// Records that accounts stopped answering, or answer again.
  ///
  /// After an outage of several accounts those that answer a little later are part of its end.
  mutating func note(_ change: PollingChange, at now: Moment) {
    noteRest(at: now)
    for over in change.answering { note(over, at: now) }
    for failing in change.failing {
      if failing.isRest, ending != nil {
        ending?.rest.append(failing)
      } else {
        note(failing, at: now)
      }
    }
  }

  /// Records accounts that don't answer long after the other ones of their outage.
  mutating func noteRest(at now: Moment) {
    guard let ended = ending, now - ended.moment > Self.oneOutage else { return }
    ending = nil
    // At this moment in every process, whenever it looks.
    for failing in ended.rest { note(failing, at: ended.moment + Self.oneOutage) }
  }

  /// An account does not fail any more for the reason that it had in an outage of several.
  mutating func dropRest(_ cause: CauseID) { ending?.rest.removeAll { $0.cause == cause } }

  private mutating func note(_ failing: PollingChange.Failing, at now: Moment) {
    let (victims, steps) = absorb(failing.parts, now)
    open[Group(change: .answering, cause: failing.cause)] = nil
    let group = Group(change: .failing, cause: failing.cause)
    append(.failing, cause: failing.cause, victims: victims, group: group, at: now) {
      $0.failure = failing.error
      $0.steps = steps
    }
  }

  private mutating func note(_ over: PollingChange.Over, at now: Moment) {
    open[Group(change: .failing, cause: over.cause)] = nil
    var event = nextID
    if let ended = ending, let place = ended.rest.firstIndex(where: { $0.cause == over.cause }) {
      ending?.rest.remove(at: place)
      event = ended.event
    } else if let known = answering(over, at: now) {
      event = known
    } else {
      append(.answering, cause: over.cause, at: now) { $0.lasted = over.since.map { now - $0 } }
      if over.parts.count > 1 { ending = Ending(event: event, moment: now) }
    }
    // The numbers' events name the single accounts' troubles.
    for cause in [over.cause] + over.parts { open[Group(change: .answering, cause: cause)] = event }
  }

  /// The event of numbers whose answers came before it was said that their account answers.
  private mutating func answering(_ over: PollingChange.Over, at now: Moment) -> Int? {
    guard let id = open[Group(change: .answering, cause: over.cause)], let index = index(of: id),
      now - events[index].moment <= Self.oneOutage, events[index].lasted == nil
    else { return nil }
    events[index].lasted = over.since.map { events[index].moment - $0 }
    revision += 1
    return id
  }

  mutating func note(
    _ template: MessageTemplate,
    of waba: String,
    from former: AsSent<TemplateStatus>,
    at now: Moment
  ) {
    let cause = [former.value, template.status.value].first(where: \.isTrouble)
    append(
      .template(template, waba: waba, from: former),
      cause: cause.map(CauseID.templates),
      at: now
    )
  }

  mutating func note(vanished numbers: [PhoneNumber.ID], at now: Moment, cycle: Duration) {
    noteMembers(.vanished, numbers.filter { $0.target != nil }, now, cycle)
    for number in numbers { places[number].map { bad[$0] = nil } }
  }

  mutating func note(reload text: String, at now: Moment) { append(.reloaded(text), at: now) }

  mutating func note(takeOver text: String, at now: Moment) { append(.tookOver(text), at: now) }

  mutating func noteMembers(
    _ kind: JournalEvent.Kind,
    _ numbers: [PhoneNumber.ID],
    _ now: Moment,
    _ cycle: Duration
  ) {
    for number in numbers {
      let place = intern(number)
      let group = Group(change: kind == .appeared ? .appeared : .vanished, cause: nil)
      if !join(place, group, now, cycle) {
        append(kind, victims: [place], group: group, at: now)
      }
    }
  }
}
