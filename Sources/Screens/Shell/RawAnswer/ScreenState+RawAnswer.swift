import Health
import Monitor

// Raw answers of providers.
extension ScreenState {
  /// Opens the answer of the chosen number; requests it again if it was not kept.
  mutating func showRawAnswer() -> [Effect] {
    guard let id = room.chosenNumber(in: self) else { return [] }
    shell.lookedAt.insert(id)
    if let answer = shell.rawAnswers[id] {
      shell.overlay = .raw(page(of: answer, for: id))
      return []
    }
    var page = RawPage(number: id, content: .awaited)
    page.formerReading = fleet[id]?.latest?.moment
    shell.overlay = .raw(page)
    return [.poll([id])]
  }

  /// The number whose answer is awaited, if any.
  var awaitedAnswer: PhoneNumber.ID? {
    if case .raw(let page) = shell.overlay, page.content == .awaited { page.number } else { nil }
  }

  /// Shows an awaited answer, or the reason why there is none.
  mutating func showAwaitedAnswer() {
    guard let number = awaitedAnswer else { return }
    showAwaitedAnswer(shell.rawAnswers, fleet[number])
  }

  mutating func showAwaitedAnswer(_ answers: RawAnswers, _ record: NumberRecord?) {
    guard case .raw(let page) = shell.overlay, page.content == .awaited,
      let latest = record?.latest,
      latest.moment != page.formerReading
    else { return }
    if let answer = answers[page.number], answer.moment == latest.moment {
      shell.overlay = .raw(self.page(of: answer, for: page.number))
    } else {
      let reason = latest.message ?? "The answer was not kept."
      shell.overlay = .raw(RawPage(number: page.number, content: .none(reason)))
    }
  }

  private func page(of answer: RawAnswers.Answer, for id: PhoneNumber.ID) -> RawPage {
    let lines = JSONText.lines(of: answer.bytes)
    let own = fleet[id]?.report?.phoneNumberID.flatMap { lines.object(withID: $0) }
    var page = RawPage(number: id, content: .lines(own ?? lines))
    (page.moment, page.httpStatus) = (answer.moment, answer.httpStatus)
    return page
  }
}
