import Health
import TestSupport
import Testing

@testable import App
@testable import History

/// What is said of the history while it can't be written, and after.
@Suite struct HistoryNewsTests {
  private let full = HistoryCondition.State.waiting(.full(path: "/state"))

  private func condition(_ state: HistoryCondition.State, lost: Int = 0) -> HistoryCondition {
    var condition = HistoryCondition()
    condition.state = state
    condition.lostCount = lost
    return condition
  }

  @Test func `that it is remembered again is said once, with what was lost`() {
    var news = HistoryNews()
    var said: [String] = []
    let clock = ManualClock()
    func look(_ condition: HistoryCondition) {
      if let news = news.text(of: condition, at: clock.now) {
        said.append("\(news.isError ? "error" : "notice") \(news.text)")
      }
      clock.advance(by: .seconds(60))
    }
    for next in [
      condition(.opening), condition(.remembering), condition(full), condition(full, lost: 4),
      condition(.waiting(.locked(path: "/state")), lost: 5), condition(.remembering, lost: 7),
      condition(.remembering, lost: 7), condition(full, lost: 7), condition(.remembering, lost: 7),
    ] {
      look(next)
    }
    #expect(
      said == [
        "error Nothing is remembered for now: the disk of /state is full.",
        "error Nothing is remembered for now: another process keeps /state locked."
          + " 5 changes were not remembered, since nothing could be written.",
        "notice Changes are remembered again, after 3m00s: 7 changes were lost.",
        "error Nothing is remembered for now: the disk of /state is full."
          + " 7 changes were not remembered, since nothing could be written.",
        "notice Changes are remembered again, after 1m00s: nothing was lost.",
      ]
    )
  }
}
