import Health

@testable import Monitor
@testable import Screens

// What a monitor would say of it, adopted at once.
extension ScreenState {
  /// The monitor that this state has its numbers from.
  var monitor: MonitorState {
    let snapshot = MonitorSnapshot(
      fleet: fleet,
      causes: causeIndex,
      journal: journal,
      answers: shell.rawAnswers,
      confirmation: confirmation,
      notes: notes,
      changeCount: changeCount
    )
    return MonitorState(snapshot, at: now)
  }

  mutating func receive(_ update: FleetUpdate, at moment: Moment) {
    var monitor = monitor
    _ = monitor.receive(update, at: moment, keepingAnswersOf: shell.lookedAt.numbers)
    adopt(monitor.takeSnapshot(), at: moment)
  }

  mutating func letTimePass(to moment: Moment) {
    var monitor = monitor
    _ = monitor.advance(to: moment)
    adopt(monitor.takeSnapshot(), at: moment)
    advance(to: moment)
  }

  /// What operators say is in force from now on.
  mutating func letSay(_ notes: OperatorNotes) {
    var monitor = monitor
    _ = monitor.adopt(notes, at: now)
    adopt(monitor.takeSnapshot(), at: now)
  }

  mutating func noteReload(_ text: String, at moment: Moment) {
    var monitor = monitor
    _ = monitor.noteReload(text, at: moment)
    adopt(monitor.takeSnapshot(), at: moment)
  }
}

extension ScreenModel {
  func receive(_ update: FleetUpdate) async {
    await monitor.receive(update)
    await pull()
  }
}
