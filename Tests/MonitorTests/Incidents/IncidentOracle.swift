import Health

@testable import Monitor

/// The slow and obvious second implementation: of each number and template the causes that it is a victim of.
struct IncidentOracle {
  private var victims: [Subject: Set<String>] = [:]
  /// As they were told last.
  private var told: [String: TrackedIncident] = [:]

  mutating func look(
    at numbers: [PhoneNumber.ID: NumberRecord],
    _ states: [PhoneNumber.ID: HealthState],
    _ templates: [String: [MessageTemplate]]
  ) {
    victims = victims.filter { subject, _ in subject.number.map { numbers[$0] != nil } ?? false }
    for (id, record) in numbers {
      guard let state = states[id] else { continue }
      if state == .available {
        victims[.number(id)] = []
      } else if state.isProblem, record.state.isProblem {
        victims[.number(id)] = Set(
          record.causes.filter { $0.cause.severity > .unknown }.map(\.id.key)
        )
      }
    }
    for (waba, templates) in templates {
      for template in templates where template.status.value.isTrouble {
        let subject = Subject.template(waba: waba, id: template.id)
        victims[subject] = ["templates/\(template.status.text)"]
      }
    }
  }

  mutating func forget(_ gone: [PhoneNumber.ID]) { for id in gone { victims[.number(id)] = nil } }

  func mistake(
    in tracker: IncidentTracker,
    _ numbers: some Collection<PhoneNumber.ID>
  ) -> String? {
    for subject in Set(victims.keys).union(tracker.victims).union(numbers.map { .number($0) }) {
      let causes = tracker.causes(of: subject)
      let found = Set(causes.filter { IncidentTracker.pollingRank(of: $0) == 0 })
      guard found == victims[subject] ?? [] else {
        return "incidents of \(subject): \(found), not \(victims[subject] ?? [])"
      }
      guard causes.count - found.count <= 1 else { return "several outages of \(subject)" }
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
      guard Set(incident.victims.map(\.subject)).count == incident.victims.count else {
        return "a victim twice: \(incident)"
      }
    }
    let open = told.values.filter { $0.end == nil }
    guard Set(open.map(\.reason.key)).count == open.count else { return "two of one cause" }
    for incident in open where IncidentTracker.pollingRank(of: incident.reason.key) == 0 {
      let members = Set(victims.filter { $0.value.contains(incident.reason.key) }.keys)
      let own = Set(incident.victims.filter { $0.left == nil }.map(\.subject))
      guard members == own else { return "victims of \(incident.id): \(own), not \(members)" }
    }
    return nil
  }
}
