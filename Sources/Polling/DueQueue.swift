package import Health

/// Things by the moment when they are due, soonest first, those of the same moment as they were set.
///
/// A binary heap in which a newer entry of the same thing outdates the older: setting and taking cost
/// O(log n), and outdated entries are dropped when they surface or outnumber the others.
package struct DueQueue<ID: Hashable & Sendable>: Sendable {
  private struct Entry: Sendable {
    let moment: Moment
    let ticket: UInt64
    let id: ID

    func precedes(_ other: Self) -> Bool {
      moment.uptime == other.moment.uptime
        ? ticket < other.ticket : moment.uptime < other.moment.uptime
    }
  }

  private var heap: [Entry] = []
  private var tickets: [ID: UInt64] = [:]
  private var lastTicket: UInt64 = 0

  package init() {}

  package var isEmpty: Bool { tickets.isEmpty }
  package var count: Int { tickets.count }
  package var ids: Dictionary<ID, UInt64>.Keys { tickets.keys }

  package var first: (id: ID, moment: Moment)? {
    heap.first.map { ($0.id, $0.moment) }
  }

  /// Adds a thing, or moves it.
  package mutating func set(_ id: ID, due moment: Moment) {
    lastTicket += 1
    tickets[id] = lastTicket
    heap.append(Entry(moment: moment, ticket: lastTicket, id: id))
    siftUp(from: heap.count - 1)
    dropOutdated()
  }

  package mutating func remove(_ id: ID) {
    guard tickets.removeValue(forKey: id) != nil else { return }
    dropOutdated()
  }

  package mutating func popFirst() -> ID? {
    guard let id = heap.first?.id else { return nil }
    remove(id)
    return id
  }

  // MARK: The heap

  /// Keeps the promise that the top of the heap is current.
  private mutating func dropOutdated() {
    if heap.count > 2 * tickets.count + 64 { rebuild() }
    while let top = heap.first, tickets[top.id] != top.ticket { removeTop() }
  }

  private mutating func rebuild() {
    heap.removeAll { tickets[$0.id] != $0.ticket }
    for index in (0..<heap.count / 2).reversed() { siftDown(from: index) }
  }

  private mutating func removeTop() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    siftDown(from: 0)
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown(from start: Int) {
    var parent = start
    while true {
      var smallest = parent
      let left = 2 * parent + 1
      if left < heap.count, heap[left].precedes(heap[smallest]) { smallest = left }
      if left + 1 < heap.count, heap[left + 1].precedes(heap[smallest]) { smallest = left + 1 }
      guard smallest != parent else { return }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
