package import Health

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

  package init() {}

  package var isEmpty: Bool {
    transitions.isEmpty && numbers.isEmpty && gone.isEmpty && accounts.isEmpty
      && accountOrder == nil && entities.isEmpty && templates.isEmpty && coverage.isEmpty
      && incidents.isEmpty
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
