import Health
import History

import struct FoundationEssentials.Date

/// The records of what is told, which go on in memory while they can't be written, such as on a full disk.
///
/// Telling must not wait for a disk. What could not be written is kept in order, and written as soon as it
/// can be. If this process ends before, a later one finds it in the reserve, as far as there is one.
actor BufferedRecords: AlertRecords {
  /// Beyond so much, what is new has to wait until something can be written.
  static let mostUnwritten = 20_000
  private static let patience = Duration.seconds(10)

  private var records: any AlertRecords
  private let reserve: (any NoteReserve)?
  private let time: any TimeSource
  /// Whether something is in memory alone, so that a later process may tell it again.
  private(set) var mayRepeat = false
  private var unwritten = UnwrittenRecords()
  private var nextTry: Moment?
  private var isCatchingUp = false

  init(
    _ records: any AlertRecords,
    reserve: (any NoteReserve)? = nil,
    time: any TimeSource
  ) {
    self.records = records
    self.reserve = reserve
    self.time = time
  }

  /// Whether something is not in the store.
  var isBehind: Bool { !unwritten.isEmpty }

  /// Uses these records from now on, such as those of a new file after the former was damaged, and writes
  /// there what could not be written before.
  func use(_ records: any AlertRecords) async {
    self.records = records
    _ = await isUpToDate()
  }

  /// Goes on with what processes told that are gone, and that they could not write.
  func adoptLeft() async {
    guard let reserve else { return }
    let lines = reserve.takeLeft()
    guard !lines.isEmpty else { return }
    for line in lines {
      if let left = ReservedStep(line: line) { unwritten.add(left.step) }
    }
    if isBehind { _ = await isUpToDate() } else { reserve.clear() }
  }

  // MARK: Writing

  func tell(_ tellings: [Telling]) async throws(HistoryError) {
    _ = try await write(.tell(tellings))
  }

  func finish(
    _ notice: Notice,
    by holder: String,
    as outcome: Notice.Outcome,
    at now: Date
  ) async throws(HistoryError) -> Bool {
    try await write(.finish(notice, by: holder, as: outcome, at: now))
  }

  func postpone(_ notice: Notice, by holder: String) async throws(HistoryError) -> Bool {
    try await write(.postpone(notice, by: holder))
  }

  func note(_ failure: String?, of channel: String, at now: Date) async throws(HistoryError) {
    _ = try await write(.note(failure, of: channel, at: now))
  }

  private func write(_ step: UnwrittenRecords.Step) async throws(HistoryError) -> Bool {
    if await isUpToDate() {
      switch await attempt(step) {
      case .success(let isOurs): return isOurs
      case .failure(let error):
        guard error.mayPass else { throw error }
        nextTry = time.now + Self.patience
      }
    }
    guard unwritten.count < Self.mostUnwritten else {
      throw .failed("too much of what is told could not be written")
    }
    unwritten.add(step)
    if let reserved = ReservedStep(step) {
      let isNoted = reserved.line.flatMap { reserve?.add($0) } ?? false
      if !isNoted { mayRepeat = true }
    }
    return true
  }

  /// Writes it though the caller is cancelled: what a receiver accepted must be noted, also at the end.
  private func attempt(_ step: UnwrittenRecords.Step) async -> Result<Bool, HistoryError> {
    let records = records
    return await Task {
      do throws(HistoryError) {
        return .success(try await step.write(to: records))
      } catch {
        return .failure(error)
      }
    }
    .value
  }

  /// Whether everything is written, by now if it can be.
  private func isUpToDate() async -> Bool {
    guard isBehind else { return true }
    guard !isCatchingUp, nextTry.map({ $0 <= time.now }) ?? true else { return false }
    isCatchingUp = true
    defer { isCatchingUp = false }
    // What is added meanwhile comes after it.
    while let step = unwritten.first {
      do throws(HistoryError) {
        _ = try await step.catchUp(in: records, at: time.now.date)
        unwritten.removeFirst()
      } catch {
        nextTry = time.now + Self.patience
        return false
      }
    }
    nextTry = nil
    mayRepeat = false
    reserve?.clear()
    return true
  }

  // MARK: Reading

  func told(to channel: String) async throws(HistoryError) -> [ToldTrouble] {
    unwritten.applied(to: try await records.told(to: channel), of: channel)
  }

  func takeNotice(
    of channel: String,
    for holder: String,
    at now: Date,
    until: Date
  ) async throws(HistoryError) -> Notice? {
    if await isUpToDate() {
      do throws(HistoryError) {
        return try await records.takeNotice(of: channel, for: holder, at: now, until: until)
      } catch {
        guard error.mayPass, !Task.isCancelled else { throw error }
      }
    }
    return try await waitingNotices(of: channel, limit: 1).first { $0.due <= now }
  }

  func waitingNotices(of channel: String, limit: Int) async throws(HistoryError) -> [Notice] {
    let most = limit + unwritten.finishedCount(of: channel)
    let written = try await records.waitingNotices(of: channel, limit: most)
    return Array(unwritten.applied(to: written, of: channel).prefix(limit))
  }

  func delivery(to channel: String) async throws(HistoryError) -> ChannelDelivery {
    unwritten.applied(to: try await records.delivery(to: channel), of: channel)
  }

  func finishedNotices(limit: Int) async throws(HistoryError) -> [FinishedNotice] {
    try await records.finishedNotices(limit: limit)
  }
}
