import Health

/// Updates that wait to be delivered together, in order.
///
/// Entities and templates don't name an account, so it is kept who published them.
struct PendingUpdates: Sendable {
  private var updates: [(poller: Int?, update: FleetUpdate)] = []
  private(set) var readingCount = 0

  var isEmpty: Bool { updates.isEmpty }

  mutating func append(_ update: FleetUpdate, from poller: Int?) {
    updates.append((poller, update))
    readingCount += update.readings.count
  }

  /// All of them as one.
  var merged: FleetUpdate {
    updates.reduce(into: FleetUpdate()) { $0.append($1.update) }
  }

  /// Drops what pollers that are stopped have said of their accounts and entities.
  ///
  /// Their numbers stay, since those are counted as published: they vanish or go on by a later
  /// update.
  mutating func drop(of pollers: [Int: Account]) {
    let names = Set(pollers.values.map(\.name))
    for index in updates.indices {
      updates[index].update.accounts.removeAll { names.contains($0.account.name) }
      guard let poller = updates[index].poller, pollers[poller] != nil else { continue }
      updates[index].update.entities = []
      updates[index].update.templates = []
    }
    updates.removeAll { $0.update.isEmpty }
  }
}
