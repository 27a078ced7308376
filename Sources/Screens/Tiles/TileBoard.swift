package import Health
package import Monitor

/// The numbers in trouble in the order of their tiles: grouped by cause, the cause with most
/// numbers first.
///
/// It needs one pass over all numbers, and a second one only over those that aren't fine.
package struct TileBoard: Sendable {
  package let critical: TileSection
  package let limited: TileSection
  /// Numbers with a warning because of a signal.
  package let atRisk: TileSection
  /// For each state, the number that has been in it longest.
  private var oldest: [Int32?]

  init(_ index: TileIndex, _ causes: CauseIndex) {
    var (critical, limited, atRisk) = ([Int32](), [Int32](), [Int32]())
    var oldest = [Int32?](repeating: nil, count: HealthState.allCases.count)
    let fine = HealthState.available.rawValue
    (self.critical, self.limited, self.atRisk) = index.shares.withUnsafeBufferPointer { shares in
      for (place, state) in index.shownStates.enumerated() where state < fine {
        if state < HealthState.limited.rawValue {
          critical.append(Int32(place))
        } else if state < HealthState.warning.rawValue {
          limited.append(Int32(place))
        } else if state < HealthState.unknown.rawValue {
          atRisk.append(Int32(place))
        }
        let former = oldest[Int(state)].map { shares[Int($0)].since }
        if former.map({ shares[place].since < $0 }) ?? true { oldest[Int(state)] = Int32(place) }
      }
      return (
        TileSection(critical, causes, shares), TileSection(limited, causes, shares),
        TileSection(atRisk, causes, shares)
      )
    }
    self.oldest = oldest
  }

  package subscript(kind: TileSection.Kind) -> TileSection {
    switch kind {
    case .critical: critical
    case .limited: limited
    case .atRisk: atRisk
    }
  }

  /// The number that has been in one of these states longest; not for healthy ones.
  func oldest(in states: [HealthState], _ index: TileIndex) -> TileIndex.Share? {
    states.compactMap { oldest[Int($0.rawValue)] }.map { index.shares[Int($0)] }
      .min { $0.since < $1.since }
  }
}

/// The tiles under one heading.
package struct TileSection: Sendable {
  package enum Kind: Hashable, Sendable, CaseIterable {
    case critical
    case limited
    /// A warning because of a signal, in contrast to the provider's LIMITED.
    case atRisk
  }

  /// Indices of the fleet's records.
  package let places: [Int32]
  /// The start of each cause's numbers.
  package let runs: [Int]

  package var count: Int { places.count }

  /// What operators have seen or muted comes last.
  ///
  /// - Parameters:
  ///   - unordered: The numbers in the order of the fleet.
  ///   - causes: Has the main cause of each.
  ///   - shares: Says what operators said about each.
  fileprivate init(
    _ unordered: [Int32],
    _ causes: CauseIndex,
    _ shares: UnsafeBufferPointer<TileIndex.Share>
  ) {
    let quiet = unordered.filter { shares[Int($0)].isQuiet }
    guard !quiet.isEmpty else {
      self.init(unordered, causes)
      return
    }
    let open = Self(unordered.filter { !shares[Int($0)].isQuiet }, causes)
    let last = Self(quiet, causes)
    self.init(
      places: open.places + last.places,
      runs: open.runs + last.runs.map { $0 + open.count }
    )
  }

  private init(places: [Int32], runs: [Int]) {
    self.places = places
    self.runs = runs
  }

  /// - Parameters:
  ///   - unordered: The numbers in the order of the fleet.
  ///   - causes: Has the main cause of each.
  private init(_ unordered: [Int32], _ causes: CauseIndex) {
    // Numbers without a cause come last.
    let none = causes.slotCount
    let headlines = unordered.map { causes.headline(at: Int($0)) ?? none }
    var sizes = Array(repeating: 0, count: unordered.isEmpty ? 0 : none + 1)
    for headline in headlines { sizes[headline] += 1 }
    // The largest first, then the one that was known first, packed into one word each for fast
    // sorting.
    let ranked = sizes.indices.filter { sizes[$0] > 0 }
      .map { sizes[$0] << 32 | (Int(Int32.max) - $0) }
      .sorted(by: >)
      .map { Int(Int32.max) - ($0 & 0xFFFF_FFFF) }
    var next = Array(repeating: 0, count: sizes.count)
    var starts: [Int] = []
    var start = 0
    for headline in ranked {
      starts.append(start)
      next[headline] = start
      start += sizes[headline]
    }
    var places = unordered
    for (headline, place) in zip(headlines, unordered) {
      places[next[headline]] = place
      next[headline] += 1
    }
    runs = starts
    self.places = places
  }

  /// The number of tiles: numbers, or causes if there are too many numbers.
  package func tileCount(grouped: Bool) -> Int { grouped ? runs.count : count }

  /// The range of a tile's numbers in `places`.
  package func tile(_ tile: Int, grouped: Bool) -> Range<Int> {
    guard grouped else { return tile..<(tile + 1) }
    return runs[tile]..<(tile + 1 < runs.count ? runs[tile + 1] : count)
  }

  /// The tile that contains a number.
  package func tile(holding index: Int, grouped: Bool) -> Int {
    guard grouped else { return index }
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle] <= index { low = middle } else { high = middle }
    }
    return low
  }
}

/// One line of the causes section.
package struct TileCause: Hashable, Sendable {
  package let cause: RankedCause
  /// The numbers that it hits.
  package let count: Int
  /// All numbers in the same state group.
  package let all: Int
  /// The numbers that would be fine without it.
  package let restores: Int
}

/// A figure: the count of numbers in some states, and the oldest of them.
package struct TileFigure: Hashable, Sendable {
  package let count: Int
  package let oldest: Moment?
  package let isLowerBound: Bool
}
