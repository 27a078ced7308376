import Health
import Monitor

// What the answers before and after a change say otherwise.
extension ScreenState {
  /// Opens the difference of a line of Events; returns false of one that is no change of a number.
  mutating func showDifference(of row: EventRow) -> Bool {
    guard row.event.isChangeOfNumbers, let number = room.chosenNumber(in: self) else {
      return false
    }
    shell.overlay = .difference(DifferencePage(number: number, moment: row.event.moment))
    return true
  }

  var wantedDifference: DifferenceQuestion? {
    guard case .difference(let page) = shell.overlay else { return nil }
    return figures.difference.wanted(DifferenceQuestion(page, at: now))
  }

  /// What is known of the change of a page; nil while it is looked up.
  func answer(to page: DifferencePage) -> NumberTransition? {
    guard let question = figures.difference.answered, question.number == page.number,
      question.date == page.moment.date
    else { return nil }
    return figures.difference.answer ?? NumberTransition(transition: nil)
  }
}

extension JournalEvent {
  fileprivate var isChangeOfNumbers: Bool {
    switch kind {
    case .states, .failing, .answering: true
    case .template, .appeared, .vanished, .flapping, .steady, .started, .stopped, .gap, .reloaded,
      .tookOver, .acknowledged, .unacknowledged, .muted, .unmuted:
      false
    }
  }
}
