/// The monitor's state at one moment: a value that does not change later.
package struct MonitorSnapshot: Sendable {
  package let fleet: Fleet
  package let causes: CauseIndex
  package let journal: EventJournal
  package let answers: RawAnswers
  package let confirmation: Confirmation
  /// What operators said.
  package let notes: OperatorNotes
  /// What changed since the last snapshot.
  package let change: FleetChange
  /// The places that were read or changed, in order: sorting them is work that the screen is spared.
  package let readPlaces: [Int]
  /// The places that show something else than before, in order.
  package let alteredPlaces: [Int]
  /// Whether anything but the time changed.
  package let isNews: Bool
  /// The number of changes in this run.
  package let changeCount: Int

  package init(
    fleet: Fleet,
    causes: CauseIndex,
    journal: EventJournal,
    answers: RawAnswers,
    confirmation: Confirmation = Confirmation(),
    notes: OperatorNotes = OperatorNotes(),
    change: FleetChange = FleetChange(),
    isNews: Bool = false,
    changeCount: Int = 0
  ) {
    self.fleet = fleet
    self.causes = causes
    self.journal = journal
    self.answers = answers
    self.confirmation = confirmation
    self.notes = notes
    self.change = change
    readPlaces = change.places.sorted()
    alteredPlaces = change.altered.sorted()
    self.isNews = isNews
    self.changeCount = changeCount
  }
}
