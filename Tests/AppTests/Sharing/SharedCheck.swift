import Foundation
import Health
import Testing

@testable import History
@testable import Monitor

/// Compares what processes remember and show with how it was.
struct SharedCheck {
  private let world: SharedWorld
  private(set) var hasFailed = false
  /// What happened, for who looks for the reason.
  private var log: [String] = []
  /// The last transition that was looked at, and what had been told until then.
  private var last: RecordedTransition.ID = 0
  private var told: [PhoneNumber.ID: HealthState] = [:]
  private var failing: [String: Change.Failure] = [:]

  init(of world: SharedWorld) { self.world = world }

  mutating func note(_ text: String, at moment: Moment) {
    log.append("\(moment.date.seconds) \(text)")
  }

  /// What was written since the last look follows from what was, and was so.
  mutating func rows(of store: any HistoryStore) async throws {
    let rows = try await store.transitions(TransitionQuery(after: last, limit: 10_000))
    for row in rows.reversed() {
      last = max(last, row.id)
      let (event, date) = (row.transition.event, row.transition.date)
      switch (row.transition.subject, event) {
      case (.number(let id), .state(let from, let to)): look(at: id, from, to, date)
      case (.account(let name), .failing(let failure)):
        if failing[name] == failure { fail("\(name) fails again at \(date.seconds)") }
        failing[name] = failure
      case (.account(let name), .answering): lookAtEnd(of: name, date)
      default: break
      }
    }
  }

  private mutating func look(
    at id: PhoneNumber.ID,
    _ from: HealthState?,
    _ to: HealthState,
    _ date: Date
  ) {
    let text = "\(id.target ?? "") \(from?.word ?? "–") → \(to.word) at \(date.seconds)"
    if from != told[id] || to == told[id] {
      fail("\(text), told was \(told[id]?.word ?? "nothing")")
    }
    if !world.wasTrue(to, after: from, of: id, at: date) { fail("\(text) never was") }
    told[id] = to
  }

  private mutating func lookAtEnd(of account: String, _ date: Date) {
    if failing.removeValue(forKey: account) == nil {
      fail("\(account) answers at \(date.seconds), but did not fail")
    }
    if !world.had(nil, account, within: date.addingTimeInterval(-0.001)...date) {
      fail("\(account) answers at \(date.seconds), which it did not")
    }
  }

  /// All show the same events.
  mutating func screens(of processes: [SharedProcess], since moment: Moment) async {
    guard let first = processes.first else { return }
    let events = await first.events(since: moment)
    for process in processes.dropFirst() {
      let others = await process.events(since: moment)
      guard events != others else { continue }
      let own = events.filter { !others.contains($0) }
      let other = others.filter { !events.contains($0) }
      fail("only \(first.name) shows \(own), only \(process.name) shows \(other)")
    }
  }

  mutating func end() {
    for number in world.numbers where told[number.id] != world.state(of: number.id) {
      fail("\(number.target ?? "") was told as \(told[number.id]?.word ?? "nothing") in the end")
    }
    if !failing.isEmpty { fail("\(failing.keys.sorted()) fail in the end") }
    #expect(last > 100)
  }

  private mutating func fail(_ text: String) {
    hasFailed = true
    Issue.record("\(text)\n\(log.suffix(30).joined(separator: "\n"))")
  }
}

extension Date {
  fileprivate var seconds: Int { Int(timeIntervalSinceReferenceDate.rounded()) % 1_000_000 }
}
