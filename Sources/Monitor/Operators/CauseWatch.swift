import Health

/// Whether an acknowledged cause is over.
///
/// A cause that hits no number any more may only be out of sight: its numbers are stale or unknown.
/// It is over when each of them had a usable answer.
struct CauseWatch: Sendable {
  /// Whether the cause was there in this run.
  private(set) var wasSeen = false
  /// Some of the numbers that have to answer.
  private var awaited: Set<PhoneNumber.ID> = []

  /// Looks at the cause as it is now.
  ///
  /// - Parameters:
  ///   - id: The cause.
  ///   - situation: The numbers and their causes.
  ///   - isSettled: Whether every number had the time for an answer in this run.
  /// - Returns: Whether it is over.
  mutating func isOver(
    _ id: CauseID,
    in situation: OperatorIndex.Situation,
    isSettled: Bool
  ) -> Bool {
    let fleet = situation.fleet
    guard !situation.causes.isThere(id, in: fleet) else {
      wasSeen = true
      return false
    }
    guard wasSeen || isSettled else { return false }
    // All numbers are looked at only when these are found.
    awaited = awaited.filter { fleet[$0].map { fleet.maySuffer($0, from: id) } ?? false }
    if awaited.isEmpty { awaited = fleet.numbersOutOfSight(of: id) }
    return awaited.isEmpty
  }
}

extension CauseIndex {
  /// Whether a cause is there.
  ///
  /// Polls that fail in another way than before are no recovery either.
  fileprivate func isThere(_ id: CauseID, in fleet: Fleet) -> Bool {
    if row(of: id) != nil { return true }
    switch id {
    case .account(let name, _): return isFailing(name, in: fleet)
    case .provider(let provider, _):
      return fleet.accounts.contains {
        $0.account.provider == provider && isFailing($0.account.name, in: fleet)
      }
    case .entity, .signal, .offline, .templates: return false
    }
  }
}

extension CauseIndex {
  /// Whether polls of an account, or of one of its numbers, fail.
  private func isFailing(_ account: String, in fleet: Fleet) -> Bool {
    if fleet.condition(of: account)?.failure != nil { return true }
    return pollingSlots.contains { slot in
      if case .account(account, _) = entries[slot].id { true } else { false }
    }
  }
}

extension Fleet {
  /// The numbers that may still be hit by a cause, although no valid answer says so.
  fileprivate func numbersOutOfSight(of id: CauseID) -> Set<PhoneNumber.ID> {
    guard !id.isPolling, counts[.unknown] + counts[.stale] > 0 else { return [] }
    return Set(records.lazy.filter { maySuffer($0, from: id) }.map(\.id))
  }

  /// Whether nothing is known of a number now, but a cause hit it when something was.
  fileprivate func maySuffer(_ record: NumberRecord, from id: CauseID) -> Bool {
    guard record.isOutOfSight else { return false }
    return record.lastKnownCauses.contains(id)
      || entityTable.causes(of: record.report, from: record.reportMoment)
        .contains { record.id(of: $0) == id }
  }
}

extension NumberRecord {
  /// Whether nothing is known about it now.
  var isOutOfSight: Bool { state == .unknown || state == .stale }
}
