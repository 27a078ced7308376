import Health
import History
import Monitor

import struct FoundationEssentials.Date

/// What became of a trouble that was told.
enum Fate: Sendable {
  case lasts(AlertBoard.Candidate)
  case over(Date)
  /// Nobody knows, or it may come back soon.
  case unknown
}

/// Finds out what became of troubles that were told, by this process or by others.
actor Fates {
  /// What nobody knows anything of is over after this time.
  private static let patience = Duration.seconds(600)

  private let monitor: FleetMonitor
  /// Since when nobody knew anything of incidents.
  private var unknown: [String: Moment] = [:]
  /// The numbers that flapped in this run.
  private var flapped: Set<String> = []

  init(_ monitor: FleetMonitor) { self.monitor = monitor }

  func fate(
    of told: ToldTrouble,
    on board: AlertBoard,
    in store: AlertStore
  ) async throws(HistoryError) -> Fate {
    if told.isOfFlapping { return await fateOfFlapping(told, on: board) }
    let candidate = board.candidates[told.key]
    if let candidate, candidate.alert.id == told.incident { return .lasts(candidate) }
    let ended = try await end(of: told.incident, on: board, in: store)
    if let candidate {
      // What goes on where another process left off, or in numbers that flap, is the same.
      guard let ended, candidate.alert.start > ended.date, !candidate.isFlapping else {
        return .lasts(candidate)
      }
      return .over(ended.date)
    }
    guard let ended else { return fateOfUnknown(told, at: board.now) }
    let isSteady = await monitor.read { fleet in
      ended.numbers.isEmpty || ended.numbers.contains { fleet[$0]?.polls.isFlapping != true }
    }
    return isSteady ? .over(ended.date) : .unknown
  }

  /// When an incident ended and which numbers it hit last; nil while it lasts, or nobody knows.
  private func end(
    of incident: String,
    on board: AlertBoard,
    in store: AlertStore
  ) async throws(HistoryError) -> (date: Date, numbers: [PhoneNumber.ID])? {
    if let known = board.ended[incident], let end = known.end {
      return (end, known.present.compactMap(\.number))
    }
    guard let known = try await store.incidents.incident(incident), let end = known.end else {
      return nil
    }
    let last = known.victims.filter { $0.left == nil || $0.left == end }
    return (end, last.compactMap(\.subject.number))
  }

  private func fateOfFlapping(_ told: ToldTrouble, on board: AlertBoard) async -> Fate {
    if let candidate = board.candidates[told.key] {
      flapped.insert(told.key)
      return .lasts(candidate)
    }
    guard let victim = Alert(body: told.body)?.victims.first else { return .over(board.now.date) }
    let number = PhoneNumber.ID(account: victim.account, target: victim.target)
    let now = board.now
    let isSteady = await monitor.read { fleet in
      guard let record = fleet[number] else { return fleet.condition(of: number.account) == nil }
      return !record.polls.isFlapping
    }
    guard isSteady else { return .unknown }
    // A new run knows nothing of former polls, so it takes a while until a number flaps again.
    guard flapped.contains(told.key) else { return fateOfUnknown(told, at: now) }
    return .over(now.date)
  }

  private func fateOfUnknown(_ told: ToldTrouble, at now: Moment) -> Fate {
    // Kept for the other channels, which find out after this one.
    let since = unknown[told.incident] ?? now
    unknown[told.incident] = since
    return now - since >= Self.patience ? .over(now.date) : .unknown
  }
}
