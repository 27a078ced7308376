import Health
import Polling
import TestSupport
import Testing

struct DueQueueTests {
  private let start = ManualClock().now

  @Test func `the soonest comes first, and of the same moment the first that was set`() {
    var queue = DueQueue<String>()
    for (id, second) in [("c", 3), ("a", 1), ("d", 3), ("b", 2)] {
      queue.set(id, due: start + .seconds(second))
    }
    #expect(all(of: &queue) == ["a", "b", "c", "d"])
  }

  @Test func `a thing that is set again has moved`() {
    var queue = DueQueue<String>()
    queue.set("a", due: start + .seconds(1))
    queue.set("b", due: start + .seconds(2))
    queue.set("a", due: start + .seconds(3))
    #expect(queue.first?.id == "b")
    #expect(queue.count == 2)
    #expect(all(of: &queue) == ["b", "a"])
  }

  @Test func `a removed thing never surfaces`() {
    var queue = DueQueue<String>()
    queue.set("a", due: start)
    queue.set("b", due: start)
    queue.remove("a")
    #expect(queue.first?.id == "b")
    #expect(all(of: &queue) == ["b"])
  }

  @Test func `it sorts whatever is done to it`() {
    var generator = SeededGenerator(seed: 3)
    var queue = DueQueue<Int>()
    var expected: [Int: Moment] = [:]
    for _ in 0..<5000 {
      let id = Int.random(in: 0..<200, using: &generator)
      if Int.random(in: 0..<4, using: &generator) == 0 {
        queue.remove(id)
        expected[id] = nil
      } else {
        let moment = start + .milliseconds(Int.random(in: 0..<100_000, using: &generator))
        queue.set(id, due: moment)
        expected[id] = moment
      }
      #expect(queue.first?.moment == expected.values.min())
    }
    let order = all(of: &queue).compactMap { expected[$0] }
    #expect(order.count == expected.count)
    #expect(order == order.sorted())
  }

  private func all<ID: Hashable & Sendable>(of queue: inout DueQueue<ID>) -> [ID] {
    var ids: [ID] = []
    while let id = queue.popFirst() { ids.append(id) }
    return ids
  }
}
