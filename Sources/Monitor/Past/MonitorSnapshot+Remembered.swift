package import Health

/// What is remembered of a moment besides the numbers.
package struct RememberedSurroundings: Sendable {
  package var accounts: [AccountCondition] = []
  /// Names only: what entities said of themselves is not remembered.
  package var entities: [EntityFacts] = []
  package var templates: [TemplateList] = []

  package init() {}
}

extension MonitorSnapshot {
  /// How everything was at a moment of the past.
  package init(
    _ numbers: [PastNumber],
    _ surroundings: RememberedSurroundings,
    journal: EventJournal,
    at moment: Moment
  ) {
    let fleet = Fleet(numbers, surroundings, at: moment)
    self.init(
      fleet: fleet,
      causes: CauseIndex(ofPast: fleet, at: moment),
      journal: journal,
      answers: RawAnswers(),
      isNews: true
    )
  }
}
