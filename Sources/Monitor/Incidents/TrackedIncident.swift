package import Health

package import struct FoundationEssentials.Date

/// A cause with what it made bad, numbers or templates, from its start to its end, as monitoring follows it.
package struct TrackedIncident: Hashable, Sendable, Identifiable {
  package struct Victim: Hashable, Sendable {
    package let subject: Subject
    package let joined: Date
    /// Nil while it is one; what comes back is one again.
    package var left: Date?

    package init(_ subject: Subject, joined: Date, left: Date? = nil) {
      self.subject = subject
      self.joined = joined
      self.left = left
    }
  }

  package let reason: Change.Reason
  /// Does not change any more once the incident is announced.
  package internal(set) var start: Date
  /// Nil while it goes on.
  package internal(set) var end: Date?
  /// The worst state that the cause explained.
  package internal(set) var worst: HealthState
  /// A poll cycle after the start, when the cause has found its victims; nil until then.
  package internal(set) var announced: Date?
  /// In the order in which they joined.
  package internal(set) var victims: [Victim]
  /// By whose polls it is found out: those of its numbers, and of numbers that may send its templates.
  package internal(set) var accounts: Set<String> = []

  package init(
    reason: Change.Reason,
    start: Date,
    end: Date? = nil,
    worst: HealthState,
    announced: Date? = nil,
    victims: [Victim] = []
  ) {
    self.reason = reason
    self.start = start
    self.end = end
    self.worst = worst
    self.announced = announced
    self.victims = victims
    accounts = Set(victims.compactMap(\.subject.account))
  }

  /// The same for the same cause and start in every run.
  package var id: String {
    let milliseconds = (start.timeIntervalSince1970 * 1000).rounded()
    return "\(Fingerprint.text(of: [reason.key]))-\(Int(milliseconds))"
  }

  /// The same, over at this time with all of its victims.
  func ended(at date: Date) -> Self {
    var incident = self
    incident.end = date
    for place in incident.victims.indices where incident.victims[place].left == nil {
      incident.victims[place].left = date
    }
    return incident
  }
}
