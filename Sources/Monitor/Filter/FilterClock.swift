package import Health
internal import HeapModule

/// Knows when a number may start or stop passing a filter only because time passes.
///
/// One entry per number is valid. It may be too early, because a reading delays the real moment.
package struct FilterClock: Sendable {
  private let limits: [Limit]
  private var entries = Heap<Entry>()
  /// The valid entry of each place.
  private var expected: [Moment?] = []

  /// An age at which a comparison changes its result.
  fileprivate struct Limit: Sendable {
    let field: FilterField
    let age: Duration
  }

  private struct Entry: Comparable, Sendable {
    let moment: Moment
    let place: Int

    static func < (left: Self, right: Self) -> Bool { left.moment < right.moment }
  }

  package init(_ expression: FilterExpression) {
    limits = expression.parts.compactMap { part in
      switch part {
      case .flag(.new): Limit(field: .since, age: FilterFlag.noveltyEnds)
      case .field(let test): Limit(test)
      default: nil
      }
    }
  }

  /// Whether the filter depends on time.
  var isNeeded: Bool { !limits.isEmpty }

  package var next: Moment? { entries.min?.moment }

  /// Schedules the next change of a number.
  package mutating func expect(_ record: FilterMatcher.Record, at place: Int, after now: Moment) {
    guard isNeeded else { return }
    let moments = limits.compactMap { limit in
      limit.field.moment(of: record).map { $0 + limit.age }
    }
    guard let moment = moments.filter({ $0 > now }).min() else { return }
    while expected.count <= place { expected.append(nil) }
    if let former = expected[place], former <= moment { return }
    expected[place] = moment
    entries.insert(Entry(moment: moment, place: place))
  }

  /// The numbers that are due; each must be matched and scheduled again.
  package mutating func due(at now: Moment) -> Set<Int> {
    var places: Set<Int> = []
    while let entry = entries.min, entry.moment <= now {
      entries.removeMin()
      guard expected[entry.place] == entry.moment else { continue }
      expected[entry.place] = nil
      places.insert(entry.place)
    }
    return places
  }
}

extension FilterClock.Limit {
  init?(_ test: FilterTest) {
    guard case .ages(let order, let age) = test.comparison else { return nil }
    field = test.field
    // "More than" and "at most" change just after the age itself.
    let turnsAfter = order == .greater || order == .atMost
    self.age = turnsAfter ? age + .nanoseconds(1) : age
  }
}

// Always equal: the schedule is not part of a list's value.
extension FilterClock: Equatable {
  package static func == (left: Self, right: Self) -> Bool { true }
}
