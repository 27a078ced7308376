/// The deadlines of descriptors, earliest first: a binary heap that knows the place of each
/// descriptor's entry, so that a changed deadline leaves no old entry.
struct TimerHeap {
  private struct Entry {
    var due: ContinuousClock.Instant
    let owner: Int32
  }

  private var entries: [Entry] = []
  /// By descriptor; -1 without an entry.
  private var places: [Int] = []

  var earliest: ContinuousClock.Instant? { entries.first?.due }

  var count: Int { entries.count }

  /// Sets or moves the deadline.
  mutating func set(_ owner: Int32, due: ContinuousClock.Instant) {
    while places.count <= Int(owner) { places.append(-1) }
    var place = places[Int(owner)]
    if place < 0 {
      place = entries.count
      entries.append(Entry(due: due, owner: owner))
      places[Int(owner)] = place
    } else {
      entries[place].due = due
    }
    moveDown(from: moveUp(from: place))
  }

  mutating func remove(_ owner: Int32) {
    guard Int(owner) < places.count, places[Int(owner)] >= 0 else { return }
    let place = places[Int(owner)]
    swap(place, entries.count - 1)
    entries.removeLast()
    places[Int(owner)] = -1
    if place < entries.count { moveDown(from: moveUp(from: place)) }
  }

  /// Removes and returns the earliest one that is due.
  mutating func popDue(at now: ContinuousClock.Instant) -> Int32? {
    guard let first = entries.first, first.due <= now else { return nil }
    remove(first.owner)
    return first.owner
  }

  private mutating func moveUp(from start: Int) -> Int {
    var place = start
    while place > 0, entries[place].due < entries[(place - 1) / 2].due {
      swap(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
    return place
  }

  private mutating func moveDown(from start: Int) {
    var place = start
    while true {
      var least = place
      for child in (2 * place + 1)...(2 * place + 2)
      where child < entries.count && entries[child].due < entries[least].due {
        least = child
      }
      guard least != place else { return }
      swap(place, least)
      place = least
    }
  }

  private mutating func swap(_ one: Int, _ other: Int) {
    entries.swapAt(one, other)
    places[Int(entries[one].owner)] = one
    places[Int(entries[other].owner)] = other
  }
}
