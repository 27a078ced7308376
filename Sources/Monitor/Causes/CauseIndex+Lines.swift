internal import HashTreeCollections
import Health

// Queries of the view: lines, and a cause's place.
extension CauseIndex {
  /// The order of the groups: polling comes first while offline, since nothing else is certain
  /// then.
  package var groups: [RankedCause.Group] {
    troubles.isOffline ? [.polling, .critical, .warning] : [.critical, .warning, .polling]
  }

  /// The current cause of a line.
  package func cause(row: Int, in fleet: Fleet) -> RankedCause? {
    guard (0..<count).contains(row) else { return nil }
    let ofPolling = row - pollingStart
    if polling.indices.contains(ofPolling) { return polling[ofPolling] }
    let row = row - saidStart
    if row < sorted.count { return line(of: entries[Int(sorted[row])], fleet) }
    return templates.troubles[row - sorted.count].line
  }

  /// All lines, in their order.
  package func lines(in fleet: Fleet) -> [RankedCause] {
    (0..<count).compactMap { cause(row: $0, in: fleet) }
  }

  /// The first few of the critical causes, the worst first.
  package func critical(_ limit: Int, in fleet: Fleet) -> [RankedCause] {
    sorted.prefix(min(limit, criticalCount)).map { line(of: entries[Int($0)], fleet) }
  }

  /// The current state of a cause; nil if it hits no number.
  package func cause(_ id: CauseID, in fleet: Fleet) -> RankedCause? {
    row(of: id).flatMap { cause(row: $0, in: fleet) }
  }

  /// The main cause of a number.
  package func headline(ofNumberAt place: Int, in fleet: Fleet) -> RankedCause? {
    headline(at: place).flatMap { cause(troubles.whole(of: entries[$0].id), in: fleet) }
  }

  package func row(of id: CauseID) -> Int? {
    switch id {
    case .entity, .signal:
      guard let slot = slots[id] else { return nil }
      let row = lowerBound(of: entries[slot].rank)
      return row < sorted.count && Int(sorted[row]) == slot ? saidStart + row : nil
    case .templates:
      return templates.troubles.firstIndex { $0.line.id == id }
        .map { saidStart + sorted.count + $0 }
    case .account, .provider, .offline:
      return polling.firstIndex { $0.id == id }.map { pollingStart + $0 }
    }
  }

  private var saidStart: Int { troubles.isOffline ? polling.count : 0 }

  private var pollingStart: Int {
    troubles.isOffline ? 0 : sorted.count + templates.troubles.count
  }

  /// The largest number of numbers that fixing one critical cause would relieve.
  ///
  /// Causes are sorted by how many numbers they hit, and none relieves more than it hits.
  package var largestRelief: Int {
    var largest = 0
    for slot in sorted.prefix(criticalCount) {
      let entry = entries[Int(slot)]
      guard entry.crowd.count > largest else { break }
      largest = max(largest, entry.relieved)
    }
    return largest
  }

  private func line(of entry: Entry, _ fleet: Fleet) -> RankedCause {
    let worst = entry.crowd.places.first.map { fleet.records[$0] }
    return RankedCause(
      id: entry.id,
      group: entry.severity == .critical ? .critical : .warning,
      severity: entry.severity,
      state: worst.map { entry.state(of: $0) } ?? .unknown,
      cause: worst.flatMap { record in
        record.causes.first { $0.id == entry.id }?.cause
      },
      hit: entry.crowd.count,
      total: total(of: entry, fleet),
      since: entry.since,
      sinceIsLowerBound: entry.sinceIsLowerBound,
      relieved: entry.relieved,
      failure: nil
    )
  }

  private func total(of entry: Entry, _ fleet: Fleet) -> Int {
    guard case .entity(let reference) = entry.id else { return entry.crowd.count }
    return max(fleet.count(sharing: reference), entry.crowd.count)
  }
}
