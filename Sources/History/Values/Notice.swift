package import struct FoundationEssentials.Date

/// A message to another system that has to get there: it waits in the outbox until it has.
package struct Notice: Hashable, Sendable, Identifiable, Codable {
  package enum Outcome: String, Hashable, Sendable, CaseIterable, Codable {
    case sent
    /// It could not be sent for too long, or the receiver does not want it.
    case givenUp
  }

  /// Given by who makes it: the same id is the same notice, and kept once.
  package let id: String
  /// Which receiver it is for.
  package let channel: String
  package let body: String
  package let date: Date
  /// Not to be sent sooner.
  package var due: Date
  /// How often it was tried in vain.
  package var attempts: Int
  /// Why the last try failed.
  package var failure: String?

  package init(
    id: String,
    channel: String,
    body: String,
    date: Date,
    due: Date? = nil,
    attempts: Int = 0,
    failure: String? = nil
  ) {
    self.id = id
    self.channel = channel
    self.body = body
    self.date = date.roundedToMilliseconds
    self.due = (due ?? date).roundedToMilliseconds
    self.attempts = attempts
    self.failure = failure
  }
}
