package import Health

import struct FoundationEssentials.Date

/// In which states a number was within a window, and when nobody looked.
///
/// Engines find the transitions and the coverage; what follows from them is computed here, the same
/// for all.
package struct StateLine: Hashable, Sendable {
  /// From `from` until `to`, in milliseconds since 1970.
  package struct Segment: Hashable, Sendable {
    package let state: HealthState
    package let from: Int
    package let to: Int
  }

  /// From when on a number is in a state, or in none.
  package struct Point: Hashable, Sendable {
    package let at: Int
    package let state: HealthState?

    package init(at: Int, state: HealthState?) {
      self.at = at
      self.state = state
    }
  }

  package let window: Range<Int>
  /// In order, without overlap; what lies between them is not known.
  package private(set) var segments: [Segment] = []

  /// - Parameters:
  ///   - points: In the order of time, with the last one before the window.
  ///   - coverage: In order, without overlap.
  ///   - window: Of which it is, in milliseconds since 1970.
  package init(
    _ points: some Collection<Point>,
    covered coverage: [Range<Int>],
    in window: Range<Int>
  ) {
    self.window = window
    var first = 0
    var index = points.startIndex
    while index != points.endIndex {
      let point = points[index]
      points.formIndex(after: &index)
      let end = index == points.endIndex ? window.upperBound : points[index].at
      guard let state = point.state else { continue }
      let span = (from: max(point.at, window.lowerBound), to: min(end, window.upperBound))
      guard span.from < span.to else { continue }
      while first < coverage.count, coverage[first].upperBound <= span.from { first += 1 }
      append(state, span.from, span.to, coverage[first...])
    }
  }

  private mutating func append(
    _ state: HealthState,
    _ from: Int,
    _ to: Int,
    _ coverage: ArraySlice<Range<Int>>
  ) {
    for covered in coverage {
      guard covered.lowerBound < to else { break }
      let (start, end) = (max(from, covered.lowerBound), min(to, covered.upperBound))
      guard start < end else { continue }
      if let last = segments.last, last.state == state, last.to == start {
        segments[segments.count - 1] = Segment(state: state, from: last.from, to: end)
      } else {
        segments.append(Segment(state: state, from: start, to: end))
      }
    }
  }

  package var times: StateTimes {
    var times = StateTimes()
    for segment in segments {
      times.add(milliseconds: segment.to - segment.from, in: segment.state)
    }
    return times
  }

  /// The oldest first, each the worst of its share of the window; nil where nothing is known.
  package func worst(in cells: Int) -> [HealthState?] {
    var worst = [HealthState?](repeating: nil, count: max(cells, 0))
    guard cells > 0, !window.isEmpty else { return worst }
    for segment in segments {
      for cell in cell(of: segment.from, cells)...cell(of: segment.to - 1, cells) {
        worst[cell] = min(worst[cell] ?? segment.state, segment.state)
      }
    }
    return worst
  }

  private func cell(of moment: Int, _ cells: Int) -> Int {
    (moment - window.lowerBound) * cells / window.count
  }
}

extension Range<Date> {
  package var milliseconds: Range<Int> { lowerBound.milliseconds..<upperBound.milliseconds }
}

extension [Range<Int>] {
  /// In order and without overlap.
  package var merged: Self {
    var merged: Self = []
    for range in sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}
