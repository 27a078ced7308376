import Health

@testable import Monitor

/// The slow and obvious second implementation: of each number the causes that it is a victim of.
struct IncidentOracle {
  private var victims: [PhoneNumber.ID: Set<String>] = [:]
  /// As they were told last.
  private var told: [String: TrackedIncident] = [:]

  mutating func look(
    at numbers: [PhoneNumber.ID: NumberRecord],
    _ states: [PhoneNumber.ID: HealthState]
  ) {
    victims = victims.filter { numbers[$0.key] != nil }
    for (id, record) in numbers {
      guard let state = states[id] else { continue }
      if state == .available {
        victims[id] = []
      } else if state.isProblem, record.state.isProblem {
        victims[id] = Set(record.causes.filter { $0.cause.severity > .unknown }.map(\.id.key))
      }
    }
  }

  mutating func forget(_ gone: [PhoneNumber.ID]) { for id in gone { victims[id] = nil } }

  func mistake(
    in tracker: IncidentTracker,
    _ numbers: some Collection<PhoneNumber.ID>
  ) -> String? {
    for id in numbers {
      let found = Set(tracker.causes(of: id).filter { IncidentTracker.pollingRank(of: $0) == 0 })
      guard found == victims[id] ?? [] else {
        return "incidents of \(id): \(found), not \(victims[id] ?? [])"
      }
      let outages = tracker.causes(of: id).count - found.count
      guard outages <= 1 else { return "several outages of \(id)" }
    }
    return nil
  }

  mutating func note(_ news: [TrackedIncident]) -> String? {
    for incident in news {
      let former = told.updateValue(incident, forKey: incident.id)
      let left = incident.victims.count { $0.left != nil }
      guard former?.end == nil, incident.announced != nil else { return "told again: \(incident)" }
      guard former?.announced ?? incident.announced == incident.announced else {
        return "announced twice: \(incident)"
      }
      guard (incident.end == nil) == (left < incident.victims.count) else {
        return "its end: \(incident)"
      }
      guard Set(incident.victims.map(\.number)).count == incident.victims.count else {
        return "a victim twice: \(incident)"
      }
    }
    let open = told.values.filter { $0.end == nil }
    guard Set(open.map(\.reason.key)).count == open.count else { return "two of one cause" }
    for incident in open where IncidentTracker.pollingRank(of: incident.reason.key) == 0 {
      let members = Set(victims.filter { $0.value.contains(incident.reason.key) }.keys)
      let own = Set(incident.victims.filter { $0.left == nil }.map(\.number))
      guard members == own else { return "victims of \(incident.id): \(own), not \(members)" }
    }
    return nil
  }
}
