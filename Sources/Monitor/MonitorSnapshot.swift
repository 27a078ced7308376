/// The monitor's state at one moment: a value that does not change later.
package struct MonitorSnapshot: Sendable {
  package let fleet: Fleet
  package let causes: CauseIndex
  package let journal: EventJournal
  package let answers: RawAnswers
  /// What changed since the last snapshot.
  package var change = FleetChange()
  /// Whether anything but the time changed.
  package var isNews = false
  /// The number of changes in this run.
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
