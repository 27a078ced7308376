import Health

/// The numbers in the order of the list, and those of them that the filter lets through.
///
/// A number that changes is taken out and put back by binary search; only another order, another filter
/// or numbers that go away look at all of them. Rows are places in the fleet's records.
package struct RowIndex: Equatable, Sendable {
  private var order = SortOrder.standard
  private var filter = RowFilter()
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
  /// Takes in the numbers that are new or have changed.
  mutating func update(_ places: Set<Int>, of fleet: Fleet) {
    // A record is large: through the buffer it is looked at where it lies.
    fleet.records.withUnsafeBufferPointer { records in
      for place in places.sorted() where place < records.count {
        let print = SearchText.fingerprint(of: records[place], in: fleet)
        if place == keys.count {
          append(records[place], print, fleet)
        } else {
          replace(place, records[place], print, fleet)
        }
      }
    }
  }

  /// Looks at all numbers again: places have shifted.
  mutating func rebuild(from fleet: Fleet) {
    keys = fleet.records.map { RowKey($0, column: order.column) }
    texts = fleet.records.map { SearchText($0, in: fleet) }
    prints = fleet.records.map { SearchText.fingerprint(of: $0, in: fleet) }
    sortAll()
    pass(sorted, fleet)
  }

  mutating func sort(by order: SortOrder, _ fleet: Fleet) {
    self.order = order
    keys = zip(fleet.records, keys).map { RowKey($0, column: order.column, like: $1) }
    sortAll()
    pass(sorted, fleet)
  }

  mutating func apply(_ filter: RowFilter, _ fleet: Fleet) {
    let candidates = filter.narrows(self.filter) ? visible : sorted
    self.filter = filter
    pass(candidates, fleet)
  }

  private mutating func replace(
    _ place: Int,
    _ record: NumberRecord,
    _ print: Int,
    _ fleet: Fleet
  ) {
    let isSameText = prints[place] == print
    let key = RowKey(record, column: order.column, like: isSameText ? keys[place] : nil)
    let moves = key != keys[place]
    guard moves || !isSameText else { return }
    let former = passing == nil ? nil : row(of: place)
    if !isSameText {
      prints[place] = print
      texts[place] = SearchText(record, in: fleet)
    }
    if moves { sorted.remove(at: lowerBound(of: keys[place], in: sorted)) }
    if let former { passing?.remove(at: former) }
    keys[place] = key
    if moves { sorted.insert(Int32(place), at: lowerBound(of: key, in: sorted)) }
    admit(place, record, fleet)
  }

  private mutating func append(_ record: NumberRecord, _ print: Int, _ fleet: Fleet) {
    let key = RowKey(record, column: order.column)
    let place = keys.count
    keys.append(key)
    prints.append(print)
    texts.append(SearchText(record, in: fleet))
    sorted.insert(Int32(place), at: lowerBound(of: key, in: sorted))
    admit(place, record, fleet)
  }

  private mutating func admit(_ place: Int, _ record: NumberRecord, _ fleet: Fleet) {
    guard let row = passing.map({ lowerBound(of: keys[place], in: $0) }),
      filter.passes(
        texts[place],
        record.state,
        exact: SearchText(record, in: fleet, isFolded: false)
      )
    else { return }
    passing?.insert(Int32(place), at: row)
  }

  private mutating func sortAll() {
    var rows = keys.indices.map(Int32.init)
    keys.withUnsafeBufferPointer { keys in
      rows.sort { keys[Int($0)].precedes(keys[Int($1)], reversed: order.isReversed) }
    }
    sorted = rows
  }

  private mutating func pass(_ candidates: [Int32], _ fleet: Fleet) {
    guard !filter.isEmpty else {
      passing = nil
      return
    }
    let records = fleet.records
    passing = candidates.filter { row in
      let place = Int(row)
      return filter.passes(
        texts[place],
        keys[place].state,
        exact: SearchText(records[place], in: fleet, isFolded: false)
      )
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
