package import Health
package import Monitor

package import struct FoundationEssentials.Date

/// Port: where everything is remembered, whatever engine keeps it.
///
/// Several processes may have one open at a time, and each sees what the others wrote.
package typealias HistoryStore = HistoryRecords & HistoryQueries & OperatorRecords & PollingRecords
  & AlertRecords

/// What views look up.
package typealias HistoryReading = HistoryQueries & OperatorRecords

/// What monitoring writes, and reads when it starts or follows.
package protocol HistoryRecords: Sendable {
  /// Writes all of a batch, or nothing; but nothing of accounts whose leases are lost.
  ///
  /// Returns these accounts. So a process that was stopped for a while, and wakes to find everything
  /// old, can't say so of what another one polls.
  @discardableResult
  func write(_ batch: Batch) async throws(HistoryError) -> Set<String>

  /// What was last known, without what was written until a revision; nil leaves out nothing.
  func current(after revision: Int?, at now: Moment) async throws(HistoryError) -> Current

  /// Takes away the oldest day that is kept for too long, and adds up days that are over.
  ///
  /// To be called once an hour: a call takes no more than a day, so a clock that runs ahead costs
  /// little. Returns whether there is more to take away.
  func maintain(_ retention: Retention, at now: Date) async throws(HistoryError) -> Bool
}

/// What views ask: nothing here changes anything.
package protocol HistoryQueries: Sendable {
  /// Another one than before if anything may have been written since, by whichever process.
  ///
  /// It asks the engine nothing, so it can be looked at again and again; nil where there is no such sign.
  func mark() -> StoreMark?

  /// Counts what was written: another one says that something is new.
  func revision() async throws(HistoryError) -> Int

  /// What was told last comes first.
  func transitions(_ query: TransitionQuery) async throws(HistoryError) -> [RecordedTransition]

  /// How much changed in each of so many equal shares of a window, the oldest first; the first that is
  /// known of a number is no change.
  func density(in window: Range<Date>, shares: Int) async throws(HistoryError) -> [Density]

  func past(at date: Date) async throws(HistoryError) -> Past

  func counts(at date: Date) async throws(HistoryError) -> StateCounts

  /// The next moment after a date at which something changed.
  func changeDate(after date: Date) async throws(HistoryError) -> Date?

  /// The last moment before a date at which something changed.
  func changeDate(before date: Date) async throws(HistoryError) -> Date?

  /// Numbers whose state changed after a date, though it may be the same again.
  func numbersChanged(after date: Date) async throws(HistoryError) -> Set<PhoneNumber.ID>

  /// One for each number, of which nothing need be known.
  func lines(
    of numbers: [PhoneNumber.ID],
    in window: Range<Date>
  ) async throws(HistoryError) -> [PhoneNumber.ID: StateLine]

  /// How long numbers were in which state.
  ///
  /// Without a list, of all of which anything is known in the window. Of a day whose transitions are
  /// gone only the sums are left: it counts where all of it is in the window.
  func times(
    of numbers: [PhoneNumber.ID]?,
    in window: Range<Date>
  ) async throws(HistoryError) -> [PhoneNumber.ID: StateTimes]

  /// When accounts were polled, in order, without overlap, cut to the window.
  func coverage(in window: Range<Date>) async throws(HistoryError) -> [String: [Range<Date>]]

  /// Those that went on at any moment of the window, the one that began last first.
  func incidents(in window: Range<Date>) async throws(HistoryError) -> [Incident]

  /// The one of an id.
  func incident(_ id: String) async throws(HistoryError) -> Incident?
}

/// What people leave for each other.
package protocol OperatorRecords: Sendable {
  /// Adds it, or replaces the one of the same id.
  func save(_ acknowledgement: Acknowledgement) async throws(HistoryError)

  /// Those that had begun and not ended at a moment.
  func acknowledgements(at date: Date) async throws(HistoryError) -> [Acknowledgement]

  /// The one of an id, in force or not.
  func acknowledgement(_ id: String) async throws(HistoryError) -> Acknowledgement?

  func save(_ mute: Mute) async throws(HistoryError)
  func mutes(at date: Date) async throws(HistoryError) -> [Mute]

  func mute(_ id: String) async throws(HistoryError) -> Mute?

  func save(_ comment: Comment) async throws(HistoryError)
  /// The oldest first.
  func comments(on subject: Subject) async throws(HistoryError) -> [Comment]
}

/// Which process polls what: compare and set, so that of two that try at once one succeeds.
package protocol PollingRecords: Sendable {
  /// Takes an account's lease if nobody holds it; the holder itself gets it renewed.
  func takeLease(
    of account: String,
    for holder: String,
    settings: String,
    at now: Date,
    until: Date
  ) async throws(HistoryError) -> LeaseAnswer

  /// Renews a lease; nil where it is lost, which also the one whose time ran out is once another has it.
  func renew(_ lease: Lease, at now: Date, until: Date) async throws(HistoryError) -> Lease?

  /// Gives a lease back; nothing where it is lost.
  func release(_ lease: Lease) async throws(HistoryError)

  /// All that were taken and not given back, whether they hold or not.
  func leases() async throws(HistoryError) -> [Lease]

  /// Notes what is asked now, before it is; but nothing of accounts whose leases are lost.
  ///
  /// Returns these accounts, of which nothing may be asked. So no two processes ask the same, though one
  /// of them is killed in between.
  func note(_ asked: [Asked], under leases: [Lease]) async throws(HistoryError) -> Set<String>

  /// When each target of an account was last asked; of those that nobody asked for a day nothing.
  func asked(of account: String) async throws(HistoryError) -> [Asked]

  func add(_ demand: Demand) async throws(HistoryError)

  /// Takes the demands for an account away, the oldest first: each is handed out once.
  func takeDemands(of account: String) async throws(HistoryError) -> [Demand]
}
