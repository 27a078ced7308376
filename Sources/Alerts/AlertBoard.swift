import Health
import Monitor

import struct FoundationEssentials.Date

/// What lasts at one moment, and whom it may be told to.
struct AlertBoard: Sendable {
  struct Candidate: Sendable {
    let alert: Alert
    let rank: Int
    /// Whoever polls this account tells it.
    let account: String
    /// All numbers that it hits are muted, or all that may send the templates that it hits.
    let isMuted: Bool
    /// All numbers that it hits flap, so it may come and go: nothing is told of it until they are steady.
    let isFlapping: Bool
    /// The receivers whose filters one of these numbers passes.
    let receivers: Set<String>

    var key: String { alert.cause.key }
  }

  let now: Moment
  let candidates: [String: Candidate]
  let ended: [String: TrackedIncident]
  /// The accounts that are polled somewhere.
  let accounts: Set<String>
  /// The accounts that are polled here; nil means all.
  let polled: Set<String>?

  /// - Parameters:
  ///   - contents: What lasts.
  ///   - fleet: The numbers and templates.
  ///   - notes: What operators said.
  ///   - filters: Those of the receivers, by their names.
  ///   - polled: The accounts that are polled here; nil means all.
  ///   - now: The time.
  init(
    _ contents: AlertInbox.Contents,
    in fleet: Fleet,
    _ notes: OperatorNotes,
    filters: [String: Filter],
    polled: Set<String>?,
    at now: Moment
  ) {
    self.now = now
    self.polled = polled
    ended = contents.ended
    accounts = Set(fleet.accounts.map(\.account.name))
    let acknowledged = Set(notes.acknowledgements.compactMap { $0.cause?.key })
    let incidents = contents.open.values.compactMap {
      Candidate($0, in: fleet, acknowledged: acknowledged, filters: filters, at: now)
    }
    let flapping = contents.flapping.compactMap { number, start in
      fleet[number].map {
        Candidate(flapping: $0, since: start, in: fleet, filters: filters, at: now)
      }
    }
    candidates = Dictionary((incidents + flapping).map { ($0.key, $0) }, uniquingKeysWith: { $1 })
  }

  /// Whether it is for this process to tell of an account; if nobody polls it any more, it is for all.
  func tells(of account: String) -> Bool {
    guard let polled else { return true }
    return polled.contains(account) || !accounts.contains(account)
  }

  /// What may be told to a receiver, the oldest first.
  func candidates(for receiver: String) -> [Candidate] {
    candidates.values.filter { $0.receivers.contains(receiver) && tells(of: $0.account) }
      .sorted { ($0.alert.start, $0.key) < ($1.alert.start, $1.key) }
  }
}

extension AlertBoard.Candidate {
  /// Nil for one of which nobody knows by whose polls it was found out.
  fileprivate init?(
    _ incident: TrackedIncident,
    in fleet: Fleet,
    acknowledged: Set<String>,
    filters: [String: Filter],
    at now: Moment
  ) {
    // The same for every process, although each saw the numbers in an order of its own.
    guard let account = incident.accounts.min() else { return nil }
    let present = incident.present
    let records = fleet.records(concernedBy: present)
    alert = Alert(incident, in: fleet, acknowledged: acknowledged)
    rank = incident.worst.rank
    self.account = account
    isMuted = !records.isEmpty && records.allSatisfy { $0.marks.contains(.muted) }
    // A template is as it is, whatever its numbers do.
    isFlapping =
      !records.isEmpty && records.allSatisfy(\.polls.isFlapping)
      && present.allSatisfy { $0.number != nil }
    receivers = Self.receivers(of: records, in: fleet, filters, now)
  }

  fileprivate init(
    flapping record: NumberRecord,
    since start: Date,
    in fleet: Fleet,
    filters: [String: Filter],
    at now: Moment
  ) {
    alert = Alert(flapping: record, since: start, in: fleet)
    rank = record.rankingState.rank
    account = record.number.account
    isMuted = record.marks.contains(.muted)
    isFlapping = false
    receivers = Self.receivers(of: [record], in: fleet, filters, now)
  }

  private static func receivers(
    of records: [NumberRecord],
    in fleet: Fleet,
    _ filters: [String: Filter],
    _ now: Moment
  ) -> Set<String> {
    let passing = filters.filter { _, filter in
      filter.isEmpty || records.contains { filter.passes($0, in: fleet, at: now) }
    }
    return Set(passing.keys)
  }
}

extension HealthState {
  /// Higher is worse.
  fileprivate var rank: Int { Int(UInt8.max) - Int(rawValue) }
}
