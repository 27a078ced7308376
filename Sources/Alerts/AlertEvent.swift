/// What happened, in the words of the JSON.
package enum AlertEvent: String, Hashable, Sendable, Codable, CaseIterable {
  case incidentStarted = "incident_started"
  /// It got worse, such as from limited to blocked.
  case incidentChanged = "incident_changed"
  case incidentResolved = "incident_resolved"
  case flappingStarted = "flapping_started"
  case flappingEnded = "flapping_ended"
  case acknowledged
  /// An acknowledgement is over.
  case unacknowledged
  /// Somebody tries whether a receiver works.
  case test

  /// What a receiver is told of that doesn't say what it wants.
  package static let standard: Set<Self> = [
    .incidentStarted, .incidentChanged, .incidentResolved, .flappingStarted, .flappingEnded,
  ]

  /// What a receiver may ask for.
  package static let choices = allCases.filter { $0 != .test }
}
