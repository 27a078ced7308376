import Health

/// A number that changed its state, or had its first answer.
struct StateChange: Sendable {
  let number: PhoneNumber.ID
  /// Nil before the first answer.
  let from: HealthState?
  let to: HealthState
  /// When the former state started.
  let since: Moment
  /// The main cause of the former state.
  let former: CauseID?
  /// The main cause of the new state.
  let cause: CauseID?
  /// The main cause in words; nil for a healthy number.
  let words: Cause?
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
  init?(_ record: NumberRecord, _ old: CauseIndex.Share, _ new: CauseIndex.Share) {
    guard new.isPolled, !old.isPolled || old.state != new.state else { return nil }
    number = record.id
    from = old.isPolled ? old.state : nil
    to = new.state
    since = old.since ?? record.stateSince
    former = old.ties.first?.id
    cause = new.ties.first?.id
    words = record.assessment.causes.first
  }
}
