package import Health

/// The numbers in trouble in the order of their tiles: those of one cause together, the cause with the
/// most numbers first.
package struct TileBoard: Sendable {
  package let critical: TileSection
  package let limited: TileSection

  init(_ index: TileIndex) {
    var (critical, limited) = ([Int32](), [Int32]())
    for (place, share) in index.shares.enumerated() where share.isShown && share.state.isProblem {
      if share.state < .limited {
        critical.append(Int32(place))
      } else {
        limited.append(Int32(place))
      }
    }
    self.critical = TileSection(critical, index)
    self.limited = TileSection(limited, index)
  }

  package subscript(kind: TileSection.Kind) -> TileSection {
    kind == .critical ? critical : limited
  }
}

/// The tiles under one heading.
package struct TileSection: Sendable {
  package enum Kind: Hashable, Sendable, CaseIterable {
    case critical
    case limited
  }

  /// In the fleet's records.
  package let places: [Int32]
  /// Where the numbers of each cause begin.
  package let runs: [Int]

  package var count: Int { places.count }

  /// - Parameters:
  ///   - unordered: In the order of the fleet.
  ///   - index: What knows their causes.
  init(_ unordered: [Int32], _ index: TileIndex) {
    let headlines = unordered.map { index.shares[Int($0)].causes.first ?? -1 }
    var sizes: [Int32: Int] = [:]
    for headline in headlines { sizes[headline, default: 0] += 1 }
    let ranked = sizes.sorted { left, right in
      left.value != right.value ? left.value > right.value : left.key < right.key
    }
    var start = 0
    var next: [Int32: Int] = [:]
    runs = ranked.map { headline, size in
      next[headline] = start
      start += size
      return start - size
    }
    var places = unordered
    for (headline, place) in zip(headlines, unordered) {
      places[next[headline, default: 0]] = place
      next[headline, default: 0] += 1
    }
    self.places = places
  }

  /// The tiles that there are: numbers, or causes where there are too many numbers.
  package func tiles(grouped: Bool) -> [Range<Int>] {
    guard grouped else { return places.indices.map { $0..<($0 + 1) } }
    return runs.indices.map { run in
      runs[run]..<(run + 1 < runs.count ? runs[run + 1] : places.count)
    }
  }
}

/// One line of what broke it.
package struct TileCause: Hashable, Sendable {
  package let incident: Incident
  /// The numbers that it hits.
  package let count: Int
  /// The numbers that are as bad as it makes them.
  package let all: Int
  /// The numbers that would be fine without it.
  package let restores: Int
  /// It may be older: it was there when this run first looked.
  package let sinceIsLowerBound: Bool
}

/// A figure of the wall: the numbers in some states, and the oldest of them.
package struct TileFigure: Hashable, Sendable {
  package let count: Int
  package let oldest: Moment?
  package let isLowerBound: Bool
}
