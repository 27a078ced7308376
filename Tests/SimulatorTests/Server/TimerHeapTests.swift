import Testing

@testable import Simulator

struct TimerHeapTests {
  @Test(arguments: 0..<20)
  func `deadlines come in order, however they are set, moved and removed`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let start = ContinuousClock.now
    var heap = TimerHeap()
    var expected: [Int32: ContinuousClock.Instant] = [:]
    for _ in 0..<500 {
      let owner = Int32(random.next() % 60)
      if random.next() % 4 == 0 {
        heap.remove(owner)
        expected[owner] = nil
      } else {
        let due = start + .milliseconds(Int(random.next() % 1000))
        heap.set(owner, due: due)
        expected[owner] = due
      }
      #expect(heap.earliest == expected.values.min())
    }
    #expect(heap.count == expected.count)
    let middle = start + .milliseconds(500)
    var last = start
    while let owner = heap.popDue(at: middle) {
      guard let due = expected.removeValue(forKey: owner) else {
        Issue.record("\(owner) has no deadline")
        return
      }
      #expect(due >= last && due <= middle)
      last = due
    }
    #expect(expected.values.allSatisfy { $0 > middle })
  }
}
