package import Health

package import struct FoundationEssentials.Date

/// What an operator wants to be so for all.
package enum OperatorAction: Hashable, Sendable {
  /// Nil is until it is over.
  case acknowledge([Trouble], author: String, comment: String, until: Date?)
  case mute(filter: String, author: String, comment: String, until: Date)
  /// Ends acknowledgements and mutes, by their ids.
  case end(Set<String>, author: String)

  /// What is acknowledged, and how bad it is.
  package struct Trouble: Hashable, Sendable {
    package let subject: Subject
    package let state: HealthState

    package init(_ subject: Subject, _ state: HealthState) {
      self.subject = subject
      self.state = state
    }
  }
}
