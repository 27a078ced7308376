import Health
import History
import Monitor

/// Says once that something can't be remembered, and once that it is again.
struct HistoryNews {
  private var told = HistoryCondition()
  /// Since when nothing could be written, and how much had been lost until then.
  private var outage: (since: Moment, lost: Int)?

  /// What is to be said by now; nil while nothing is new.
  mutating func text(
    of condition: HistoryCondition,
    at now: Moment
  ) -> (text: String, isError: Bool)? {
    defer { told = condition }
    guard condition.state != told.state || condition.setAside != told.setAside else { return nil }
    if case .waiting = condition.state {
      outage = outage ?? (since: now, lost: told.lostCount)
    } else if condition.state == .remembering, let outage {
      self.outage = nil
      return (Self.recovery(condition, since: outage, at: now), false)
    }
    let text = condition.sentences.joined(separator: " ")
    return text.isEmpty ? nil : (text, true)
  }

  private static func recovery(
    _ condition: HistoryCondition,
    since outage: (since: Moment, lost: Int),
    at now: Moment
  ) -> String {
    let lost = condition.lostCount - outage.lost
    let loss = lost == 0 ? "nothing was" : lost == 1 ? "1 change was" : "\(lost) changes were"
    return "Changes are remembered again, after \(Age(now - outage.since).text): \(loss) lost."
  }
}
