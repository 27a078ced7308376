import Testing

@testable import Transport

struct RequestSlotsTests {
  @Test func `a server gets no more than its share, and others go on`() {
    var slots = RequestSlots<Int>(mostPerServer: 2, mostInAll: 10)
    let started = [(1, "a"), (2, "a"), (3, "a"), (4, "b")].map {
      slots.start($0.0, to: Substring($0.1))
    }

    #expect(started == [true, true, false, true])
    #expect(next(in: &slots) == [])
    slots.release("b")
    #expect(next(in: &slots) == [])
    slots.release("a")
    #expect(next(in: &slots) == [3])
  }

  @Test func `where all are taken, the server with the fewest comes first`() {
    var slots = RequestSlots<String>(mostPerServer: 3, mostInAll: 4)
    let started = ["a1", "a2", "a3", "b1", "a4", "b2", "c1"].map {
      slots.start($0, to: $0.prefix(1))
    }

    #expect(started == [true, true, true, true, false, false, false])
    slots.release("a")
    #expect(next(in: &slots) == ["c1"])
    slots.release("b")
    #expect(next(in: &slots) == ["b2"])
  }

  @Test func `those that wait can be taken out`() {
    var slots = RequestSlots<Int>(mostPerServer: 1, mostInAll: 10)
    for number in 1...4 { _ = slots.start(number, to: "a") }
    let removed = slots.removeWaiting { $0.isMultiple(of: 2) }

    #expect(removed.sorted() == [2, 4])
    slots.release("a")
    #expect(next(in: &slots) == [3])
    slots.release("a")
    #expect(slots.isEmpty)
  }

  @Test(arguments: [(0, 4), (20, 4), (64, 16), (1024, 496), (1_000_000, 1024)])
  func `the limit on descriptors bounds all`(descriptors: UInt, most: Int) {
    let limits = ConnectionLimits(descriptors: descriptors)

    #expect(limits.mostInAll == most)
    #expect(limits.mostPerServer == min(256, most / 2))
  }

  /// All that may be sent now.
  private func next<Request>(in slots: inout RequestSlots<Request>) -> [Request] {
    var requests: [Request] = []
    while let request = slots.next() { requests.append(request) }
    return requests
  }
}
