import History

package import struct FoundationEssentials.Date

/// How telling a receiver goes, for whoever shows it.
package struct ReceiverCondition: Hashable, Sendable {
  package let receiver: String
  /// Where it is: the address, or the program.
  package let place: String
  /// Why the last try failed; nil while it works, or was not tried.
  package internal(set) var failure: String?
  package internal(set) var lastSent: Date?
  /// Notices that wait to be sent.
  package internal(set) var waiting = 0
  /// Notices that were given up.
  package internal(set) var dead = 0
  /// Troubles that it was told of and that last.
  package internal(set) var firing = 0
  /// Troubles that could not be told in this run, because too much waits already.
  package internal(set) var dropped = 0

  package init(receiver: String, place: String) {
    self.receiver = receiver
    self.place = place
  }

  /// What the process that tells it noted.
  mutating func adopt(_ delivery: ChannelDelivery) {
    (waiting, dead) = (delivery.waiting, delivery.dead)
    (lastSent, failure) = (delivery.lastSent, delivery.failure)
  }
}
