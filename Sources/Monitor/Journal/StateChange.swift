import Health

/// A number that went from one state to another.
struct StateChange: Sendable {
  let number: PhoneNumber.ID
  let from: HealthState
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
