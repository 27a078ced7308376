import Health
import Monitor

/// The numbers in the order of the list, and those that pass the filter.
///
/// A changed number is moved by binary search. Only a new order, a new filter or removed numbers
/// need a pass over all. Time costs only the numbers that are due. Rows are indices of the fleet's
/// records.
package struct RowIndex: Equatable, Sendable {
  var order = SortOrder.standard
  private var filter = RowFilter()
  /// Whether the filter may depend on more than a row's texts and state.
  private(set) var looksFurther = false
  /// Whether a reading that repeats the last one may still move a row.
  var looksAtReadings: Bool {
    if case .measured = order.column.order { return true }
    return looksFurther
  }

  private var clock = FilterClock(.all([]))
  /// The sort key of each record.
  var keys: [RowKey] = []
  var texts: [SearchText] = []
  /// Fingerprints of the texts, which are made again only if they differ.
  var prints: [Int] = []
  var sorted: [Int32] = []
  /// Nil if all pass the filter.
  var passing: [Int32]?

  package init() {}

  /// The number of rows.
  package var count: Int { visible.count }

  /// The number of rows without the filter.
  package var total: Int { sorted.count }

  /// The fleet's index of a row's number.
  package subscript(row: Int) -> Int { Int(visible[row]) }

  /// The displayed number of a row, cached because making it takes longer than drawing it.
  package func displayNumber(row: Int) -> String { keys[Int(visible[row])].number }

  /// When a number next starts or stops passing the filter because of time; nil if never.
  var nextTurn: Moment? { clock.next }

  /// The fleet's indices of all rows, for passes over all.
  var places: [Int32] { visible }

  private var visible: [Int32] { passing ?? sorted }

  /// The row of a record; nil if the filter hides it.
  package func row(of record: Int) -> Int? {
    guard keys.indices.contains(record) else { return nil }
    let row = lowerBound(of: keys[record], in: visible)
    return row < visible.count && visible[row] == record ? row : nil
  }
}

extension RowIndex {
  /// How many numbers pass another filter, whether or not they are shown.
  func count(passing filter: Filter, _ fleet: Fleet, at now: Moment) -> Int {
    let matcher = FilterMatcher(fleet: fleet, now: now)
    return keys.indices.count { place in
      fleet.records.withElement(at: place) {
        matcher.passes(filter.expression, $0, texts[place])
      }
    }
  }
}

// What changes it.
extension RowIndex {
  /// Follows the fleet after numbers were removed and others moved to their places.
  ///
  /// - Parameters:
  ///   - replaced: Places with another number than before.
  ///   - count: The number of numbers now.
  ///   - fleet: The current fleet.
  ///   - now: What ages are counted to.
  mutating func follow(_ replaced: Set<Int>, to count: Int, of fleet: Fleet, at now: Moment) {
    let known = replaced.filter { $0 < min(count, keys.count) }
    guard known.count + keys.count - count < Self.fewEnough else {
      return rebuild(from: fleet, at: now)
    }
    // All are removed first, because a number's key may be at two places meanwhile.
    let (places, gone) = (known.sorted(), min(count, keys.count)..<keys.count)
    for place in places + gone { takeOut(place) }
    keys.removeLast(gone.count)
    texts.removeLast(gone.count)
    prints.removeLast(gone.count)
    let matcher = FilterMatcher(fleet: fleet, now: now)
    for place in places {
      fleet.records.withElement(at: place) { record in
        keys[place] = RowKey(record.pointee, column: order.column)
        texts[place] = SearchText(record.pointee, in: fleet)
        prints[place] = SearchText.fingerprint(of: record.pointee, in: fleet)
        sorted.insert(Int32(place), at: lowerBound(of: keys[place], in: sorted))
        if passing != nil, passes(place, record, matcher) { admit(place) }
      }
    }
  }

  /// With more changes, sorting all at once is faster.
  private static let fewEnough = 500

  private mutating func takeOut(_ place: Int) {
    if passing != nil, let row = row(of: place) { passing?.remove(at: row) }
    sorted.remove(at: lowerBound(of: keys[place], in: sorted))
  }

  /// Rebuilds everything.
  mutating func rebuild(from fleet: Fleet, at now: Moment) {
    keys = fleet.records.map { RowKey($0, column: order.column) }
    texts = fleet.records.map { SearchText($0, in: fleet) }
    prints = fleet.records.map { SearchText.fingerprint(of: $0, in: fleet) }
    sortAll()
    pass(sorted, FilterMatcher(fleet: fleet, now: now))
  }

  /// The numbers whose match may have changed because of time; each has to be updated.
  mutating func takeDue(until now: Moment) -> Set<Int> { clock.due(at: now) }

  mutating func sort(by order: SortOrder, _ fleet: Fleet, at now: Moment) {
    self.order = order
    keys = zip(fleet.records, keys).map { RowKey($0, column: order.column, like: $1) }
    sortAll()
    pass(sorted, FilterMatcher(fleet: fleet, now: now))
  }

  mutating func apply(_ filter: RowFilter, _ fleet: Fleet, at now: Moment) {
    let candidates = filter.narrows(self.filter) ? visible : sorted
    self.filter = filter
    looksFurther = filter.looksFurther
    pass(candidates, FilterMatcher(fleet: fleet, now: now))
  }

  private mutating func admit(_ place: Int) {
    guard let row = passing.map({ lowerBound(of: keys[place], in: $0) }) else { return }
    passing?.insert(Int32(place), at: row)
  }

  mutating func passes(
    _ place: Int,
    _ record: FilterMatcher.Record,
    _ matcher: FilterMatcher
  ) -> Bool {
    clock.expect(record, at: place, after: matcher.now)
    return matcher.passes(filter, record, texts[place])
  }

  private mutating func sortAll() {
    var rows = keys.indices.map(Int32.init)
    sort(&rows)
    sorted = rows
  }

  func sort(_ rows: inout [Int32]) {
    keys.withUnsafeBufferPointer { keys in
      rows.sort { keys[Int($0)].precedes(keys[Int($1)], reversed: order.isReversed) }
    }
  }

  private mutating func pass(_ candidates: [Int32], _ matcher: FilterMatcher) {
    var clock = FilterClock(filter.filter.expression)
    defer { self.clock = clock }
    guard !filter.isEmpty else {
      passing = nil
      return
    }
    let (filter, texts) = (filter, texts)
    let records = matcher.fleet.records
    passing = candidates.filter { row in
      let place = Int(row)
      return records.withElement(at: place) { record in
        clock.expect(record, at: place, after: matcher.now)
        return matcher.passes(filter, record, texts[place])
      }
    }
  }

  /// The first row whose key is not less than `key`.
  func lowerBound(of key: RowKey, in rows: [Int32]) -> Int {
    keys.withUnsafeBufferPointer { keys in
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if keys[Int(rows[middle])].precedes(key, reversed: order.isReversed) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
  }
}
