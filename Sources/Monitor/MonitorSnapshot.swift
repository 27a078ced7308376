/// What is so at one moment: a value that stays as it is while the monitor goes on.
package struct MonitorSnapshot: Sendable {
  package let fleet: Fleet
  package let causes: CauseIndex
  package let journal: EventJournal
  package let answers: RawAnswers
  /// What became another since the last snapshot was taken.
  package var change = FleetChange()
  /// Anything but that all is as it was, a little later.
  package var isNews = false
  /// How many changes there were in this run.
  package var changeCount = 0

  package init(
    fleet: Fleet,
    causes: CauseIndex,
    journal: EventJournal,
    answers: RawAnswers,
    change: FleetChange = FleetChange(),
    isNews: Bool = false,
    changeCount: Int = 0
  ) {
    self.fleet = fleet
    self.causes = causes
    self.journal = journal
    self.answers = answers
    self.change = change
    self.isNews = isNews
    self.changeCount = changeCount
  }
}
