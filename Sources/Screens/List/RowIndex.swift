import Health
import Monitor

/// The numbers in the order of the list, and those of them that the filter lets through.
///
/// A number that changes is taken out and put back by binary search; only another order, another filter
/// or numbers that go away look at all of them. Time alone costs only the numbers whose turn it is. Rows are places in the fleet's records.
package struct RowIndex: Equatable, Sendable {
  private var order = SortOrder.standard
  private var filter = RowFilter()
  /// The filter may look at more than a row's texts and its state.
  private(set) var looksFurther = false
  private var clock = FilterClock(.all([]))
  /// The key by which each record stands where it stands.
  private var keys: [RowKey] = []
  private var texts: [SearchText] = []
  /// Of the texts, so that they are made again only when they differ.
  private var prints: [Int] = []
  private var sorted: [Int32] = []
  /// Nil while the filter lets all through.
  private var passing: [Int32]?

  package init() {}

  /// How many rows the list has.
  package var count: Int { visible.count }

  /// How many there would be without the filter.
  package var total: Int { sorted.count }

  /// The place in the fleet's records of the number in a row.
  package subscript(row: Int) -> Int { Int(visible[row]) }

  /// The number of a row as lists show it: kept, since to make it takes longer than to draw it.
  package func displayNumber(row: Int) -> String { keys[Int(visible[row])].number }

  /// When the filter next lets a number in or puts one out by itself; nil when never.
  var nextTurn: Moment? { clock.next }

  private var visible: [Int32] { passing ?? sorted }

  /// The row of a record; nil while the filter hides it.
  package func row(of record: Int) -> Int? {
    guard keys.indices.contains(record) else { return nil }
    let row = lowerBound(of: keys[record], in: visible)
    return row < visible.count && visible[row] == record ? row : nil
  }
}

// What changes it.
extension RowIndex {
  /// Takes in the numbers that are new or have changed, in the order of their places.
  mutating func update(_ places: some Collection<Int>, of fleet: Fleet, at now: Moment) {
    let matcher = FilterMatcher(fleet: fleet, now: now)
    for place in places where place < fleet.records.count {
      // A record is large: it is looked at where it lies.
      fleet.records.withElement(at: place) { record in
        let print = SearchText.fingerprint(of: record.pointee, in: fleet)
        if place == keys.count {
          append(record, print, matcher)
        } else {
          replace(place, record, print, matcher)
        }
      }
    }
  }

  /// Follows the fleet where numbers went away and others came to their places.
  ///
  /// - Parameters:
  ///   - replaced: Places that mean another number than before.
  ///   - count: How many numbers there are.
  ///   - fleet: As it is now.
  ///   - now: What ages are counted to.
  mutating func follow(_ replaced: Set<Int>, to count: Int, of fleet: Fleet, at now: Moment) {
    let known = replaced.filter { $0 < min(count, keys.count) }
    guard known.count + keys.count - count < Self.fewEnough else {
      return rebuild(from: fleet, at: now)
    }
    // All are taken out first: the key of a number may stand at two places meanwhile.
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

  /// More than these are sorted faster all at once.
  private static let fewEnough = 500

  private mutating func takeOut(_ place: Int) {
    if passing != nil, let row = row(of: place) { passing?.remove(at: row) }
    sorted.remove(at: lowerBound(of: keys[place], in: sorted))
  }

  /// Looks at all numbers again.
  mutating func rebuild(from fleet: Fleet, at now: Moment) {
    keys = fleet.records.map { RowKey($0, column: order.column) }
    texts = fleet.records.map { SearchText($0, in: fleet) }
    prints = fleet.records.map { SearchText.fingerprint(of: $0, in: fleet) }
    sortAll()
    pass(sorted, FilterMatcher(fleet: fleet, now: now))
  }

  /// Takes out the numbers that time alone may have let in or put out; each is to be updated.
  mutating func takeTurns(until now: Moment) -> Set<Int> { clock.due(at: now) }

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

  private mutating func replace(
    _ place: Int,
    _ record: FilterMatcher.Record,
    _ print: Int,
    _ matcher: FilterMatcher
  ) {
    let isSameText = prints[place] == print
    let key = RowKey(record.pointee, column: order.column, like: isSameText ? keys[place] : nil)
    let moves = key != keys[place]
    guard moves || !isSameText || looksFurther else { return }
    let former = passing == nil ? nil : row(of: place)
    if !isSameText {
      prints[place] = print
      texts[place] = SearchText(record.pointee, in: matcher.fleet)
    }
    let stays = passing != nil && passes(place, record, matcher)
    if let former, moves || !stays { passing?.remove(at: former) }
    if moves { sorted.remove(at: lowerBound(of: keys[place], in: sorted)) }
    keys[place] = key
    if moves { sorted.insert(Int32(place), at: lowerBound(of: key, in: sorted)) }
    if stays, moves || former == nil { admit(place) }
  }

  private mutating func append(
    _ record: FilterMatcher.Record,
    _ print: Int,
    _ matcher: FilterMatcher
  ) {
    let key = RowKey(record.pointee, column: order.column)
    let place = keys.count
    keys.append(key)
    prints.append(print)
    texts.append(SearchText(record.pointee, in: matcher.fleet))
    sorted.insert(Int32(place), at: lowerBound(of: key, in: sorted))
    if passing != nil, passes(place, record, matcher) { admit(place) }
  }

  private mutating func admit(_ place: Int) {
    guard let row = passing.map({ lowerBound(of: keys[place], in: $0) }) else { return }
    passing?.insert(Int32(place), at: row)
  }

  private mutating func passes(
    _ place: Int,
    _ record: FilterMatcher.Record,
    _ matcher: FilterMatcher
  ) -> Bool {
    clock.expect(record, at: place, after: matcher.now)
    return matcher.passes(filter, record, texts[place])
  }

  private mutating func sortAll() {
    var rows = keys.indices.map(Int32.init)
    keys.withUnsafeBufferPointer { keys in
      rows.sort { keys[Int($0)].precedes(keys[Int($1)], reversed: order.isReversed) }
    }
    sorted = rows
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

  /// The first row whose key does not stand before `key`.
  private func lowerBound(of key: RowKey, in rows: [Int32]) -> Int {
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
