import Health
import Monitor

// Numbers that are new or changed.
extension RowIndex {
  /// Updates new and changed numbers, in the order of their places.
  mutating func update(_ places: some Collection<Int>, of fleet: Fleet, at now: Moment) {
    let matcher = FilterMatcher(fleet: fleet, now: now)
    var moves = Moves()
    for place in places where place < fleet.records.count {
      // A record is large, so it is read in place.
      fleet.records.withElement(at: place) { record in
        let print = SearchText.fingerprint(of: record.pointee, in: fleet)
        if place == keys.count {
          append(record, print, matcher, &moves)
        } else {
          replace(place, record, print, matcher, &moves)
        }
      }
    }
    perform(moves)
  }

  /// What an update moves; the former keys stay until all former rows are found.
  private struct Moves {
    var all = RowMoves()
    var passing = RowMoves()
    var keys: [(place: Int, key: RowKey)] = []
  }

  private mutating func perform(_ moves: Moves) {
    // Taken out of the index, so that they are not copied.
    var rows = (all: sorted, passing: passing ?? [])
    let isFiltered = passing != nil
    (sorted, passing) = ([], nil)
    moves.all.remove(from: &rows.all)
    moves.passing.remove(from: &rows.passing)
    for (place, key) in moves.keys { keys[place] = key }
    insert(moves.all, into: &rows.all)
    insert(moves.passing, into: &rows.passing)
    (sorted, passing) = (rows.all, isFiltered ? rows.passing : nil)
  }

  private func insert(_ moves: RowMoves, into rows: inout [Int32]) {
    var moves = moves
    sort(&moves.entering)
    moves.insert(into: &rows) { lowerBound(of: keys[Int($0)], in: $1) }
  }

  private mutating func replace(
    _ place: Int,
    _ record: FilterMatcher.Record,
    _ print: Int,
    _ matcher: FilterMatcher,
    _ moves: inout Moves
  ) {
    let isSameText = prints[place] == print
    let key = RowKey(record.pointee, column: order.column, like: isSameText ? keys[place] : nil)
    let isMoved = key != keys[place]
    guard isMoved || !isSameText || looksFurther else { return }
    if !isSameText {
      prints[place] = print
      texts[place] = SearchText(record.pointee, in: matcher.fleet)
    }
    if passing != nil {
      let former = row(of: place)
      let stays = passes(place, record, matcher)
      if let former, isMoved || !stays { moves.passing.leaving.append(former) }
      if stays, isMoved || former == nil { moves.passing.entering.append(Int32(place)) }
    }
    guard isMoved else { return }
    moves.all.leaving.append(lowerBound(of: keys[place], in: sorted))
    moves.all.entering.append(Int32(place))
    moves.keys.append((place, key))
  }

  private mutating func append(
    _ record: FilterMatcher.Record,
    _ print: Int,
    _ matcher: FilterMatcher,
    _ moves: inout Moves
  ) {
    let place = keys.count
    keys.append(RowKey(record.pointee, column: order.column))
    prints.append(print)
    texts.append(SearchText(record.pointee, in: matcher.fleet))
    moves.all.entering.append(Int32(place))
    if passing != nil, passes(place, record, matcher) {
      moves.passing.entering.append(Int32(place))
    }
  }
}
