package import struct FoundationEssentials.Date

/// What receivers of alerts were told, and what is still to be sent to them.
package protocol AlertRecords: Sendable {
  /// Troubles that a channel was told of and that it was not told the end of, the oldest first.
  func told(to channel: String) async throws(HistoryError) -> [ToldTrouble]

  /// Notes what is told, each with its notice, all at once.
  ///
  /// What another process told meanwhile is left out, with its notice; a notice that was there
  /// before stays as it is, sent or not.
  func tell(_ tellings: [Telling]) async throws(HistoryError)

  /// Takes the oldest waiting notice of a channel out of everybody else's hands until a moment.
  ///
  /// Notices are sent in order, so there is none while the oldest is not due, or in other hands.
  func takeNotice(
    of channel: String,
    for holder: String,
    at now: Date,
    until: Date
  ) async throws(HistoryError) -> Notice?

  /// The oldest notices of a channel that wait, whether they are due or in anybody's hands.
  func waitingNotices(of channel: String, limit: Int) async throws(HistoryError) -> [Notice]

  /// Notes that a notice was sent, or given up with its failure; false where it is in other hands.
  func finish(
    _ notice: Notice,
    by holder: String,
    as outcome: Notice.Outcome,
    at now: Date
  ) async throws(HistoryError) -> Bool

  /// Puts a notice back, with its next due moment and why it could not be sent; false as above.
  func postpone(_ notice: Notice, by holder: String) async throws(HistoryError) -> Bool

  /// Notes what came of the last try to tell a channel something: that it worked, or why not.
  func note(_ failure: String?, of channel: String, at now: Date) async throws(HistoryError)

  /// How telling a channel goes.
  func delivery(to channel: String) async throws(HistoryError) -> ChannelDelivery

  /// The last notices of all channels that were sent or given up, the latest first.
  func finishedNotices(limit: Int) async throws(HistoryError) -> [FinishedNotice]
}
