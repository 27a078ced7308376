import Health
package import Monitor

/// The states of each WABA's numbers, updated with each reading, so that a frame need not read all
/// numbers.
///
/// Only numbers that pass the filter are counted.
package struct TileIndex: Sendable {
  package private(set) var groups: [MarkGroup] = []
  package private(set) var providers: [ProviderMarks] = []
  package private(set) var total = Tally()
  private var accounts: [(name: String, tally: Tally)] = []
  private var accountPlaces: [String: Int] = [:]
  /// By index of the fleet's records.
  private(set) var shares: [Share] = []
  /// The states of the shown numbers, by place, for fast passes.
  private(set) var shownStates: [UInt8] = []
  static let hidden = UInt8.max
  private var groupPlaces: [GroupKey: Int] = [:]

  /// One number's contribution.
  struct Share: Sendable {
    var group: Int32
    var account: Int32
    var state: HealthState
    var since: Moment
    var sinceIsLowerBound: Bool
    /// Whether operators have seen it, or muted it.
    var isQuiet: Bool
    var isShown: Bool
  }

  private struct GroupKey: Hashable {
    let provider: String
    let waba: String?
    let account: String
  }

  init() {}
}

// What changes it.
extension TileIndex {
  /// Updates new and changed numbers.
  ///
  /// - Parameters:
  ///   - places: Indices of the fleet's records.
  ///   - fleet: The new fleet.
  ///   - isShown: Whether a place passes the filter.
  mutating func update(
    _ places: some Collection<Int>,
    of fleet: Fleet,
    isShown: (Int) -> Bool
  ) {
    let records = fleet.records
    for place in places where place < records.count {
      while shares.count < place { append(shares.count, isShown, fleet) }
      if place == shares.count {
        append(place, isShown, fleet)
      } else {
        // A record is large, so it is read in place.
        records.withElement(at: place) { replace(place, $0, isShown(place), fleet) }
      }
    }
  }

  /// Rebuilds everything after places have moved or the filter changed.
  mutating func rebuild(from fleet: Fleet, isShown: (Int) -> Bool) {
    self = TileIndex()
    update(fleet.records.indices, of: fleet, isShown: isShown)
  }

  /// Shrinks after numbers were removed.
  mutating func follow(to length: Int) {
    while shares.count > length {
      count(shares.removeLast(), -1)
      shownStates.removeLast()
    }
  }

  /// Counts again for another filter.
  mutating func show(_ isShown: (Int) -> Bool) {
    for place in shares.indices {
      let shown = isShown(place)
      guard shown != shares[place].isShown else { continue }
      // Counted while it is shown: before it is hidden, or after.
      if shown { shares[place].isShown = true }
      count(shares[place], shown ? 1 : -1)
      shares[place].isShown = shown
      shownStates[place] = shown ? shares[place].state.rawValue : Self.hidden
    }
  }

  private mutating func append(_ place: Int, _ isShown: (Int) -> Bool, _ fleet: Fleet) {
    let shown = isShown(place)
    let share = fleet.records.withElement(at: place) { self.share(of: $0, shown, fleet) }
    shares.append(share)
    shownStates.append(shown ? share.state.rawValue : Self.hidden)
    count(share, 1)
  }

  private mutating func replace(
    _ place: Int,
    _ record: UnsafePointer<NumberRecord>,
    _ isShown: Bool,
    _ fleet: Fleet
  ) {
    let former = shares[place]
    guard !staysFine(record, former, isShown) else { return }
    let share = share(of: record, isShown, fleet)
    count(former, -1)
    shares[place] = share
    shownStates[place] = isShown ? share.state.rawValue : Self.hidden
    count(share, 1)
  }

  /// A fast path: nearly every reading repeats that nothing is wrong.
  private func staysFine(
    _ record: UnsafePointer<NumberRecord>,
    _ former: Share,
    _ isShown: Bool
  ) -> Bool {
    record.pointee.state == .available && former.state == .available
      && record.pointee.stateSince == former.since && former.isShown == isShown
      && accounts[Int(former.account)].name == record.pointee.number.account
      && groups[Int(former.group)].waba == record.pointee.report?.id(of: .waba)
  }

  private mutating func share(
    of record: UnsafePointer<NumberRecord>,
    _ isShown: Bool,
    _ fleet: Fleet
  ) -> Share {
    Share(
      group: group(of: record, fleet),
      account: account(named: record.pointee.number.account),
      state: record.pointee.state,
      since: record.pointee.stateSince,
      sinceIsLowerBound: record.pointee.sinceIsLowerBound,
      isQuiet: !record.pointee.marks.isEmpty,
      isShown: isShown
    )
  }

  private mutating func count(_ share: Share, _ change: Int) {
    guard share.isShown else { return }
    let group = Int(share.group)
    total[share.state] += change
    accounts[Int(share.account)].tally[share.state] += change
    groups[group].tally[share.state] += change
    providers[groups[group].providerPlace].tally[share.state] += change
  }

  private mutating func group(of record: UnsafePointer<NumberRecord>, _ fleet: Fleet) -> Int32 {
    let number = record.pointee.number
    let waba = record.pointee.report?.id(of: .waba)
    let account = waba == nil ? number.account : ""
    let key = GroupKey(provider: number.provider, waba: waba, account: account)
    if let place = groupPlaces[key] { return Int32(place) }
    let place = groups.count
    let provider = provider(named: key.provider, fleet)
    groups.append(MarkGroup(key.provider, waba: waba, account: number.account, provider))
    groupPlaces[key] = place
    let order = providers[provider].groups
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if groups[order[middle]].stands(before: groups[place]) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    providers[provider].groups.insert(place, at: low)
    return Int32(place)
  }

  private mutating func account(named name: String) -> Int32 {
    if let place = accountPlaces[name] { return Int32(place) }
    accounts.append((name, Tally()))
    accountPlaces[name] = accounts.count - 1
    return Int32(accounts.count - 1)
  }

  private mutating func provider(named name: String, _ fleet: Fleet) -> Int {
    if let place = providers.firstIndex(where: { $0.name == name }) { return place }
    let rank = fleet.accounts.firstIndex { $0.account.provider == name } ?? .max
    providers.append(ProviderMarks(name: name, rank: rank))
    return providers.count - 1
  }
}

// Queries of a frame.
extension TileIndex {
  /// How the numbers of an account are, as far as they are shown.
  func numbers(of account: String) -> Tally {
    accountPlaces[account].map { accounts[$0].tally } ?? Tally()
  }

  /// The number of WABAs with shown numbers.
  package var wabaCount: Int { groups.count { $0.waba != nil && $0.tally.total > 0 } }

  package var providerCount: Int { providers.count { $0.tally.total > 0 } }

  /// Whether a number passes the filter.
  func shows(_ place: Int) -> Bool {
    shownStates.indices.contains(place) && shownStates[place] != Self.hidden
  }
}
