import Health
import Monitor

/// Decides which groups get their own line if lines are limited.
///
/// Every provider has at least one line. Groups in trouble get their own lines first, worst first;
/// then all groups of a provider, if they fit. A provider's other groups share one row, so no
/// number is missing. The order of rows never changes.
package struct MarkRows: Hashable, Sendable {
  package private(set) var rows: [MarkRow] = []

  /// - Parameters:
  ///   - index: Has the groups.
  ///   - marksPerLine: The number of marks in a line.
  ///   - limit: The available lines, exceeded only if the minimum needs more.
  package init(_ index: TileIndex, marksPerLine: Int, limit: Int) {
    let width = max(marksPerLine, 1)
    var crowds = index.providers.filter { $0.tally.total > 0 }
      .stablySorted { $0.rank < $1.rank }
      .map { Crowd(provider: $0, shown: $0.groups.filter { index.groups[$0].tally.total > 0 }) }
    var left = limit - Self.fewestLines(index, marksPerLine: width)
    for candidate in Self.troubled(crowds, index, limit: left) {
      let tally = index.groups[candidate.group].tally
      guard crowds[candidate.crowd].isCrowd else { continue }
      let cost = crowds[candidate.crowd].cost(without: tally, width)
      guard cost <= left else { continue }
      left -= cost
      crowds[candidate.crowd].release(candidate.group, tally)
    }
    for place in crowds.indices where left > 0 {
      var whole = crowds[place]
      // Each row is at least one line, so there is no need to check a thousand groups.
      guard whole.shown.count <= left + whole.lines(index, width) else { continue }
      let before = whole.lines(index, width)
      for group in whole.shown { whole.release(group, index.groups[group].tally) }
      let cost = whole.lines(index, width) - before
      guard cost <= left else { continue }
      left -= cost
      crowds[place] = whole
    }
    rows = crowds.flatMap { $0.rows(index, width) }
  }

  /// Whether every group has its own row of one line.
  package var isSpacious: Bool {
    rows.allSatisfy { row in
      if case .group = row.title { row.lines == 1 } else { false }
    }
  }

  package var lines: Int { rows.reduce(0) { $0 + $1.lines } }

  /// The minimum of lines for all numbers.
  package static func fewestLines(_ index: TileIndex, marksPerLine: Int) -> Int {
    index.providers.reduce(0) { $0 + MarkRow.lines(of: $1.tally, marksPerLine) }
  }

  private struct Candidate {
    let crowd: Int
    let group: Int
    let urgency: UInt64
    /// The order in its provider: among equals, every provider's first group comes before any
    /// second one.
    let ordinal: Int

    func precedes(_ other: Candidate) -> Bool {
      urgency != other.urgency ? urgency > other.urgency : ordinal < other.ordinal
    }
  }

  /// As many groups as could get a line, worst first.
  private static func troubled(_ crowds: [Crowd], _ index: TileIndex, limit: Int) -> [Candidate] {
    let limit = max(limit, 0)
    var worst: [Candidate] = []
    for (crowd, provider) in crowds.enumerated() {
      for (ordinal, group) in provider.shown.enumerated() {
        let tally = index.groups[group].tally
        guard tally.isShape else { continue }
        let candidate = Candidate(
          crowd: crowd,
          group: group,
          urgency: tally.urgency,
          ordinal: ordinal
        )
        if worst.count == limit, worst.last.map({ !candidate.precedes($0) }) ?? true { continue }
        worst.insert(candidate, at: worst.firstIndex { candidate.precedes($0) } ?? worst.count)
        if worst.count > limit { worst.removeLast() }
      }
    }
    return worst
  }
}

/// The groups of a provider, and those with their own row.
private struct Crowd {
  let provider: ProviderMarks
  let shown: [Int]
  private var apart: Set<Int> = []
  private var rest: Tally

  init(provider: ProviderMarks, shown: [Int]) {
    self.provider = provider
    self.shown = shown
    rest = provider.tally
  }

  var isCrowd: Bool { shown.count - apart.count > 1 }

  /// How many more lines are needed if a group gets its own row.
  func cost(without part: Tally, _ width: Int) -> Int {
    let own = MarkRow.lines(of: part, width)
    return own + MarkRow.lines(of: rest - part, width) - MarkRow.lines(of: rest, width)
  }

  mutating func release(_ group: Int, _ part: Tally) {
    if apart.insert(group).inserted { rest = rest - part }
  }

  func lines(_ index: TileIndex, _ width: Int) -> Int {
    apart.reduce(MarkRow.lines(of: rest, width)) { lines, group in
      lines + MarkRow.lines(of: index.groups[group].tally, width)
    }
  }

  func rows(_ index: TileIndex, _ width: Int) -> [MarkRow] {
    let own = shown.filter(apart.contains).map { group in
      row(.group(group), index.groups[group].tally, width)
    }
    guard rest.total > 0 else { return own }
    let count = shown.count - apart.count
    let only = count == 1 ? shown.first { !apart.contains($0) } : nil
    let title = only.map(MarkRow.Title.group) ?? (apart.isEmpty ? .all(count) : .others(count))
    return own + [row(title, rest, width)]
  }

  private func row(_ title: MarkRow.Title, _ tally: Tally, _ width: Int) -> MarkRow {
    MarkRow(provider: provider.name, title: title, tally: tally, marksPerLine: width)
  }
}

extension Tally {
  /// Whether something is blocked, or many numbers are bad, so that a separate row would show a
  /// pattern.
  fileprivate var isShape: Bool {
    let notWell = total - self[.available]
    return self[.blocked] + self[.critical] > 0 || notWell * 4 >= max(total, 1)
  }

  /// Higher with more numbers in worse states; for healthy groups, higher with their size.
  fileprivate var urgency: UInt64 {
    let parts = [
      self[.blocked] + self[.critical], self[.limited] + self[.warning],
      self[.unknown] + self[.stale], total,
    ]
    return parts.reduce(0) { $0 << 16 | UInt64(min($1, 0xFFFF)) }
  }
}
