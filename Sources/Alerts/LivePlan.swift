import History

import struct FoundationEssentials.Date

/// What an Alertmanager is told at one moment, and what is noted once it accepted that.
struct LivePlan {
  /// So many alerts are told at most: what is over makes room for others.
  static let mostFiring = 1_000

  struct Item {
    let alert: Alert
    /// Nil where it was told before.
    let telling: Telling?
  }

  let channel: String
  let now: Date
  private(set) var firing: [Item] = []
  private(set) var resolved: [Item] = []
  private(set) var heldBack: Set<String> = []

  init(channel: String, at now: Date) { (self.channel, self.now) = (channel, now) }

  /// Whether there is anything that was not told before.
  var isNews: Bool { !resolved.isEmpty || firing.contains { $0.telling != nil } }

  /// Goes on with what was told.
  ///
  /// - Parameters:
  ///   - told: What was told.
  ///   - former: The same as an alert.
  ///   - fate: What became of it.
  mutating func follow(_ told: ToldTrouble, _ former: Alert, _ fate: Fate) {
    switch fate {
    // It is told until its end is known.
    case .unknown: firing.append(Item(alert: former, telling: nil))
    case .over(let end):
      resolved.append(Item(alert: former.ended(at: end), telling: Telling(.end(told))))
    case .lasts(let candidate):
      let alert = candidate.alert.continuing(former)
      // Labels are what an alert is known by: a worse one is another, and the former is over.
      let isAnother =
        alert.severity != former.severity && candidate.rank > told.rank
        && !candidate.isMuted && !candidate.isFlapping
      if isAnother {
        resolved.append(Item(alert: former.ended(at: now), telling: nil))
        let worse = ToldTrouble(candidate, alert, channel: channel, at: now)
        firing.append(Item(alert: alert, telling: Telling(.change(worse, former: told))))
      } else {
        let known = alert.labelled(as: former)
        let isMoved = candidate.alert.id != told.incident
        let same = ToldTrouble(candidate, known, channel: channel, rank: told.rank, at: now)
        firing.append(
          Item(alert: known, telling: isMoved ? Telling(.change(same, former: told)) : nil)
        )
      }
    }
  }

  mutating func begin(_ candidates: [AlertBoard.Candidate], told: Set<String>) {
    for candidate in candidates where !told.contains(candidate.key) {
      guard !candidate.isMuted, !candidate.isFlapping else { continue }
      guard firing.count < Self.mostFiring else {
        heldBack.insert(candidate.alert.id)
        continue
      }
      let told = ToldTrouble(candidate, candidate.alert, channel: channel, at: now)
      firing.append(Item(alert: candidate.alert, telling: Telling(.begin(told))))
    }
  }
}
