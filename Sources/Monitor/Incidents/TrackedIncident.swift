package import Health

package import struct FoundationEssentials.Date

/// A cause with the numbers that it made bad, from its start to its end, as monitoring follows it.
package struct TrackedIncident: Hashable, Sendable, Identifiable {
  package struct Victim: Hashable, Sendable {
    package let number: PhoneNumber.ID
    package let joined: Date
    /// Nil while it is one; a number that comes back is one again.
    package var left: Date?

    package init(_ number: PhoneNumber.ID, joined: Date, left: Date? = nil) {
      self.number = number
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
  }

  /// The same for the same cause and start in every run.
  package var id: String {
    let milliseconds = (start.timeIntervalSince1970 * 1000).rounded()
    return "\(Fingerprint.text(of: [reason.key]))-\(Int(milliseconds))"
  }
}
