import Health

/// A number that went from one state to another, or had its first answer.
struct StateChange: Sendable {
  let number: PhoneNumber.ID
  /// Nil before the first answer.
  let from: HealthState?
  let to: HealthState
  /// Since when it was in the state that it left.
  let since: Moment
  /// What explained the state that it left.
  let former: CauseID?
  /// What explains the state that it is in.
  let cause: CauseID?
  /// The headline's words; nil of a fine number.
  let words: Cause?
}

/// What a batch did to the numbers.
struct NumberChanges: Sendable {
  var added: [PhoneNumber.ID] = []
  var states: [StateChange] = []
  var gone: [PhoneNumber.ID] = []
  /// A number is new, or its state or what explains it is another.
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
