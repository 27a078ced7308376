package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// How everything was at a moment.
package struct Past: Hashable, Sendable {
  /// A number that there was.
  package struct Number: Hashable, Sendable, Identifiable {
    package let id: PhoneNumber.ID
    package let names: Names
    /// Nil before its first answer.
    package let state: HealthState?
    /// Of nil, since when the number is known.
    package let since: Date
    package let formerState: HealthState?
    package let reason: Change.Reason?
    /// What else makes it so bad.
    package let others: [Change.Reason]

    package init(
      id: PhoneNumber.ID,
      names: Names,
      state: HealthState?,
      since: Date,
      formerState: HealthState?,
      reason: Change.Reason?,
      others: [Change.Reason] = []
    ) {
      self.id = id
      self.names = names
      self.state = state
      self.since = since
      self.formerState = formerState
      self.reason = reason
      self.others = others
    }
  }

  package let date: Date
  package let numbers: [Number]
  /// The other subjects with a line, such as templates and accounts: what was last said of each.
  package let others: [RecordedTransition]
  /// The accounts that were polled at that moment; of all others nobody knew how they were.
  package let covered: Set<String>

  package init(
    date: Date,
    numbers: [Number],
    others: [RecordedTransition],
    covered: Set<String>
  ) {
    self.date = date
    self.numbers = numbers
    self.others = others
    self.covered = covered
  }
}

/// How many numbers were in which state at a moment.
package struct StateCounts: Hashable, Sendable {
  package private(set) var counts: [HealthState: Int] = [:]
  /// Numbers of accounts that nobody polled then: how they were is not known.
  package private(set) var unseen = 0

  package init() {}

  package subscript(state: HealthState) -> Int { counts[state] ?? 0 }

  package mutating func add(_ state: HealthState, isCovered: Bool, times: Int = 1) {
    guard isCovered else {
      unseen += times
      return
    }
    counts[state, default: 0] += times
  }
}
