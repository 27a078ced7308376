internal import HashTreeCollections
import Health

/// The causes of the bad numbers, worst first; an update costs as much as the numbers that change.
///
/// Updates also return which numbers changed their state: events are made from these.
package struct CauseIndex: Sendable {
  /// One number's contribution.
  struct Share: Equatable {
    var isPolled = false
    var state = HealthState.unknown
    /// The headline first.
    var ties: [Tie] = []
    /// Of the state; nil before the first.
    var since: Moment?
    /// What was told of the number before this run polled it.
    var told: ToldState?
  }

  struct Tie: Equatable {
    let id: CauseID
    let severity: Severity
  }

  var shares = PagedArray<Share>()
  /// For each place, the slot of the main cause, so that grouping numbers is fast.
  var headlines: [Int32] = []
  var ids: [PhoneNumber.ID] = []
  var slots: TreeDictionary<CauseID, Int> = [:]
  var entries = PagedArray<Entry>()
  var free: [Int] = []
  /// Slots of causes that WhatsApp reports, worst first.
  var sorted: [Int32] = []
  var criticalCount = 0
  /// Slots of failing polls.
  var pollingSlots: Set<Int> = []
  var numbersOfAccount: [String: Int] = [:]
  package var templates = TemplateTroubles()
  /// Few; rebuilt whenever one of their accounts or numbers changes.
  var polling: [RankedCause] = []
  package var troubles = PollingTroubles()
  var pollingIsCurrent = true

  static let none: Int32 = -1

  package init() {}

  /// How many lines of causes there are.
  package var count: Int { sorted.count + templates.troubles.count + polling.count }

  package func count(of group: RankedCause.Group) -> Int {
    switch group {
    case .critical: criticalCount
    case .warning: sorted.count - criticalCount + templates.troubles.count
    case .polling: polling.count
    }
  }

  package func numbers(of account: String) -> Int { numbersOfAccount[account] ?? 0 }

  /// The numbers that a cause explains.
  package func crowd(of id: CauseID) -> RankedNumbers {
    switch id {
    case .entity, .signal, .account: return slots[id].map { entries[$0].crowd } ?? RankedNumbers()
    case .provider, .offline: return RankedNumbers(union: parts(of: id).map(\.crowd))
    case .templates: return RankedNumbers()
    }
  }

  /// The first few of the numbers that a cause explains, the worst first.
  package func places(of id: CauseID, first limit: Int) -> [Int] {
    switch id {
    case .provider, .offline:
      let first = parts(of: id).map { $0.crowd.prefix(limit) }
      return Array(RankedNumbers(union: first).places.prefix(limit))
    case .entity, .signal, .account, .templates: return Array(crowd(of: id).places.prefix(limit))
    }
  }

  /// The accounts' troubles that make up a provider's or a general one.
  private func parts(of id: CauseID) -> [Entry] {
    pollingSlots.map { entries[$0] }.filter { polling($0.id, isPartOf: id) }
  }

  /// The causes of one number, the headline first.
  package func causes(at place: Int) -> [CauseID] {
    shares.indices.contains(place) ? shares[place].ties.map(\.id) : []
  }

  /// The slot of a number's main cause; nil if it has none.
  package func headline(at place: Int) -> Int? {
    guard headlines.indices.contains(place), headlines[place] >= 0 else { return nil }
    return Int(headlines[place])
  }

  /// One more than the last slot.
  package var slotCount: Int { entries.count }

  /// Whether a number would be less bad without a cause.
  package func isSole(_ id: CauseID, at place: Int) -> Bool {
    guard shares.indices.contains(place), let sole = Self.sole(shares[place].ties) else {
      return false
    }
    return troubles.whole(of: sole.id) == id
  }

  private func polling(_ part: CauseID, isPartOf whole: CauseID) -> Bool {
    guard case .account(let name, let trouble) = part else { return false }
    switch whole {
    case .offline: return trouble == .unreachable
    case .provider(let provider, let common):
      return trouble == common && troubles.providers[name] == provider
    default: return false
    }
  }
}
