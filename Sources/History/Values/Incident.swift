package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// A cause with what it made bad, numbers or templates, from its start to its end.
package struct Incident: Hashable, Sendable, Identifiable {
  package struct Victim: Hashable, Sendable {
    package let subject: Subject
    package var joined: Date
    /// Nil while it is one.
    package var left: Date?

    package init(_ subject: Subject, joined: Date, left: Date? = nil) {
      self.subject = subject
      self.joined = joined.roundedToMilliseconds
      self.left = left?.roundedToMilliseconds
    }
  }

  /// Given by who finds it.
  package let id: String
  package let reason: Change.Reason
  package let start: Date
  /// Nil while it goes on.
  package var end: Date?
  package var worst: HealthState
  /// When it was told; nil while it waits for its victims.
  package var announced: Date?
  package var victims: [Victim]

  package init(
    id: String,
    reason: Change.Reason,
    start: Date,
    end: Date? = nil,
    worst: HealthState,
    announced: Date? = nil,
    victims: [Victim] = []
  ) {
    self.id = id
    self.reason = reason
    self.start = start.roundedToMilliseconds
    self.end = end?.roundedToMilliseconds
    self.worst = worst
    self.announced = announced?.roundedToMilliseconds
    self.victims = victims
  }
}

// As monitoring follows it.
extension Incident {
  package init(_ tracked: TrackedIncident) {
    self.init(
      id: tracked.id,
      reason: tracked.reason,
      start: tracked.start,
      end: tracked.end,
      worst: tracked.worst,
      announced: tracked.announced,
      victims: tracked.victims.map { victim in
        Victim(victim.subject, joined: victim.joined, left: victim.left)
      }
    )
  }

  /// To go on with it in another run; nil where it is over.
  package var resumable: TrackedIncident? {
    guard end == nil else { return nil }
    return TrackedIncident(
      reason: reason,
      start: start,
      worst: worst,
      announced: announced,
      victims: victims.map { victim in
        TrackedIncident.Victim(victim.subject, joined: victim.joined, left: victim.left)
      }
    )
  }
}
