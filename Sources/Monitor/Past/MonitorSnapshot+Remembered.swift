package import Health

/// What is remembered of a moment besides the numbers.
package struct RememberedSurroundings: Sendable {
  package var accounts: [AccountCondition] = []
  package var templates: [TemplateList] = []

  package init() {}
}

extension MonitorSnapshot {
  /// How everything was at a moment of the past.
  ///
  /// The more numbers have the places that they have in the present, the less it costs.
  package init(
    _ past: PastFleet,
    _ surroundings: RememberedSurroundings,
    beside present: Fleet,
    journal: EventJournal,
    notes: OperatorNotes,
    at moment: Moment
  ) {
    var fleet = Fleet(past, surroundings, beside: present, at: moment)
    let causes = CauseIndex(ofPast: fleet, at: moment)
    fleet.mark(by: notes, causes, at: moment)
    self.init(
      fleet: fleet,
      causes: causes,
      journal: journal,
      answers: RawAnswers(),
      notes: notes,
      isNews: true
    )
  }
}
