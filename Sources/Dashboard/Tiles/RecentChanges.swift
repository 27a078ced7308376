package import Health

/// A change of state that one number or several went through together.
package struct BoardChange: Hashable, Sendable {
  package let moment: Moment
  package let from: HealthState
  package let to: HealthState
  /// The first of them.
  package let number: PhoneNumber.ID
  package let cause: Incident.Key?
  package internal(set) var count = 1
}

/// The last changes of this run, those that belong together as one.
struct RecentChanges: Sendable {
  /// The newest last.
  private(set) var entries: [BoardChange] = []

  private static let kept = 24
  /// The polls of one WABA's numbers are spread over an interval.
  private static let together = Duration.seconds(60)

  init() {}

  /// From nothing but what records say, when there is no way to see what changed.
  init(of fleet: Fleet) {
    let changed = fleet.records.filter { $0.previousState != nil }
      .sorted { ($0.stateSince, $0.id) < ($1.stateSince, $1.id) }
    for record in changed.suffix(512) { note(record) }
  }

  /// Takes in a number whose state has just become another.
  mutating func note(_ record: NumberRecord) {
    guard let former = record.previousState, former != record.state else { return }
    let change = BoardChange(
      moment: record.stateSince,
      from: former,
      to: record.state,
      number: record.id,
      cause: record.state < .stale ? record.incidentKeys.first : nil
    )
    let companion = entries.lastIndex { entry in
      entry.from == change.from && entry.to == change.to && entry.cause == change.cause
        && change.moment - entry.moment <= Self.together
        && (change.cause != nil || entry.number.account == change.number.account)
    }
    if let companion {
      entries[companion].count += 1
    } else {
      entries.append(change)
      if entries.count > Self.kept { entries.removeFirst() }
    }
  }
}
