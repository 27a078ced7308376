import Health
import Monitor

// The answers as they came, for those who want to see what a provider really said.
extension ScreenState {
  /// Opens the answer of the number at hand; asks again for one that was not kept.
  mutating func showRawAnswer() -> [Effect] {
    guard let id = room.chosenNumber(in: self) else { return [] }
    shell.rawAnswers.look(at: id)
    if let answer = shell.rawAnswers[id] {
      shell.overlay = .raw(page(of: answer, for: id))
      return []
    }
    shell.overlay = .raw(RawPage(number: id, content: .awaited))
    return [.poll([id])]
  }

  /// Keeps the bodies that are worth it; a page that waits for one gets it.
  mutating func keepRawAnswers(of readings: [Reading]) {
    guard readings.contains(where: { $0.raw != nil }) || isAwaitingRawAnswer else { return }
    let fleet = pause?.live ?? fleet
    shell.rawAnswers.keep(readings) { fleet[$0]?.state.needsAttention ?? true }
    guard isAwaitingRawAnswer, case .raw(let page) = shell.overlay,
      let reading = readings.last(where: { $0.number.id == page.number })
    else { return }
    if let answer = shell.rawAnswers[page.number] {
      shell.overlay = .raw(self.page(of: answer, for: page.number))
    } else {
      let reason = reading.message ?? "The answer was not kept."
      shell.overlay = .raw(RawPage(number: page.number, content: .none(reason)))
    }
  }

  private var isAwaitingRawAnswer: Bool {
    if case .raw(let page) = shell.overlay { page.content == .awaited } else { false }
  }

  private func page(of answer: RawAnswers.Answer, for id: PhoneNumber.ID) -> RawPage {
    let lines = JSONText.lines(of: answer.bytes)
    let own = fleet[id]?.report?.phoneNumberID.flatMap { lines.object(withID: $0) }
    var page = RawPage(number: id, content: .lines(own ?? lines))
    (page.moment, page.httpStatus) = (answer.moment, answer.httpStatus)
    return page
  }
}
