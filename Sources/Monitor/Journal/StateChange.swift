import Health

/// A number that changed its state, or had its first answer.
struct StateChange: Sendable {
  let number: PhoneNumber.ID
  /// Nil before the first answer.
  var from: HealthState?
  let to: HealthState
  /// When it was first seen, which may be before it was confirmed.
  let moment: Moment
  /// When the former state started.
  var since: Moment
  /// Whether it may have started earlier.
  var sinceIsLowerBound: Bool
  /// The main cause of the former state.
  var former: CauseID?
  /// The main cause of the new state.
  var cause: CauseID?
  /// The main cause in words; nil for a healthy number.
  var words: Cause?
  /// What was known of the number in its former state; nil where that is not kept.
  var formerAnswer: KnownAnswer?
  /// Whether the number flaps.
  let isFlapping: Bool
  /// Whether the journal needs no event for it.
  var isHidden = false
}

/// The effect of a batch on the numbers.
struct NumberChanges: Sendable {
  var added: [PhoneNumber.ID] = []
  var states: [StateChange] = []
  var gone: [PhoneNumber.ID] = []
  /// Whether a number is new, or its state or causes changed.
  var isNews = false
}

extension StateChange {
  /// Nil where nothing is to be told: what was known before this run was told then.
  init?(
    _ record: NumberRecord,
    _ old: CauseIndex.Share,
    _ new: CauseIndex.Share,
    at now: Moment
  ) {
    let former = old.told?.state ?? old.state
    guard new.isPolled, new.told == nil, !old.isPolled || former != new.state else { return nil }
    number = record.id
    from = old.isPolled ? former : nil
    to = new.state
    moment = now
    since = old.told?.since ?? old.since ?? record.stateSince
    sinceIsLowerBound = old.told?.sinceIsLowerBound ?? true
    self.former = old.ties.first?.id
    cause = new.ties.first?.id
    words = record.assessment.causes.first
    isFlapping = record.polls.isFlapping
  }

  /// The change from the state before an earlier one that was not told.
  func following(_ earlier: StateChange?) -> StateChange {
    guard let earlier else { return self }
    var change = self
    change.from = earlier.from
    change.since = earlier.since
    change.sinceIsLowerBound = earlier.sinceIsLowerBound
    change.former = earlier.former
    change.formerAnswer = earlier.formerAnswer
    return change
  }
}
