package import Health
import Monitor

/// What is written at once: all of it, or nothing.
package struct Batch: Sendable {
  package var transitions: [Transition] = []
  package var numbers: [NumberReadings] = []
  /// Numbers that are no more.
  package var gone: [PhoneNumber.ID] = []
  package var accounts: [AccountCondition] = []
  /// All accounts that there are, in the order of the configuration; nil while they stay.
  package var accountOrder: [String]?
  package var entities: [DatedEntity] = []
  package var templates: [DatedTemplates] = []
  package var coverage: [Coverage] = []
  /// New ones, and known ones as they are now.
  package var incidents: [Incident] = []
  /// By which its accounts are polled: nothing is written of an account whose lease is lost by now.
  package var leases: [Lease] = []

  package init() {}

  package var isEmpty: Bool {
    transitions.isEmpty && numbers.isEmpty && gone.isEmpty && accounts.isEmpty
      && accountOrder == nil && entities.isEmpty && templates.isEmpty && coverage.isEmpty
      && incidents.isEmpty
  }
}

extension Batch {
  /// Without what is of accounts that don't pass; entities and templates are of no account, and an
  /// incident is of its victims' accounts.
  package func filtered(by isMeant: (String) -> Bool) -> Batch {
    var batch = self
    batch.transitions = transitions.filter { $0.subject.account.map(isMeant) ?? true }
    batch.numbers = numbers.filter { isMeant($0.number.account) }
    batch.gone = gone.filter { isMeant($0.account) }
    batch.accounts = accounts.filter { isMeant($0.account.name) }
    batch.coverage = coverage.filter { isMeant($0.account) }
    batch.incidents = incidents.filter { incident in
      incident.victims.isEmpty
        || incident.victims.contains { $0.subject.account.map(isMeant) ?? true }
    }
    return batch
  }
}

/// How long what is kept.
package struct Retention: Hashable, Sendable {
  /// Transitions, coverage, incidents.
  package var days: Int
  /// Seconds per state and day.
  package var rollUpDays: Int

  package init(days: Int = 30, rollUpDays: Int = 365) {
    self.days = days
    self.rollUpDays = rollUpDays
  }
}
